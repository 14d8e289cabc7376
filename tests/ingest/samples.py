"""A text to be read in every format, and how the tests put a file there and read it."""

import io
import zipfile
from datetime import date
from pathlib import Path

from searchkit import Article
from searchkit.errors import ReadError
from searchkit.ingest import read_source

TEXT = "La Loire monte encore à Orléans, selon la préfecture du Loiret."
PAGE = f"<html><head><title>La crue</title></head><body><h1>La crue</h1><p>{TEXT}</p></body></html>"
EUROPRESSE = """<html><head><title>Europresse</title></head><body>
<article><header><div class="rdp__DocPublicationName">
<span class="DocPublicationName">Le Rivage, no. 43018</span></div>
<div><span class="DocHeader">Région, mercredi 11 septembre 2024 134 mots, p. 11</span></div>
<div class="titreArticle"><p class="sm-margin-TopNews titreArticleVisu rdp__articletitle">La crue</p></div>
<p class="sm-margin-bottomNews">Rose Exemple et Jean Exemple</p></header>
<section><div class="docOcurrContainer"><p>La Loire monte.</p><p>À Orléans.</p></div></section>
<footer><div>news·20240911·RI·43018×12</div></footer></article>
<article><header><span class="DocPublicationName">Le Phare (site web)</span>
<span class="DocHeader">jeudi 12 septembre 2024 - 08:15</span>
<p class="titreArticleVisu">La décrue</p></header>
<div class="docOcurrContainer"><p>La Loire baisse.</p></div></article></body></html>"""


def put(folder: Path, name: str, data: bytes | str) -> list[Article | ReadError]:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    found = list(read_source(path))
    assert all(item.path == str(path) for item in found)
    return found


def one(folder: Path, name: str, data: bytes | str) -> Article:
    (article,) = put(folder, name, data)
    assert isinstance(article, Article), article
    return article


def reasons(found: list[Article | ReadError]) -> list[str]:
    return [item.reason for item in found if isinstance(item, ReadError)]


def titles(found: list[Article | ReadError]) -> list[str]:
    return [item.title for item in found if isinstance(item, Article)]


def day(article: Article) -> date | None:
    return article.published.date() if article.published else None


def packed(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()
