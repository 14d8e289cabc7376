"""Agencies' XML and JSON, sitemaps, press databases' exports: a sample of each, every text invented."""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from samples import EUROPRESSE, day, one, put, reasons, titles

from searchkit import Article
from searchkit.errors import ReadError
from searchkit.ingest.readers import html

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


NEWSML_1 = """<?xml version="1.0" encoding="ISO-8859-15"?>
<!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20031010:NewsMLv1.2.dtd:1" "NewsML-1.2.dtd"
[<!ENTITY % nitf SYSTEM "nitf-3-0.dtd"> %nitf; ]>
<NewsML Version="1.2"><NewsEnvelope/><NewsItem xml:lang="fr"><Identification><NewsIdentifier>
<ProviderId>agence.example</ProviderId><DateId>20190121T104233Z</DateId><NewsItemId>TX PAR-1</NewsItemId>
<PublicIdentifier>urn:newsml:agence.example:20190121T104233Z:TX-PAR-1:2</PublicIdentifier></NewsIdentifier>
</Identification><NewsManagement><FirstCreated>20190121T104233+0000</FirstCreated>
<ThisRevisionCreated>20190121T114234+0000</ThisRevisionCreated></NewsManagement><NewsComponent>
<NewsLines><DateLine>Orléans, 21 jan 2019 (AGX) -</DateLine><HeadLine>La crue</HeadLine>
<ByLine>Rose Exemple</ByLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName="AGX"/>
</Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName="fr"/>
<Property FormalName="Keyword" Value="crue"/></DescriptiveMetadata>{content}
</NewsComponent></NewsItem></NewsML>"""


@pytest.mark.parametrize("content", [
    '<ContentItem><MediaType FormalName="Text"/><DataContent><nitf><body><body.head><hedline><hl1>x</hl1>'
    "</hedline></body.head><body.content><p> La Loire monte.</p><p>À Orléans.</p></body.content></body>"
    '</nitf></DataContent></ContentItem><ContentItem><MediaType FormalName="Photo"/><DataContent>x'
    "</DataContent></ContentItem>",
    '<NewsComponent><Role FormalName="Title"/><ContentItem><DataContent>x</DataContent></ContentItem>'
    '</NewsComponent><NewsComponent><Role FormalName="Body"/><ContentItem><DataContent>La Loire monte.'
    "</DataContent></ContentItem><ContentItem><DataContent>&lt;p&gt;À &lt;b&gt;Orléans&lt;/b&gt;.&lt;/p&gt;"
    "</DataContent></ContentItem></NewsComponent>",
])
def test_the_older_newsml(tmp_path: Path, content: str) -> None:
    article = one(tmp_path, "a.xml", NEWSML_1.format(content=content).encode("iso-8859-15"))
    assert article.id == "urn:newsml:agence.example:20190121T104233Z:TX-PAR-1"
    assert (article.title, article.body) == ("La crue", "La Loire monte.\n\nÀ Orléans.")
    assert (article.source, article.authors, article.tags) == ("AGX", ("Rose Exemple",), ("crue",))
    assert article.published is not None and article.modified is not None
    assert (article.published.hour, article.modified.hour) == (10, 11)
    text = '<?xml version="1.0"?>\n<!DOCTYPE NewsML SYSTEM "NewsML_1.2.dtd">\n<NewsML><NewsItem/></NewsML>'
    assert reasons(put(tmp_path, "b.xml", text)) == ["no news item with text in it"]


def test_an_office_is_no_part_of_a_name_and_no_text_is_french_unsaid(tmp_path: Path) -> None:
    text = "<p>" + "The quays of the port are closed. " * 15 + "</p>"
    article = one(
        tmp_path, "a.xml",
        "<nitf><body><body.head><hedline><hl1>Flood</hl1></hedline><byline>By Rose Exemple<byttl>AP Writer"
        f"</byttl></byline></body.head><body.content>{text}</body.content></body></nitf>",
    )
    assert (article.authors, article.language) == (("Rose Exemple",), "und")
    item = {"uri": "urn:x:1", "versioncreated": "2025-02-06T10:00:00Z", "body_xhtml": text}
    assert one(tmp_path, "a.json", json.dumps(item)).language == "und"


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


@pytest.mark.parametrize(
    ("header", "text", "expected"),
    [
        ('<div class="titreArticle"><p class="sm-margin-bottomNews">Le Loiret sous l’eau</p>'
         '<p class="titreArticleVisu">La crue</p><p class="rdp__subtitle">On évacue.</p></div>'
         '<p class="sm-margin-bottomNews">Rose Exemple avec AFP</p>',
         "<div class='docOcurrContainer'>La Loire <mark>monte</mark>.<p>À Orléans.</p></div>",
         (("Rose Exemple", "AFP"), "On évacue.")),
        ('<div class="titreArticle"><p class="titreArticleVisu">La crue</p></div><div>Rose Exemple</div>',
         "<p>La Loire monte.</p><p>À Orléans.</p>", (("Rose Exemple",), "")),
        ('<div class="titreArticle">La crue</div><div class="docAuthors">Rose Exemple</div>',
         '<div class="DocText clearfix">La Loire monte.<br><br>À Orléans.'
         '<div class="apd-wrapper">Autres sources</div></div>', (("Rose Exemple",), "")),
    ],
)
def test_an_article_of_europresse_has_its_own_parts_alone(
    tmp_path: Path, header: str, text: str, expected: tuple[tuple[str, ...], str]
) -> None:
    page = (
        f'<article><header><span class="DocPublicationName">Le Rivage</span>{header}</header><section>{text}'
        "</section><aside><p>Une photo.</p></aside><footer><p>© 2024 Le Rivage</p>"
        '<div class="publiC-lblNodoc">news·20240911·RI·43018</div></footer></article>'
    )
    article = one(tmp_path, "a.html", f"<html><body>{page}</body></html>")
    assert (article.title, article.body) == ("La crue", "La Loire monte.\n\nÀ Orléans.")
    assert (article.authors, article.lede) == expected
    assert day(article) == date(2024, 9, 11)  # from the number: no line says it


def test_an_export_may_be_longer_than_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "_LARGEST", 1000)
    export, page = io.BytesIO(EUROPRESSE.encode()), io.BytesIO(b"<html><p>" + b"La Loire monte.<p>" * 99)
    assert titles(list(html.read(export, "a.html", max_bytes=10**6))) == ["La crue", "La décrue"]
    with pytest.raises(ReadError, match="larger than"):
        list(html.read(page, "a.html", max_bytes=10**6))


def test_an_older_export_of_europresse(tmp_path: Path) -> None:
    cell = (
        '<table><tr><td><span class="DocPublicationName">Le Rivage, no. 5968</span><br>'
        '<span class="DocHeader">Région, </span><span class="DocHeader">jeudi </span>'
        '<span class="DocHeader">4 octobre 2012</span><br><br><span class="TitreArticleVisu">La crue</span>'
        "<br><br>Rose Exemple<br><p></p>La Loire <span>monte</span>.<p></p>À Orléans.<p></p>"
        "<b>© 2012 Le Rivage. Tous droits réservés.</b><p></p>Numéro de document : news·20121004·RI·1"
        "<table><tr><td>Ce certificat est émis à une bibliothèque.</td></tr></table></td></tr></table>"
    )
    found = put(tmp_path, "a.html", f"<html><body>{cell}{cell.replace('RI·1', 'RI·2')}</body></html>")
    first = found[0]
    assert titles(found) == ["La crue", "La crue"] and isinstance(first, Article)
    assert (first.source, first.section, first.authors) == ("Le Rivage", "Région", ("Rose Exemple",))
    assert (first.body, day(first)) == ("La Loire monte.\n\nÀ Orléans.", date(2012, 10, 4))


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


@pytest.mark.parametrize(
    ("language", "written"),
    [("fr", "6 février 2025"), ("en", "February 6, 2025"), ("en", "6 February 2025"),
     ("de", "6 Februar 2025")],
)
def test_an_export_of_factiva(tmp_path: Path, language: str, written: str) -> None:
    found = put(tmp_path, "a.html", FACTIVA.format(language=language, date=written))
    first = found[0]
    assert isinstance(first, Article) and titles(found) == ["La crue", "La décrue"]
    assert (first.id, first.source, first.authors) == (
        "RIVAG00020250206el26000ab", "Le Rivage", ("Rose Exemple",),
    )
    assert first.body == "La Loire monte.\n\nÀ Orléans." and first.language == language
    assert first.published is not None and first.published.isoformat() == "2025-02-06T10:15:00+01:00"


FACTIVA_LINES = """<html><body><div id="article-x" class="article"><div class="article frArticle"><p>
</p><div>Région</div><div id="hd"><span class="frHeadline">La crue</span></div>
<div class="author">Par Rose Exemple</div><div>1 285 mots</div><div>1 avril 2017</div><div>10:15</div>
<div>Le Rivage</div><div>RIVAG</div><div>Français</div><div>Copyright 2017 Le Rivage</div><p></p>
<p class="articleParagraph frarticleParagraph">La Loire <b>monte</b>.</p><p>Une photo.</p>
<p>Le Rivage SA</p><p>Document RIVAG00020170401ed4100001</p></div></div></body></html>"""


def test_an_export_of_factiva_without_its_codes(tmp_path: Path) -> None:
    article = one(tmp_path, "a.html", FACTIVA_LINES)
    assert (article.id, article.title, article.section) == ("RIVAG00020170401ed4100001", "La crue", "Région")
    assert (article.source, article.authors) == ("Le Rivage", ("Rose Exemple",))
    assert article.body == "La Loire monte.\n\nUne photo."
    assert article.published is not None and article.published.isoformat() == "2017-04-01T10:15:00+02:00"


NEXIS = [
    "Le Rivage", "12 avril 2013 vendredi 9:15 PM GMT", "La crue", "AUTEUR: Rose Exemple, envoyée spéciale",
    "RUBRIQUE: RÉGION; Pg. 35", "LONGUEUR: 143 mots", "La Loire monte.", "Copyright : « Langue: la mienne. »",
    "SUJET: CRUES (90%); LOIRE (88%)", "DATE-CHARGEMENT: 13 avril 2013", "Copyright 2013 Le Rivage",
]
NEXIS_UNI = [
    "La crue", "Le Rivage", "12 avril 2013 vendredi 9:15 PM GMT", "Copyright 2013 Le Rivage",
    "Section: RÉGION; Pg. 35", "Length: 143 words", "Byline: Rose Exemple, envoyée spéciale", "Body",
    "La Loire monte.", "Copyright : « Langue: la mienne. »", "Classification",
    "Subject: CRUES (90%); LOIRE (88%)", "Load-Date: April 13, 2013", "End of Document",
]


def nexis_page() -> str:
    document = "".join(f"<div><p><span>{line}</span></p></div><br>" for line in NEXIS)
    number = '<a name="DOC_ID_0_{0}"></a><br><div><p>{0} of 2 DOCUMENTS</p></div>'
    numbered = (f"{number.format(at)}{document}" for at in (1, 2))
    return f"<html><body><p>Download Request: 1-2</p>{''.join(numbered)}</body></html>"


def nexis_text() -> str:
    document = "\n\n".join(NEXIS).replace("Loire monte", "Loire\nmonte")
    return "Terms: crue\n\n" + "".join(f"      {n} of 2 DOCUMENTS\n\n\n{document}\n\n" for n in (1, 2))


def nexis_uni() -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    cover = ["Date and Time: Friday, 5. July 2019", "Documents (2)", "1. La crue", "Client/Matter: -None-"]
    for line in (*cover, *NEXIS_UNI, *NEXIS_UNI, "Content Type"):
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "export"), [("a.html", nexis_page), ("a.txt", nexis_text), ("a.docx", nexis_uni)]
)
def test_an_export_of_nexis(tmp_path: Path, name: str, export: Callable[[], str | bytes]) -> None:
    found = put(tmp_path, name, export())
    first = found[0]
    assert titles(found) == ["La crue", "La crue"] and isinstance(first, Article)
    assert first.body == "La Loire monte.\n\nCopyright : « Langue: la mienne. »"
    assert (first.source, first.section, first.authors) == ("Le Rivage", "RÉGION", ("Rose Exemple",))
    assert first.tags == ("CRUES", "LOIRE") and first.published is not None
    assert first.published.isoformat() == "2013-04-12T21:15:00+00:00"


def test_no_line_of_an_export_hangs(tmp_path: Path) -> None:
    found = put(tmp_path, "a.txt", nexis_text().replace("vendredi", "-" * 100_000))
    assert titles(found) == ["La crue", "La crue"]  # what is quadratic would take minutes here


BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.mark.parametrize("root", ["newsMessage", "NewsML", "nitf", "urlset", "rss"])
def test_an_xml_bomb_does_not_go_off_and_no_file_is_fetched(tmp_path: Path, root: str) -> None:
    (tmp_path / "secret.txt").write_text("SECRET")
    inside = {
        "newsMessage": "<newsItem><contentMeta><headline>Titre {0}</headline></contentMeta></newsItem>",
        "NewsML": "<NewsItem><NewsLines><HeadLine>Titre {0}</HeadLine></NewsLines></NewsItem>",
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
