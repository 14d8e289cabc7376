"""The doors beyond text: agencies' XML, press databases' exports, archives, offices, mail, tables. A sample
of each, and what a stranger may try with it. Every text is invented.
"""

import gzip
import io
import json
import os
import sqlite3
import threading
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from searchkit import Article
from searchkit.errors import ReadError
from searchkit.ingest import extras, formats, read_source, sources
from searchkit.ingest.ahead import read_ahead
from searchkit.ingest.guard import Guard
from searchkit.ingest.registry import named

TEXT = "La Loire monte encore à Orléans, selon la préfecture du Loiret."
PAGE = f"<html><head><title>La crue</title></head><body><h1>La crue</h1><p>{TEXT}</p></body></html>"


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


NEWSML = """<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="urn:newsml:agence.example:20250206:1" xml:lang="fr">
 <itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:AGX"><name>Agence Exemple</name></provider>
  <versionCreated>2025-02-06T10:15:00+01:00</versionCreated>
  <firstCreated>2025-02-06T09:15:00+01:00</firstCreated>
 </itemMeta>
 <contentMeta><headline>La crue</headline><by>Rose Exemple</by>
  <subject><name>Météo</name></subject></contentMeta>
 <assertion qcode="p:1"><type qcode="cpnat:person"/><name>Jean Exemple</name></assertion>
 <contentSet><inlineXML contenttype="application/xhtml+xml">
  <html xmlns="http://www.w3.org/1999/xhtml"><body><p>La Loire monte.</p><p>À Orléans.</p></body></html>
 </inlineXML></contentSet>
</newsItem>
<newsItem guid="urn:newsml:agence.example:20250206:2"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
 <contentSet/></newsItem>
</itemSet></newsMessage>"""


def test_a_news_agencys_message(tmp_path: Path) -> None:
    article = one(tmp_path, "a.xml", NEWSML)
    assert (article.id, article.title) == ("urn:newsml:agence.example:20250206:1", "La crue")
    assert article.body == "La Loire monte.\n\nÀ Orléans."
    assert (article.source, article.authors, article.tags) == (
        "Agence Exemple",
        ("Rose Exemple",),
        ("Météo",),
    )
    assert article.entities[0] == ("Jean Exemple", "PER")
    assert article.published is not None and article.modified is not None
    assert (article.published.hour, article.modified.hour) == (9, 10)


def test_nitf(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        "a.xml",
        '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><head><docdata><doc-id id-string="n1"/>'
        '<date.issue norm="20250206T101500+0100"/></docdata>'
        '<pubdata name="Le Rivage" position.section="Région"/>'
        "</head><body><body.head><hedline><hl1>La crue</hl1></hedline><byline>Par Rose Exemple</byline>"
        "<abstract><p>Un chapô.</p></abstract></body.head><body.content><p>La "
        "<location>Loire</location> monte."
        "</p><p>À Orléans.</p></body.content></body></nitf>",
    )
    assert (article.id, article.title, article.lede) == ("n1", "La crue", "Un chapô.")
    assert article.body == "La Loire monte.\n\nÀ Orléans."
    assert (article.source, article.section, article.authors) == ("Le Rivage", "Région", ("Rose Exemple",))
    assert day(article) == date(2025, 2, 6) and article.entities[0] == ("Loire", "LOC")


@pytest.mark.parametrize(
    "item",
    [
        {"uri": "urn:x:1", "versioncreated": "2025-02-06T10:00:00Z", "headline": "La crue",
         "body_xhtml": "<p>La Loire monte.</p>", "person": [{"name": "Jean Exemple"}],
         "byline": "Rose Exemple"},
        {"uri": "urn:x:1", "firstcreated": "2025-02-06T10:00:00Z", "people": [{"name": "Jean Exemple"}],
         "headlines": [{"role": "main", "value": "La crue"}], "creators": [{"name": "Rose Exemple"}],
         "bodies": [{"contenttype": "text/html", "value": "<p>La Loire monte.</p>"}]},
    ],
)  # fmt: skip
def test_ninjs_of_both_versions(tmp_path: Path, item: dict[str, Any]) -> None:
    article = one(tmp_path, "a.json", json.dumps(item))
    assert (article.id, article.title, article.body) == ("urn:x:1", "La crue", "La Loire monte.")
    assert article.entities[0] == ("Jean Exemple", "PER") and article.authors == ("Rose Exemple",)
    assert day(article) == date(2025, 2, 6)


def test_a_news_sitemap_gives_titles_and_fetches_nothing(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        "a.xml",
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://rivage.example/1</loc>'
        "<n:news><n:publication><n:name>Le Rivage</n:name><n:language>fr</n:language></n:publication>"
        "<n:publication_date>2025-02-06</n:publication_date><n:title>La crue</n:title></n:news></url>"
        "<url><loc>https://rivage.example/2</loc></url></urlset>",
    )
    assert (article.title, article.url, article.source) == (
        "La crue",
        "https://rivage.example/1",
        "Le Rivage",
    )
    assert reasons(put(tmp_path, "b.xml", "<sitemapindex><sitemap><loc>x</loc></sitemap></sitemapindex>"))[
        0
    ].startswith("only addresses")


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


def test_an_export_of_europresse(tmp_path: Path) -> None:
    first, second = put(tmp_path, "a.html", EUROPRESSE)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.id, first.title, first.source) == ("news·20240911·RI·43018", "La crue", "Le Rivage")
    assert (first.body, first.section, day(first)) == (
        "La Loire monte.\n\nÀ Orléans.", "Région", date(2024, 9, 11),
    )  # fmt: skip
    assert first.authors == ("Rose Exemple", "Jean Exemple")
    assert (second.title, second.source, second.section) == ("La décrue", "Le Phare", "")
    assert second.published is not None and (second.published.hour, second.published.minute) == (8, 15)


FACTIVA = """<html><body><div class="article {language}Article" id="x"><table>
<tr><td><b>HD</b></td><td><span class="{language}Headline">La crue</span></td></tr>
<tr><td><b>BY</b></td><td>Par Rose Exemple</td></tr><tr><td><b>WC</b></td><td>134 mots</td></tr>
<tr><td><b>PD</b></td><td>{date}</td></tr><tr><td><b>ET</b></td><td>10:15</td></tr>
<tr><td><b>SN</b></td><td>Le Rivage</td></tr>
<tr><td><b>LP</b></td><td><p class="articleParagraph frarticleParagraph">La Loire monte.</p></td></tr>
<tr><td><b>TD</b></td><td><p class="articleParagraph frarticleParagraph">À Orléans.</p></td></tr>
<tr><td><b>AN</b></td><td>Document RIVAG00020250206el26000ab</td></tr></table></div>
<div class="article {language}Article"><table><tr><td><b>HD</b></td><td>La décrue</td></tr></table></div>
</body></html>"""


@pytest.mark.parametrize(("language", "written"), [("fr", "6 février 2025"), ("en", "February 6, 2025")])
def test_an_export_of_factiva(tmp_path: Path, language: str, written: str) -> None:
    found = put(tmp_path, "a.html", FACTIVA.format(language=language, date=written))
    first = found[0]
    assert isinstance(first, Article) and titles(found) == ["La crue", "La décrue"]
    assert (first.id, first.source, first.authors) == (
        "RIVAG00020250206el26000ab", "Le Rivage", ("Rose Exemple",),
    )  # fmt: skip
    assert first.body == "La Loire monte.\n\nÀ Orléans." and first.language == language
    assert first.published is not None and first.published.isoformat() == "2025-02-06T10:15:00+01:00"


def mail(number: int, body: str = f"<p>{TEXT}</p><p>Fin.</p>", kind: str = "html") -> bytes:
    return (
        f"From: Le Rivage <lettre@rivage.example>\nSubject: =?utf-8?q?L=C3=A9t=C3=A9?= {number}\n"
        f"Date: Thu, 06 Feb 2025 10:00:00 +0100\nMessage-ID: <m{number}@rivage.example>\n"
        f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    ).encode()


def test_a_newsletter(tmp_path: Path) -> None:
    article = one(tmp_path, "a.eml", mail(1))
    assert (article.id, article.title, article.source) == ("m1@rivage.example", "Lété 1", "Le Rivage")
    assert article.body == f"{TEXT}\nFin." and day(article) == date(2025, 2, 6)
    assert one(tmp_path, "b.eml", mail(2, TEXT * 5, "plain")).body == TEXT * 5


def test_a_mailbox(tmp_path: Path) -> None:
    line = b"From a@rivage.example Thu Feb  6 10:00:00 2025\n"
    quoted = mail(2, ">From là, on voit la Loire.", "plain")
    found = put(tmp_path, "lettres.mbox", line + mail(1) + b"\n" + line + quoted + b"\n")
    assert titles(found) == ["Lété 1", "Lété 2"]
    assert isinstance(found[1], Article) and found[1].body.startswith("From là")


def packed(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def test_an_archive_of_any_of_these(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {
        "presse/a.html": PAGE,
        "b.jsonl.gz": gzip.compress(b'{"title": "Deux"}\n{wrong\n'),
        "lettre.eml": mail(3),
        ".cache/x.txt": "caché",
        "__MACOSX/y.txt": "caché",
        "photo.jpg": b"\xff\xd8\x00",
        "dedans.zip": packed({"z.txt": "Titre"}),
    }
    found = put(tmp_path, "a.zip", packed(members))
    assert titles(found) == ["La crue", "Deux", "Lété 3"]
    assert [reason.split(": ")[0] for reason in reasons(found)] == [
        "b.jsonl.gz, line 2",
        "photo.jpg",
        "dedans.zip",
    ]
    assert titles(put(tmp_path, "a.zip.gz", gzip.compress(packed({"a.html": PAGE})))) == ["La crue"]


def test_names_in_an_archive_are_never_paths(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    before = set(tmp_path.rglob("*"))
    found = put(tmp_path / "in", "a.zip", packed({"../../evade.txt": "Titre", "/etc/evade.txt": "Deux"}))
    assert titles(found) == ["Titre", "Deux"]
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "in" / "a.zip"}


def test_what_an_archive_expands_to_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({f"{n}.txt": b"a" * 2**20 for n in range(20)}))
    found = list(read_source(path, max_bytes=2**20))
    assert "expands more than 300 times" in reasons(found)[-1] and len(found) < 10


def test_a_damaged_or_encrypted_archive(tmp_path: Path) -> None:
    whole = packed({"a.txt": "Titre\n\n" + TEXT * 40})
    assert "damaged" in reasons(put(tmp_path, "cut.zip", whole[:-30]))[0]
    flipped = bytearray(whole)
    flipped[60] ^= 0xFF
    assert "damaged" in reasons(put(tmp_path, "flipped.zip", bytes(flipped)))[0]
    locked = bytearray(packed({"a.txt": "Titre"}, zipfile.ZIP_STORED))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in reasons(put(tmp_path, "locked.zip", bytes(locked)))[0]


def warc(*answers: tuple[str, str, str]) -> bytes:
    """Each answer in a gzip member of its own, as web archives are written."""
    pytest.importorskip("warcio")
    members = []
    for address, status, kind in answers:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{PAGE}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(members)


def test_a_web_archive(tmp_path: Path) -> None:
    data = warc(
        ("https://rivage.example/1", "200 OK", "text/html; charset=utf-8"),
        ("https://rivage.example/2", "404 Not Found", "text/html"),
        ("https://rivage.example/3", "200 OK", "image/png"),
    )
    article = one(tmp_path, "a.warc.gz", data)
    assert (article.title, article.url) == ("La crue", "https://rivage.example/1")
    assert article.id == Article("", "", url="https://rivage.example/1").id
    assert reasons(put(tmp_path, "cut.warc.gz", data[:-200]))
    assert (
        "no HTML page"
        in reasons(put(tmp_path, "b.warc", gzip.decompress(warc(("https://a.example", "404", "")))))[0]
    )


def a_pdf(*texts: str, title: str = "") -> bytes:
    pypdf = pytest.importorskip("pypdf")
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = pypdf.PdfWriter()
    for text in texts:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        lines = "".join(f"({line}) Tj T* " for line in text.split("\n"))
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 14 TL 50 700 Td {lines}ET".encode("cp1252"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title, "/Author": "Rose Exemple"})
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_pdf_with_text(tmp_path: Path) -> None:
    article = one(tmp_path, "a.pdf", a_pdf("La crue\nLa Loire mon-\nte encore\nce matin.", title="La crue"))
    assert (article.title, article.body) == ("La crue", "La Loire monte encore ce matin.")
    assert article.authors == ("Rose Exemple",)
    assert (
        one(tmp_path, "b.pdf", a_pdf("La crue monte", title="Microsoft Word - a.doc")).title
        == "La crue monte"
    )
    assert "without text" in reasons(put(tmp_path, "c.pdf", a_pdf("")))[0]
    assert "damaged" in reasons(put(tmp_path, "d.pdf", b"%PDF-1.7 etc"))[0]


def test_a_word_document(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document, file = docx.Document(), io.BytesIO()
    document.add_heading("La crue", 0)
    document.add_paragraph(TEXT)
    document.add_table(1, 1).cell(0, 0).text = "Cote : 4 m"
    document.core_properties.author = "Rose Exemple"
    document.save(file)
    article = one(tmp_path, "a.docx", file.getvalue())
    assert (article.title, article.body) == ("La crue", f"{TEXT}\n\nCote : 4 m")
    assert article.authors == ("Rose Exemple",)
    assert "damaged" in reasons(put(tmp_path, "b.docx", b"PK\x03\x04 etc"))[0]
    bomb = packed({"word/document.xml": b" " * 2**21, "[Content_Types].xml": b""})
    (tmp_path / "c.docx").write_bytes(bomb)
    assert "expands" in reasons(list(read_source(tmp_path / "c.docx", max_bytes=2**20)))[0]


def test_an_opendocument_text(tmp_path: Path) -> None:
    odfdo = pytest.importorskip("odfdo")
    document, file = odfdo.Document("text"), io.BytesIO()
    document.body.clear()
    document.body.append(odfdo.Header(1, "La crue"))
    document.body.append(odfdo.Paragraph(TEXT))
    document.save(file)
    article = one(tmp_path, "a.odt", file.getvalue())
    assert (article.title, article.body) == ("La crue", TEXT)


def database(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_the_tables_of_a_database(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    database(
        path,
        "create table depeches(titre text, texte text, date text, source text)",
        "insert into depeches values('La crue', 'La Loire monte.', '2025-02-06', 'Le Rivage')",
        "insert into depeches values('', '', '', '')",
        "create table autre(x)",
        "create view piege as select titre from depeches",
    )
    before = path.read_bytes()
    article, error = read_source(path)
    assert isinstance(article, Article) and isinstance(error, ReadError)
    assert (article.title, article.source, day(article)) == ("La crue", "Le Rivage", date(2025, 2, 6))
    assert error.reason.startswith("table depeches, row 2")
    assert path.read_bytes() == before and not list(tmp_path.glob("a.db-*"))
    assert titles(put(tmp_path, "b.db.gz", gzip.compress(before))) == ["La crue"]
    assert "damaged" in reasons(put(tmp_path, "c.db", before[:100] + os.urandom(4000)))[0]
    database(tmp_path / "d.db", "create table autre(x)")
    assert "no table" in reasons(list(read_source(tmp_path / "d.db")))[0]


def test_a_parquet_table(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pyarrow.table({"titre": ["La crue", ""], "texte": [TEXT, ""], "autre": [1, 2]}), file)
    found = put(tmp_path, "a.parquet", file.getvalue())
    assert titles(found) == ["La crue"] and reasons(found)[0].startswith("row 2")
    assert "damaged" in reasons(put(tmp_path, "b.parquet", file.getvalue()[:-20]))[0]
    assert "damaged" in reasons(put(tmp_path, "b.parquet", file.getvalue()[:-20] + b"x" * 20))[0]


BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize("root", ["newsMessage", "nitf", "urlset", "rss"])
def test_an_xml_bomb_does_not_go_off_and_no_file_is_fetched(tmp_path: Path, root: str) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    inside = {
        "newsMessage": "<newsItem><contentMeta><headline>Titre {0}</headline></contentMeta></newsItem>",
        "nitf": "<head><title>Titre {0}</title></head>",
        "urlset": "<url><news><title>Titre {0}</title></news></url>",
        "rss": "<channel><item><title>Titre {0}</title></item></channel>",
    }[root]
    for name, entity, declared in (
        ("bomb.xml", "&j;", BOMB + "]>"),
        ("file.xml", "&s;", f'<!DOCTYPE b [<!ENTITY s SYSTEM "file://{tmp_path}/secret.txt">]>'),
    ):
        found = put(
            tmp_path, name, f"<?xml version='1.0'?>{declared}<{root}>{inside.format(entity)}</{root}>"
        )
        assert all("SECRET" not in title and len(title) < 1000 for title in titles(found))


def test_a_missing_extra_is_named_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

    monkeypatch.setattr(extras, "import_module", missing)
    for name, data, extra in (("a.warc", b"WARC/1.0\r\n", "warc"), ("a.parquet", b"PAR1", "parquet")):
        assert f'pip install "searchkit[{extra}]"' in reasons(put(tmp_path, name, data))[0]


def test_every_format_with_an_extra_names_one_that_the_package_has() -> None:
    from importlib.metadata import metadata

    extras = set(metadata("searchkit").get_all("Provides-Extra") or ())
    assert {format.extra for format in formats()} - {""} <= extras


def items(number: int) -> str:
    return "<rss><channel>" + "<item><title>La crue</title></item>" * number + "</channel></rss>"


def read_guarded(guard: Guard, data: str) -> list[Article | ReadError]:
    return list(guard.read("feed", data.encode(), "a.rss", 2**26))


def test_a_document_that_takes_too_long_is_left_out_and_the_next_is_read() -> None:
    guard = Guard(seconds=0.01)
    assert reasons(read_guarded(guard, items(3000))) == ["reading it took more than 0.01 s: left out"]
    guard.seconds = 60
    assert titles(read_guarded(guard, items(1))) == ["La crue"]
    guard.close()


def test_a_reader_that_dies_takes_one_document_with_it() -> None:
    guard = Guard()
    assert titles(read_guarded(guard, items(1))) == ["La crue"]
    child = guard._child
    assert child is not None
    os.kill(child.pid, 19)  # stopped, so that it dies with the document in its hands
    timer = threading.Timer(0.2, os.kill, (child.pid, 9))
    timer.start()
    assert "broke down" in reasons(read_guarded(guard, items(1)))[0]
    timer.join()
    assert titles(read_guarded(guard, items(1))) == ["La crue"]
    guard.close()


def test_what_the_guard_hands_over_is_equal(tmp_path: Path) -> None:
    from searchkit.ingest.readers import html

    page = EUROPRESSE.encode()
    alone = list(html.read(io.BytesIO(page), "a.html", max_bytes=2**26))
    guard = Guard()
    assert list(guard.read("html", page, "a.html", 2**26)) == alone and len(alone) == 2
    guard.close()


def test_reading_ahead_gives_the_same_in_the_same_order(tmp_path: Path) -> None:
    for n in range(6):
        (tmp_path / f"{n}.html").write_text(PAGE.replace("La crue", f"La crue {n}"))
    (tmp_path / "3b.jsonl").write_text('{"title": "Ligne"}\n{wrong\n')
    (tmp_path / "4b.pdf").write_bytes(b"%PDF-1.7 etc")
    (tmp_path / "5b.html").write_bytes(b"")
    found = list(sources([tmp_path, tmp_path / "absent.html"]))
    alone = [(source.path, str(item)) for source, items in read_ahead(found, 1) for item in items]
    assert [(source.path, str(item)) for source, items in read_ahead(found, 2) for item in items] == alone
    assert len(alone) == 11


@pytest.mark.parametrize("format", ["mail", "pdf", "docx", "odt"])
def test_a_reader_refuses_what_is_too_large_also_where_no_process_guards_it(format: str) -> None:
    with pytest.raises(ReadError, match="larger than the limit of 1 MB a document"):
        list(named(format).reader()(io.BytesIO(b"a" * 2**21), "a", max_bytes=2**20))
