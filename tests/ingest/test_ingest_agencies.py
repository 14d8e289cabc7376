"""Agencies' XML and JSON, sitemaps, press databases' exports: a sample of each, every text invented."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from samples import EUROPRESSE, day, one, put, reasons, titles

from searchkit import Article

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


def test_the_older_newsml_is_told_by_its_name(tmp_path: Path) -> None:
    text = '<?xml version="1.0"?>\n<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd">\n<NewsML><NewsItem/></NewsML>'
    assert reasons(put(tmp_path, "a.xml", text))[0].startswith("NewsML 1, the older format")


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
)
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


def test_an_export_of_europresse(tmp_path: Path) -> None:
    first, second = put(tmp_path, "a.html", EUROPRESSE)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.id, first.title, first.source) == ("news·20240911·RI·43018", "La crue", "Le Rivage")
    assert (first.body, first.section, day(first)) == (
        "La Loire monte.\n\nÀ Orléans.", "Région", date(2024, 9, 11),
    )
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
    )
    assert first.body == "La Loire monte.\n\nÀ Orléans." and first.language == language
    assert first.published is not None and first.published.isoformat() == "2025-02-06T10:15:00+01:00"


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
