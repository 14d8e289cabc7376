"""One sample a format, and what each reader does with wrong places. Every text is invented."""

import io
import json
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from samples import TEXT, day, one, put

from searchkit import Article
from searchkit.errors import ReadError
from searchkit.ingest import formats, read, read_source
from searchkit.ingest.fields.records import json_line
from searchkit.ingest.texts.markup import plain


def articles(found: list[Article | ReadError]) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def errors(found: list[Article | ReadError]) -> list[ReadError]:
    return [item for item in found if isinstance(item, ReadError)]


def test_json_lines_with_every_field(tmp_path: Path) -> None:
    record = {
        "_id": 12,
        "title": "R&amp;D : la crue",
        "text": "La Loire monte.",
        "heading": "Un chapô.",
        "unknown": {"a": [1]},
        "date": "2025-02-06T10:30:00",
        "modified": None,
        "source": "Le Rivage",
        "url": "https://rivage.example/1",
        "author": "Rose Exemple; Luc Essai",
        "section": "Monde",
        "tags": ["eau", "Loire"],
        "language": "fr",
        "entities": [{"name": "Loire", "type": "LOC"}, "Luc Essai", ["OME", "ORG"]],
    }
    (article,) = put(tmp_path, "a.jsonl", json.dumps(record) + "\n")
    assert isinstance(article, Article)
    assert (article.id, article.title, article.body, article.lede) == (
        "12",
        "R&D : la crue",
        "La Loire monte.",
        "Un chapô.",
    )
    assert article.published is not None and article.published.isoformat() == "2025-02-06T10:30:00+01:00"
    assert (
        article.modified is None
        and article.source == "Le Rivage"
        and article.url == "https://rivage.example/1"
    )
    assert article.authors == ("Rose Exemple", "Luc Essai") and article.tags == ("eau", "Loire")
    assert article.entities == (("Loire", "LOC"), ("Luc Essai", ""), ("OME", "ORG"))
    assert article.path == str(tmp_path / "a.jsonl")


def test_wrong_lines_are_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = '{"title": "La crue", "body": "La Loire monte."}'
    lines = [good] * 811 + [
        '{"title": "cassé"',
        "[1, 2]",
        '{"url": "https://a.example"}',
        '{"id": "a b", "title": "t"}',
        "",
        "[" * 100_000,
        '{"title": 1' + "0" * 5000 + "}",
        good,
    ]
    found = put(tmp_path, "a.jsonl", "\n".join(lines))
    assert len(articles(found)) == 812
    assert [error.line for error in errors(found)] == [812, 813, 814, 815, 817, 818]
    assert "neither a title nor a body" in errors(found)[2].reason
    assert str(errors(found)[0]).startswith(f"{tmp_path / 'a.jsonl'}, line 812: wrong JSON: ")


@pytest.fixture
def shallow() -> Iterator[None]:
    """Less room for Python that calls itself where the JSON decoder has room of its own, which is more."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(600 if sys.version_info >= (3, 12) else limit)
    yield
    sys.setrecursionlimit(limit)


def test_a_record_that_is_nested_too_deep_leaves_the_others(tmp_path: Path, shallow: None) -> None:
    deep = "[" * 900 + '"a"' + "]" * 900
    records = [
        '{"title": "A"}',
        f'{{"title": {deep}, "body": "x"}}',
        f'{{"uri": "urn:a:1", "bodies": {deep}, "headlines": {deep}}}',
        '{"title": "B"}',
    ]
    for name, text in (("a.jsonl", "\n".join(records)), ("a.json", "[" + ",\n".join(records) + "]")):
        found = put(tmp_path, name, text)
        assert [article.title for article in articles(found)] == ["A", "B"]
        assert [error.line for error in errors(found)] == [2, 3]
        assert all("nested too deep" in error.reason for error in errors(found))


def test_a_wrong_date_is_dropped_with_a_warning_and_the_article_kept(tmp_path: Path) -> None:
    article, warning = put(
        tmp_path, "a.jsonl", '{"title": "Crue", "date": "31 février 2025", "modified": "2025-01-01"}'
    )
    assert (
        isinstance(article, Article)
        and article.published is None
        and article.modified == datetime.fromisoformat("2025-01-01T00:00+01:00")
    )
    assert isinstance(warning, ReadError) and warning.kept and warning.line == 1
    assert warning.reason == "no published date: not a date: '31 février 2025'"


@pytest.mark.parametrize("date", ["2025-02-06T09:30:00Z", {"$numberLong": "1738834200000"}, 1738834200000])
def test_an_export_of_mongodb(tmp_path: Path, date: object) -> None:
    record = {"_id": {"$oid": "65a"}, "title": "Crue", "date": {"$date": date}}
    article = one(tmp_path, "a.jsonl", json.dumps(record))
    assert article.id == "65a" and article.published == datetime.fromisoformat("2025-02-06T10:30:00+01:00")
    record["_id"] = {"$numberLong": "65"}
    assert one(tmp_path, "a.jsonl", json.dumps(record)).id == "65"


def test_fields_with_one_value_in_a_list(tmp_path: Path) -> None:
    record = {"title": ["Crue"], "date": ["2025-02-06"], "modified": [], "url": ["https://rivage.example/1"]}
    article = one(tmp_path, "a.json", json.dumps(record))
    assert (article.title, article.url) == ("Crue", "https://rivage.example/1")
    assert article.published == datetime.fromisoformat("2025-02-06T00:00:00+01:00")


def test_the_first_section_and_source_of_several_counts(tmp_path: Path) -> None:
    record = {"title": "Crue", "category": ["", {"name": "Région"}, "Monde"], "source": ["Le Rivage", "AFP"]}
    article = one(tmp_path, "a.json", json.dumps(record))
    assert (article.section, article.source) == ("Région", "Le Rivage")


def test_a_number_that_is_none_is_an_empty_field(tmp_path: Path) -> None:
    lines = [
        f'{{"id": NaN, "title": "{title}", "body": NaN, "text": "Corps.", "date": NaN, "tags": [NaN, "eau"]}}'
        for title in "AB"
    ]
    first, second = put(tmp_path, "a.jsonl", "\n".join(lines))
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.body, first.published, first.tags) == ("Corps.", None, ("eau",))
    assert first.id != second.id


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//a.example", "http://", "http://[x"],
)
def test_only_web_addresses_become_links(tmp_path: Path, url: str) -> None:
    (article,) = put(tmp_path, "a.jsonl", json.dumps({"title": "Crue", "url": url}))
    assert isinstance(article, Article) and article.url == ""


@pytest.mark.parametrize(
    "text",
    [
        '{"title": "A", "body": "a"}',
        '[{"title": "A"}, {"title": "B"}]',
        '{"source": {"name": "x"}, "articles": [{"title": "A"},\n {"title": "B"}], "count": 2}',
        '{\n "title": "A"\n}\n{\n "title": "B"\n}',
        '{"title": "A"}\n{"title": "B"}\n',
    ],
)
def test_the_shapes_of_json(tmp_path: Path, text: str) -> None:
    assert [item.title for item in articles(put(tmp_path, "a.json", text))] == ["A", "B"][
        : text.count("title")
    ]


JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Le Rivage", "items": [
{"id": "1", "url": "https://rivage.example/1", "title": "La crue",
"date_published": "2025-02-06T10:30:00+01:00",
"content_html": "<p>La Loire <b>monte</b>.</p><p>On &eacute;vacue.</p>"},
{"id": "2", "title": "La d\u00e9crue", "content_text": "La Loire <baisse>."}]}"""


def test_a_list_of_articles_may_have_a_title_of_its_own(tmp_path: Path) -> None:
    first, second = articles(put(tmp_path, "a.json", JSON_FEED))
    assert (first.title, first.body) == ("La crue", "La Loire monte.\nOn évacue.")
    assert (first.id, second.id) == (Article("", "", url="https://rivage.example/1").id, "2")
    assert first.published is not None and second.body == "La Loire <baisse>."
    assert (first.source, second.source) == ("Le Rivage", "Le Rivage")
    export = {"title": "Export", "count": 2, "articles": [{"title": "A"}, {"titre": "B"}]}
    assert [each.title for each in articles(put(tmp_path, "b.json", json.dumps(export)))] == ["A", "B"]


@pytest.mark.parametrize(
    ("export", "id"),
    [
        ({"hits": {"total": 1, "hits": [{"_index": "n", "_id": "7", "_source": {"title": "Crue"}}]}}, "7"),
        ({"responseHeader": {"status": 0}, "response": {"docs": [{"id": "7", "title": "Crue"}]}}, "7"),
        ({"status": "ok", "data": {"articles": [{"id": "7", "titre": "Crue"}]}}, "7"),
        ({"data": [{"type": "articles", "id": 7, "attributes": {"title": "Crue"}}]}, "7"),
        ({"data": {"id": "7", "attributes": {"title": "Crue"}}}, "7"),
        ({"records": [{"id": "7", "fields": {"titre": "Crue"}}]}, "7"),
        ({"results": [{"id": "7", "lang": "fr-fr", "data": {"title": "Crue"}}]}, "7"),
        ({"total_rows": 1, "rows": [{"id": "7", "key": "7", "doc": {"_id": "7", "title": "Crue"}}]}, "7"),
        ({"0": {"id": "7", "titre": "Crue"}}, "7"),
        ({"id": {"0": "7"}, "titre": {"0": "Crue"}, "prix": {}}, "7"),
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_articles_are_found_inside_what_an_export_puts_around_them(
    tmp_path: Path, name: str, export: dict[str, object], id: str
) -> None:
    article = one(tmp_path, name, json.dumps(export))
    assert (article.id, article.title) == (id, "Crue")


@pytest.mark.parametrize(
    "more",
    [
        {"body": "La Loire monte.", "documents": [{"title": "Une carte"}]},
        {"documents": [{"title": "Une carte"}], "body": "La Loire monte."},
        {"lede": "La Loire monte.", "data": [1, 2]},
        {"meta": {"title": "La crue en direct", "titre": "x"}, "body": "La Loire monte."},
        {"body": "La Loire monte.", "data": {"documents": [{"title": "Une carte"}]}},
    ],
)
def test_an_article_may_have_lists(tmp_path: Path, more: dict[str, object]) -> None:
    assert one(tmp_path, "a.json", json.dumps({"title": "La crue", **more})).title == "La crue"


def test_html_of_a_content_management_system_is_text(tmp_path: Path) -> None:
    post = {
        "id": 12,
        "guid": {"rendered": "https://rivage.example/?post_type=post&#038;p=12"},
        "title": {"rendered": "&Agrave; lire <em>aussi</em>"},
        "content": {"rendered": "<p>La <b>Loire</b> monte.</p>\n<p>Partager</p><p>On &eacute;vacue.</p>"},
        "excerpt": {"rendered": "<p>Deux ponts ferm&eacute;s.</p>\n"},
    }
    article = one(tmp_path, "a.json", json.dumps([post]))
    assert article.id == "https://rivage.example/?post_type=post&p=12"
    assert (article.title, article.lede) == ("À lire aussi", "Deux ponts fermés.")
    assert article.body == "La Loire monte.\nOn évacue."


EXPORTS = [  # of press databases, of crawlers and libraries that extract, of content management systems
    {"Titre de l'article": "La crue", "Texte intégral": TEXT, "Date de parution": "06/02/2025",
     "Nom du média": "Le Rivage", "Auteur(s)": "Rose Exemple", "Lien": "https://rivage.example/1"},
    {"title": "La crue", "maintext": TEXT, "date_publish": "2025-02-06 10:30:00", "date_modify": None,
     "source_domain": "Le Rivage", "authors": ["Rose Exemple"], "url": "https://rivage.example/1"},
    {"title": "La crue", "text": TEXT, "raw_text": "x", "date": "2025-02-06", "author": "Rose Exemple",
     "source": "https://rivage.example/1", "hostname": "rivage.fr", "source-hostname": "Le Rivage"},
    {"title": "La crue", "plaintext": TEXT, "publishing_date": "2025-02-06 10:30:00+01:00", "html": {},
     "authors": ["Rose Exemple"], "site_name": "Le Rivage", "canonicalUrl": "https://rivage.example/1"},
    {"objects": [{"title": "La crue", "text": TEXT, "html": "<p>x</p>", "pageUrl": "https://rivage.example/1",
                  "siteName": "Le Rivage", "author": "Rose Exemple", "publish_date": "2025-02-06"}]},
    {"posts": [{"title": "La crue", "html": f"<p>{TEXT}</p>", "published_at": "2025-02-06T10:30:00Z",
                "url": "https://rivage.example/1", "source": {"uri": "r", "title": "Le Rivage"},
                "authors": [{"name": "Rose Exemple"}, 7], "tags": [9], "categories": [3, 5]}]},
    {"data": [{"id": "a", "attributes": {
        "title": "La crue", "body": {"value": f"<p>{TEXT}</p>", "format": "html"}, "created": "2025-02-06",
        "creator": "Rose Exemple", "support": "Le Rivage", "web_url": "https://rivage.example/1"}}]},
    {"text": TEXT, "metadata": {"title": "La crue", "text": "x", "date": "2025-02-06", "source": "Le Rivage",
                                "authors": ["Rose Exemple"], "url": "https://rivage.example/1"}},
    {"post_title": "La crue", "post_content": f"<p>{TEXT}</p>", "post_date": "2025-02-06 10:30:00",
     "post_author": "Rose Exemple", "journal": "Le Rivage", "permalink": "https://rivage.example/1"},
    {"journal": "Le Rivage, no. 12", "date": "2025 02 06T10:30:00", "titre": "La crue", "texte": TEXT,
     "auteur": "Par Rose Exemple", "journal_clean": "Le Rivage", "url": "https://rivage.example/1"},
]


@pytest.mark.parametrize("export", EXPORTS)
def test_what_programs_call_the_fields_of_an_article(tmp_path: Path, export: object) -> None:
    article = one(tmp_path, "a.json", json.dumps(export))
    assert (article.title, article.body, article.source) == ("La crue", TEXT, "Le Rivage")
    assert (article.authors, day(article)) == (("Rose Exemple",), date(2025, 2, 6))
    assert (article.url, article.section, article.tags) == ("https://rivage.example/1", "", ())


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Rose Exemple, Luc Essai et Jean Dupont", ("Rose Exemple", "Luc Essai", "Jean Dupont")),
        ("R.Exemple, J.-L. Essai,J-P. Dupont", ("R.Exemple", "J.-L. Essai", "J-P. Dupont")),
        ("Exemple, Rose", ("Exemple, Rose",)),
        ("Le Rivage, avec AFP", ("Le Rivage, avec AFP",)),
        ("Exemple, Rose; Essai, Luc", ("Exemple, Rose", "Essai, Luc")),
        (["Rose Exemple, Luc Essai"], ("Rose Exemple, Luc Essai",)),
        ("['Rose Exemple', \"L'Écho\"]", ("Rose Exemple", "L'Écho")),
        (r"['Rose Exemple\Le Rivage']", (r"Rose Exemple\Le Rivage",)),
        ("[Rose Exemple]", ("[Rose Exemple]",)),
        ("Par Rose Exemple, envoyée spéciale", ("Rose Exemple",)),
        ("12", ()),
    ],
)
def test_names_with_commas_between_them_are_several_authors(
    tmp_path: Path, authors: object, expected: tuple[str, ...]
) -> None:
    article = one(tmp_path, "a.json", json.dumps({"title": "Crue", "authors": authors}))
    assert article.authors == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ("eau, crue,Loire ,", ("eau", "crue", "Loire")),
        ("1,5 degré", ("1,5 degré",)),
        ("la Loire, ses ponts; eau", ("la Loire, ses ponts", "eau")),
        (["la Loire, ses ponts"], ("la Loire, ses ponts",)),
        ("['Loire', '2025']", ("Loire", "2025")),
    ],
)
def test_tags_may_have_commas_between_them(tmp_path: Path, tags: object, expected: tuple[str, ...]) -> None:
    article = one(tmp_path, "a.json", json.dumps({"title": "Crue", "keywords": tags}))
    assert article.tags == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>La Loire <b>monte</b>.</p>\n<p>On &eacute;vacue.</p>\n", "La Loire monte.\nOn évacue."),
        ('<div class="corps"><p>La Loire monte.</p></div>', "La Loire monte."),
        ("<!-- wp:paragraph -->\n<p>La Loire monte.</p>\n<!-- /wp:paragraph -->\n", "La Loire monte."),
        ("<!DOCTYPE html><html><head><title>a</title></head><p>La Loire monte.</html>", "La Loire monte."),
        ("<p>La Loire monte.</p><script>alert(1)</script>", "La Loire monte."),
        ("<p>La Loire monte.</p>\n<a href='/r'>Rose <i>Exemple</i></a>", "La Loire monte.\nRose Exemple"),
        ("<p>La Loire monte.</p>Elle menace.<br />\n", "La Loire monte.\nElle menace."),
        ("<!-- n’est pas <p>, --> non plus", "<!-- n’est pas <p>, --> non plus"),
        ("<p> ouvre un paragraphe, </p> le ferme.", "<p> ouvre un paragraphe, </p> le ferme."),
        ("La balise <p>La crue</p>", "La balise <p>La crue</p>"),
        ("<b>La crue</b>", "<b>La crue</b>"),
        ("&lt;p>La crue</p>", "<p>La crue</p>"),
    ],
)
def test_a_text_that_is_html_from_end_to_end_is_read_without_its_tags(
    tmp_path: Path, body: str, expected: str
) -> None:
    article = one(tmp_path, "a.json", json.dumps({"title": "Crue", "lede": body, "body": body}))
    assert (article.lede, article.body) == (expected, expected)
    again = one(tmp_path, "b.jsonl", json_line(article))
    assert (again.lede, again.body) == (expected, expected)


def test_a_page_that_wallabag_kept_says_who_wrote_it_and_where(tmp_path: Path) -> None:
    kept = {"id": 23, "title": "Crue", "content": "<p>La Loire monte.</p>", "domain_name": "rivage.example"}
    article = one(tmp_path, "a.json", json.dumps([{**kept, "published_by": ["Rose Exemple"]}]))
    assert (article.source, article.authors) == ("rivage.example", ("Rose Exemple",))


def test_what_a_feed_reader_kept_is_read_with_its_text(tmp_path: Path) -> None:
    """The JSON of Google Reader: what was read had the title alone."""
    item = {"id": "tag:google.com,2005:reader/item/62", "title": "La crue", "published": 1738837800,
            "canonical": [{"href": "https://rivage.example/1"}], "author": "Rose Exemple",
            "origin": {"streamId": "feed/52", "title": "Le Rivage"},
            "categories": ["user/-/state/com.google/starred", "user/-/label/Régions", "Loire"],
            "summary": {"content": "<p>La <b>Loire</b> monte.</p><p>On évacue.</p>"}}
    bare = {"id": "b", "title": "Deux", "origin": {}, "content": {"content": "Texte."}, "alternate": [7]}
    export = {"id": "user/-/state/org.freshrss/starred", "title": "Favoris", "items": [item, bare]}
    first, second = articles(put(tmp_path, "starred.json", json.dumps(export)))
    assert (first.title, first.body, first.source) == ("La crue", "La Loire monte.\nOn évacue.", "Le Rivage")
    assert (first.authors, day(first)) == (("Rose Exemple",), date(2025, 2, 6))
    assert (first.url, first.section, first.tags) == ("https://rivage.example/1", "", ("Régions", "Loire"))
    assert first.id == Article("", "", url="https://rivage.example/1").id
    assert (second.id, second.body, second.url) == ("b", "Texte.", "")


def test_an_address_with_a_character_reference_is_exported_as_it_stands(tmp_path: Path) -> None:
    for address in ("https://rivage.example/?q=a&copy;b", "https://rivage.example/?q=a&amp;p=2"):
        assert one(tmp_path, "a.jsonl", json_line(Article("Crue", "", url=address))).url == address


def test_of_two_columns_of_one_name_the_one_with_a_value_counts(tmp_path: Path) -> None:
    table = "title;body;title;body\nCrue;;;La Loire monte.\nDécrue;La Loire baisse.;;\n"
    first, second = articles(put(tmp_path, "a.csv", table))
    assert (first.title, first.body) == ("Crue", "La Loire monte.")
    assert (second.title, second.body) == ("Décrue", "La Loire baisse.")


def test_json_that_breaks_keeps_what_came_before(tmp_path: Path) -> None:
    first, second, error = put(tmp_path, "a.json", '[{"title": "A"},\n{"title": "B"},\n{"title": ')
    assert isinstance(first, Article) and isinstance(second, Article)
    assert isinstance(error, ReadError) and error.line == 3


def test_a_number_that_is_too_long_is_told_in_plain_words(tmp_path: Path) -> None:
    record = '{"title": "Crue", "vues": 1' + "0" * 5000 + "}"
    for name, text in (("a.jsonl", f"{record}\n"), ("a.json", f"[{record}]")):
        (error,) = errors(put(tmp_path, name, text))
        assert error.reason == "wrong JSON: a number with too many digits" and error.line == 1


def test_a_json_array_larger_than_the_limit_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps([{"title": f"T{n}", "body": "été " * 100} for n in range(1000)], ensure_ascii=False)
    )
    assert len(articles(list(read_source(path, max_bytes=2000)))) == 1000
    path.write_text(json.dumps([{"title": "T", "body": "été " * 1000}]))
    (error,) = read_source(path, max_bytes=2000)
    assert isinstance(error, ReadError) and "larger than the limit" in error.reason


def test_a_table_with_french_names(tmp_path: Path) -> None:
    text = (
        "Titre;Chapô;Texte;Auteur;Rubrique;Date;Mis à jour;Mots-clés\r\n"
        '"La crue";"Deux ponts fermés";"La Loire monte ;\r\nles quais ferment.";'
        "Rose Exemple;Région;06/02/2025;;eau|Loire\r\n"
        "trop;de;colonnes;a;b;c;d;e;f;g\r\n\r\nSeconde;;Corps;;;;;\r\n"
    )
    found = put(tmp_path, "a.csv", "sep=;\r\n" + text)
    first, second = articles(found)
    assert (first.title, first.lede, first.section) == ("La crue", "Deux ponts fermés", "Région")
    assert first.body == "La Loire monte ;\r\nles quais ferment." and first.tags == ("eau", "Loire")
    assert first.published is not None and first.published.day == 6 and first.modified is None
    assert second.title == "Seconde"
    assert [(error.line, error.reason) for error in errors(found)] == [
        (5, "10 columns where the header has 8")
    ]


@pytest.mark.parametrize(
    ("text", "titles", "line"),
    [
        ('id;titre;texte\n1;A;"a\nb"\n2;B;"ouvert\n3;C;trois\n', ["A"], 4),
        ('id;titre;texte\n1;A;"ouvert', [], 2),
        ('titre;"texte\nA;un\n', [], 1),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_told(
    tmp_path: Path, text: str, titles: list[str], line: int
) -> None:
    *found, error = put(tmp_path, "a.csv", text)
    assert [article.title for article in articles(found)] == titles and len(found) == len(titles)
    assert isinstance(error, ReadError) and "not closed" in error.reason and not error.kept
    assert error.line == line


def test_rows_that_a_quotation_mark_takes_in_are_told(tmp_path: Path) -> None:
    taken = 'A\t"Le Rivage\nB\tdeux\nC\tdit "oui"\n'
    found = put(tmp_path, "a.tsv", f'titre\ttexte\n{taken}D\tquatre\nE\t"dit "non"\nF\t"a" b"\nG\t"\n"h"i\n')
    assert [(article.title, article.body) for article in articles(found)] == [
        ("D", "quatre"), ("E", 'dit "non'), ("F", 'a" b')
    ]
    assert [error.line for error in errors(found)] == [2, 8]
    assert all("in 3 lines" in each.reason or "in 2 lines" in each.reason for each in errors(found))
    assert "'\\t' expected after" in errors(found)[0].reason
    assert all("is written twice" in each.reason and not each.kept for each in errors(found))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('"il dit "oui" hier"', 'il dit "oui" hier'),
        ('"Non", dit le maire', '"Non", dit le maire'),
        ('"il dit ""oui"" hier"', 'il dit "oui" hier'),
        ('"a;b "c" d"', 'a;b c" d"'),
    ],
)
def test_quotation_marks_in_a_value_stay(tmp_path: Path, value: str, text: str) -> None:
    assert one(tmp_path, "a.csv", f"titre;texte\nA;{value}\n").body == text


def test_blanks_behind_a_quotation_are_no_part_of_a_row(tmp_path: Path) -> None:
    rows = '"A" ,"un\nseul" \n"B","dit ""oui"" ,\nhier"\t,\t\r\n"C","" ,trois\n"D" ,"quatre" '
    found = articles(put(tmp_path, "a.csv", f"titre,texte,source\n{rows}"))
    assert [(each.title, each.body, each.source) for each in found] == [
        ("A", "un\nseul", ""), ("B", 'dit "oui" ,\nhier', "\t"), ("C", "", "trois"), ("D", "quatre", "")
    ]
    assert one(tmp_path, "a.tsv", 'id\ttitre\ttexte\n"1" \t\t"un" \n').body == "un"


def test_a_row_that_goes_on_below_a_wrong_quotation_mark_is_told_of_its_line(tmp_path: Path) -> None:
    error, *_ = errors(put(tmp_path, "a.csv", 'titre,texte\n"dit "oui"","un\nseul"\n'))
    assert error.line == 2 and "expected after '\"'; " in error.reason


@pytest.mark.parametrize("last", ['"deux"', '"deux"s', 'deux "', '"deux\n"', '""'])
def test_the_last_row_of_a_table_may_end_anyhow(tmp_path: Path, last: str) -> None:
    for end in ("", "\n", "\r\n", "\n\n"):
        assert one(tmp_path, "a.csv", f"titre;texte\nA;{last}{end}").title == "A"


@pytest.mark.parametrize("above", ["Revue de presse;;\n;;\n", "Dépêches\nExport du 6 février, à 10 h\n\n",
                                   "sep=;\n\n"])
def test_the_header_of_a_table_may_stand_below_its_title(tmp_path: Path, above: str) -> None:
    text = f"{above}Titre;Date;Texte\nCrue;06/02/2025;La Loire monte.\n;;\nDécrue;x;Elle baisse.\n"
    found = put(tmp_path, "a.csv", text)
    assert [each.title for each in found if isinstance(each, Article)] == ["Crue", "Décrue"]
    assert [each.line for each in found if isinstance(each, ReadError)] == [above.count("\n") + 4]


def test_a_table_without_a_known_column_says_which_it_needs(tmp_path: Path) -> None:
    (error,) = put(tmp_path, "a.tsv", "nom\tville\nRose\tNantes\n")
    assert isinstance(error, ReadError) and "title" in error.reason and error.line == 1


def test_markdown_with_front_matter(tmp_path: Path) -> None:
    (article,) = put(
        tmp_path,
        "a.md",
        """---
title: "La crue : l'eau \\"monte\\""
date: 2025-02-06 10:30  # heure de Paris
tags: [eau, 'la Loire, ses ponts']
authors:
  - Rose Exemple
  - Luc Essai
chapo: >
  Deux ponts
  fermés.
draft: null
---
# La crue : l'eau "monte"

La **Loire** _monte_, dit [la mairie](https://a.example). 2 * 3 * 4, snake_case_word.

## Des quais fermés

> « Restez loin ! »

![photo](a.png)
""",
    )
    assert isinstance(article, Article)
    assert article.title == 'La crue : l\'eau "monte"' and article.lede == "Deux ponts fermés."
    assert article.authors == ("Rose Exemple", "Luc Essai") and article.tags == ("eau", "la Loire, ses ponts")
    assert article.published is not None and article.published.isoformat() == "2025-02-06T10:30:00+01:00"
    assert article.body == (
        "La Loire monte, dit la mairie. 2 * 3 * 4, snake_case_word.\n\nDes quais fermés\n\n« Restez loin ! »"
    )


@pytest.mark.parametrize(
    "authors",
    [
        "author:\n  name: Rose Exemple\n  email: rose@rivage.example",
        "authors:\n  - name: Rose Exemple\n    url: https://rivage.example\n",
        "authors:\n- url: https://rivage.example\n\n  name: 'Rose Exemple'",
        "authors:\n- Rose Exemple\n  # plus tard\n-\n",
        "authors:\n-\n  name: Rose Exemple\n  url: https://rivage.example",
    ],
)
def test_an_author_in_front_matter_may_have_fields(tmp_path: Path, authors: str) -> None:
    text = f"---\n{authors}\ntags:\n  - eau : la Loire\n  - Note: crue\ntitle: La crue\n---\nCorps."
    article = one(tmp_path, "a.md", text)
    assert article.authors == ("Rose Exemple",)
    assert (article.title, article.tags) == ("La crue", ("eau : la Loire", "Note: crue"))


def test_a_sharp_in_a_quoted_value_of_front_matter_is_no_comment(tmp_path: Path) -> None:
    article = one(tmp_path, "a.md", "---\ntitle: 'La crue #2'  # bis\nsource: Le Rivage # 2\n---\nCorps.")
    assert (article.title, article.source) == ("La crue #2", "Le Rivage")


def test_front_matter_in_toml(tmp_path: Path) -> None:
    fields = 'title = "La crue"\ndate = 2025-02-06T10:30:00+01:00\ntags = ["eau"]\nauthor = "Rose Exemple"\n'
    article = one(tmp_path, "a.md", f"+++\n{fields}[params]\nx = 1\n+++\n\nLa Loire monte.\n")
    assert (article.title, article.body, article.tags) == ("La crue", "La Loire monte.", ("eau",))
    assert article.authors == ("Rose Exemple",)
    assert article.published == datetime.fromisoformat("2025-02-06T10:30:00+01:00")
    assert one(tmp_path, "b.md", "+++\ntitle = \n+++\n# La crue\n\nLa Loire monte.").title == "La crue"


@pytest.mark.parametrize("line", ["---", "+++"])
def test_text_between_two_rules_is_no_front_matter(tmp_path: Path, line: str) -> None:
    article = one(tmp_path, "a.md", f"{line}\n\nLa Loire monte.\n\n{line}\n\nOn évacue.")
    assert "La Loire monte." in f"{article.title} {article.body}" and "On évacue." in article.body
    assert one(tmp_path, "b.md", f"{line}\n# rien\n{line}\n# La crue\n\nLa Loire monte.").title == "La crue"


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    (article,) = put(tmp_path, "a.md", "# La crue\n\nLa Loire monte.")
    assert isinstance(article, Article) and (article.title, article.body) == ("La crue", "La Loire monte.")


@pytest.mark.parametrize(("text", "body"), [
    ('La Loire monte.\n\n{{< figure src="a" >}}\n\n{% include a %}\nFin.', "La Loire monte.\n\nFin."),
    ("La [[Loire|Loire royale]] monte à [[Orléans]].\n\n![[a.png]]", "La Loire royale monte à Orléans."),
    ("> [!note]- Encadré\n> La Loire monte.\n\n- [x] fait", "Encadré\nLa Loire monte.\n\n- fait"),
    ("La Loire[^1] monte.\n\n[^1]: Un fleuve.\n[1]: https://r.example", "La Loire monte.\n\nUn fleuve."),
    ("| Ville | Cote |\n|:--|--:|\n| Blois | 4 m |", "Ville | Cote\nBlois | 4 m"),
    ("::: {.note}\n## Bilan {#bilan}\n[Le préfet](https://r.example){target=_blank} dort.\n:::",
     "Bilan\nLe préfet dort."),
    ("La ==Loire== <b>monte</b> ~~vite~~ : 5 < 6 %%à voir%%.", "La Loire monte vite : 5 < 6 ."),
])
def test_what_is_made_with_markdown_has_marks_of_its_own(tmp_path: Path, text: str, body: str) -> None:
    assert one(tmp_path, "a.md", f"---\ntitle: La crue\n---\n{text}\n").body == body


def test_a_clipping_says_where_its_page_is(tmp_path: Path) -> None:
    head = 'title: La crue\nsource: "https://rivage.example/1"'
    authors = 'author:\n  - "[[Rose Exemple]]"\n  - "[[le|Luc Essai]]"'
    article = one(tmp_path, "a.md", f"---\n{head}\n{authors}\n---\nLa Loire monte.")
    assert (article.url, article.source) == ("https://rivage.example/1", "")
    assert article.authors == ("Rose Exemple", "Luc Essai")


def test_the_text_below_a_heading_says_who_wrote_it_and_when(tmp_path: Path) -> None:
    article = one(tmp_path, "a.md", f"# La crue\n\nPar Rose Exemple\n\nPublié le 6 février 2025\n\n{TEXT}")
    assert (article.title, article.body, article.authors) == ("La crue", TEXT, ("Rose Exemple",))
    assert day(article) == date(2025, 2, 6)


@pytest.mark.parametrize("heading", ["# La crue ##", "\n  La crue\n=======", "# \tLa crue"])
def test_the_headings_of_markdown(tmp_path: Path, heading: str) -> None:
    article = one(tmp_path, "a.md", f"{heading}\n\n## Sous-titre #\n\nCorps.")
    assert (article.title, article.body) == ("La crue", "Sous-titre\n\nCorps.")


BLANKS = " " * 100_000


@pytest.mark.parametrize(
    "text",
    [
        f"# a{BLANKS}b",
        f"Titre\n\n## a{BLANKS}b",
        f"{BLANKS}a",
        f"---\ntags: a{BLANKS}b\n---\n# Titre",
        f"---\ntags: [a{BLANKS}b]\n---\n# Titre",
    ],
)
def test_no_run_of_blanks_in_markdown_hangs(tmp_path: Path, text: str) -> None:
    assert one(tmp_path, "a.md", text).title


def test_no_record_hangs(tmp_path: Path) -> None:
    tags = {"title": "La crue", "tags": f"a{BLANKS}b ; c"}
    assert len(one(tmp_path, "a.json", json.dumps(tags)).tags) == 2
    for markup in ("<script>" * 50_000, "<p " * 200_000):
        item = {"uri": "urn:a:1", "headline": "La crue", "body_html": markup}
        assert one(tmp_path, "b.json", json.dumps(item)).title == "La crue"


def test_the_asides_of_markup_are_no_text() -> None:
    assert plain("<html><head><title>a</title></head><body><header>b</header>c</body></html>") == "bc"
    assert plain("<p>a<SCRIPT>b</script >c<style>d</style>e<script>f</p>") == "acef"


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Le Rivage</title><language>fr-FR</language>
<item><title>La crue &amp;amp; la ville</title><link>https://rivage.example/1</link><guid>rivage-1</guid>
<pubDate>Thu, 06 Feb 2025 10:30:00 +0100</pubDate><dc:creator>Rose Exemple</dc:creator>
<category>Loire</category>
<description>Deux ponts sont fermés.</description>
<content:encoded><![CDATA[<p>La Loire monte.</p><script>alert(1)</script>
<p>Les quais <b>ferment</b>.</p><p>Lire aussi : autre</p>]]>
</content:encoded></item>
<item><title>Seconde</title><link>javascript:alert(1)</link><guid>a b</guid>
<description>&lt;p&gt;Corps.&lt;/p&gt;</description></item>
</channel></rss>"""

ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Rivage</title>
<entry><title>La crue</title><id>urn:1</id><link href="https://rivage.example/1"/><published>2025-02-06T10:30:00+01:00</published>
<updated>2025-02-07T08:00:00+01:00</updated><author><name>Rose Exemple</name></author>
<content type="html">&lt;p&gt;La Loire monte.&lt;/p&gt;</content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    first, second = put(tmp_path, "a.xml", RSS)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert (first.id, first.title, first.source) == ("rivage-1", "La crue & la ville", "Le Rivage")
    assert (first.lede, first.body) == ("Deux ponts sont fermés.", "La Loire monte.\nLes quais ferment.")
    assert first.published is not None and first.published.isoformat() == "2025-02-06T10:30:00+01:00"
    assert first.modified is None and first.authors == ("Rose Exemple",) and first.tags == ("Loire",)
    assert (second.title, second.body, second.url) == ("Seconde", "Corps.", "")


def test_one_author_of_an_entry_may_be_several(tmp_path: Path) -> None:
    first, _ = articles(put(tmp_path, "a.rss", RSS.replace("Rose Exemple", "R. Exemple, Luc Essai")))
    assert first.authors == ("R. Exemple", "Luc Essai")


@pytest.mark.parametrize(("text", "language"), [
    ("Les quais du port sont fermés et les bateaux ne sortent pas, selon la préfecture.", "fr"),
    ("The quays of the port are closed, and no ship leaves Brest « pour le moment ».", "en"),
])
def test_a_french_text_is_french_whatever_its_template_says(tmp_path: Path, text: str, language: str) -> None:
    feed = f"<rss version='2.0'><channel><language>en-US</language><item><title>A</title><description>{text}"
    page = f"<html lang='en'><body><article><h1>A</h1><p>{text}</p></article></body></html>"
    assert one(tmp_path, "a.rss", f"{feed}</description></item></channel></rss>").language == language
    assert one(tmp_path, "a.html", page).language == language


@pytest.mark.parametrize(("text", "language"), [
    ("Die Häfen an der Küste sind geschlossen, und kein Schiff verlässt die Stadt vor dem Abend. ", "und"),
    ("Порт закрито, і жоден корабель не виходить у море до вечора, повідомила міська влада. ", "und"),
    ("Les quais du port sont fermés et les bateaux ne sortent pas, selon la préfecture. ", "fr"),
])
def test_a_long_text_whose_language_is_not_known_may_be_plainly_not_french(
    tmp_path: Path, text: str, language: str
) -> None:
    page = f"<html><body><article><h1>A</h1><p>{text * 10}</p></article></body></html>"
    assert one(tmp_path, "a.html", page).language == language
    assert one(tmp_path, "a.eml", f"Subject: A\nContent-Language: fr\n\n{text * 10}").language == language


ONE_ENTRY = "<rss version='2.0'><channel><item><title>Été</title></item></channel></rss>"
NITF = "<nitf><body><body.head><hedline><hl1>Été</hl1></hedline></body.head></body></nitf>"


@pytest.mark.parametrize("text", [ONE_ENTRY, NITF])
@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-15"])
def test_xml_that_is_utf8_is_read_as_such_whatever_it_says(tmp_path: Path, text: str, encoding: str) -> None:
    declared = f"<?xml version='1.0' encoding='iso-8859-15'?>{text}"
    assert one(tmp_path, "a.xml", declared.encode(encoding)).title == "Été"


def test_xml_may_have_blank_lines_above_it(tmp_path: Path) -> None:
    for text in (ONE_ENTRY, NITF):
        assert one(tmp_path, "a.xml", f"\n  \n<?xml version='1.0' encoding='UTF-8'?>{text}").title == "Été"
    (error,) = errors(put(tmp_path, "a.xml", NITF.replace("Été", "&eacute;t&eacute;")))
    assert "wrong XML: Entity 'eacute' not defined" in error.reason and "<string>" not in error.reason


@pytest.mark.parametrize("subset", ["", " [<!ENTITY % latin1 SYSTEM 'latin1.ent'>%latin1;]"])
def test_an_entity_that_a_dtd_elsewhere_defines_is_that_of_html(tmp_path: Path, subset: str) -> None:
    text = ONE_ENTRY.replace("Été", "L&rsquo;&eacute;t&eacute; &amp; l’hiver")
    head = f"<?xml version='1.0'?><!DOCTYPE rss PUBLIC 'rss' 'http://rivage.example/rss.dtd'{subset}>"
    assert one(tmp_path, "a.xml", f"{head}{text}").title == "L’été & l’hiver"


@pytest.mark.parametrize("link", ["", "<link/>", "<link>#</link>"])
def test_entries_without_an_address_have_not_that_of_their_feed(tmp_path: Path, link: str) -> None:
    entries = "".join(f"<item><title>{title}</title>{link}</item>" for title in "AB")
    start = "<rss version='2.0'><channel><link>https://rivage.example/</link>"
    first, second = articles(put(tmp_path, "a.xml", f"{start}{entries}</channel></rss>"))
    assert (first.url, second.url) == ("", "") and first.id != second.id


def test_entries_of_two_feeds_that_are_numbered_are_not_the_same(tmp_path: Path) -> None:
    one_of = "<rss version='2.0'><channel><item><title>A</title><link>https://{}.example/1</link><guid>12</guid>"
    first, second = (one(tmp_path, "a.xml", f"{one_of.format(site)}</item></channel></rss>") for site in "ab")
    assert first.id != second.id


def test_an_entry_of_a_feed_of_feeds(tmp_path: Path) -> None:
    text = """<rss version="2.0"><channel><title>Agrégateur</title><link>https://flux.example/rss/</link>
<item><title>À lire aussi</title><link>/a/1</link>
<source url="https://rivage.example">Le Rivage</source></item>
<item><title>Newsletter</title><link>http://[x</link></item></channel></rss>"""
    first, second = articles(put(tmp_path, "a.xml", text))
    assert (first.title, first.source, first.url) == ("À lire aussi", "Le Rivage", "https://flux.example/a/1")
    assert (second.title, second.source, second.url) == ("Newsletter", "Agrégateur", "")


def test_a_feed_whose_page_is_relative_to_its_own_address(tmp_path: Path) -> None:
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Le Rivage</title><link href="/blog/"/>
<link rel="self" href="https://rivage.example/flux/a.atom"/>
<entry><title>La crue</title><link href="2025/a"/></entry></feed>"""
    assert one(tmp_path, "a.atom", text).url == "https://rivage.example/blog/2025/a"


def test_the_date_of_rss_1(tmp_path: Path) -> None:
    rss1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://rivage.example"/>
<item rdf:about="urn:1"><title>La crue</title><dc:date>2025-02-06T10:30:00+01:00</dc:date></item></rdf:RDF>"""
    article = one(tmp_path, "a.rdf", rss1)
    assert article.published == datetime.fromisoformat("2025-02-06T10:30:00+01:00") and not article.modified
    atom = one(tmp_path, "a.atom", ATOM.replace("published>", "issued_>"))
    assert atom.published is None and atom.modified is not None


@pytest.mark.parametrize(("end", "titles"), [("<title>B", ["A"]), ("<title>B</title></item>\n", ["A", "B"])])
def test_a_feed_that_is_cut_off_says_so(tmp_path: Path, end: str, titles: list[str]) -> None:
    start = "<rss version='2.0'><channel><item><title>A</title><description>&nbsp;</description></item><item>"
    found = put(tmp_path, "a.xml", start + end)
    assert [each.title for each in articles(found)] == titles
    (error,) = errors(found)
    assert "cut off" in error.reason and not error.kept
    assert not errors(put(tmp_path, "a.xml", start + "<title>B</title></item></channel></rss>"))
    start = "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>A&nbsp;</a:title></a:entry><a:entry>"
    end = end.replace("item", "a:entry").replace("title", "a:title")
    assert [each.title for each in articles(put(tmp_path, "a.atom", start + end))] == titles
    assert not errors(put(tmp_path, "a.atom", start + "<a:title>B</a:title></a:entry></a:feed>"))


def test_atom_has_both_dates(tmp_path: Path) -> None:
    (article,) = put(tmp_path, "a.atom", ATOM)
    assert isinstance(article, Article) and article.published is not None and article.modified is not None
    assert (article.published.day, article.modified.day, article.body) == (6, 7, "La Loire monte.")


def test_a_letter_that_a_feed_has_cut_in_two_spoils_no_other(tmp_path: Path) -> None:
    said = "<description>La préfète l’évacue.</description>"
    start = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><item><title>A</title>{said}"
    feed = f"{start}</item><item><title>Suite</title><description>L’été".encode()[:-1] + b"...</description>"
    found = put(tmp_path, "a.rss", feed + b"</item></channel></rss>")
    assert [each.body for each in found if isinstance(each, Article)] == ["La préfète l’évacue.", "L’étÃ..."]


WXR = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Le Rivage</title>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[rose]]></wp:author_login>
<wp:author_display_name><![CDATA[Rose Exemple]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>luc</wp:author_login><wp:author_display_name>Luc Essai</wp:author_display_name>
</wp:author><item><title>La crue</title><dc:creator><![CDATA[rose]]></dc:creator><category domain="post_tag"
nicename="eau">eau</category><category domain="category" nicename="region">Région</category><description/>
<content:encoded><![CDATA[<p>La Loire monte encore.</p>]]></content:encoded>
<excerpt:encoded><![CDATA[Le fleuve]]></excerpt:encoded><wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type></item>
<item><title>photo.jpg</title><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type></item>
<item><title>Menu</title><wp:status>publish</wp:status><wp:post_type>nav_menu_item</wp:post_type></item>
<item><title>Corbeille</title><wp:status>trash</wp:status><wp:post_type>post</wp:post_type></item>
</channel></rss>"""


SPANS = [{"text": "La Loire ", "type": "text"}, {"text": "monte.", "type": "text", "marks": []}]


@pytest.mark.parametrize("body", [
    [{"type": "paragraph", "children": SPANS}, {"type": "list", "children": [{"type": "item", "children": [
        {"text": "Des "}, {"type": "link", "children": [{"text": "quais"}]}]}]}],
    {"type": "doc", "content": [{"type": "paragraph", "content": SPANS},
                                {"type": "heading", "attrs": {"a": 2}, "content": [{"text": "Des quais"}]}]},
    {"time": 1, "blocks": [{"id": "a", "type": "paragraph", "data": {"text": "La <b>Loire</b> monte."}},
                           {"type": "list", "data": {"style": "x", "items": ["Des quais"]}}]},
    [{"_type": "block", "children": [{"_type": "span", "text": "La Loire monte."}]},
     {"_type": "block", "children": [{"_type": "span", "text": "Des quais"}]}],
    [{"type": "paragraph", "text": "La Loire monte.", "spans": []}, {"type": "h2", "text": "Des quais"}],
    [{"text": "La Loire monte."}, {"text": "Des quais"}],
    {"summary": ["La Loire monte."], "sections": [{"headline": ["Des quais"], "paragraphs": []}]},
])
def test_a_body_that_is_a_tree_is_read(tmp_path: Path, body: Any) -> None:
    article = one(tmp_path, "a.json", json.dumps({"title": "La crue", "body": body}))
    assert article.body.splitlines() == ["La Loire monte.", "Des quais"]


def test_articles_by_the_names_of_their_newspapers(tmp_path: Path) -> None:
    record = {"LeRivage": [{"title": "La crue"}, {"title": "La décrue"}], "LePhare": [{"title": "La marée"}]}
    found = put(tmp_path, "a.json", json.dumps(record))
    assert [each.title for each in found if isinstance(each, Article)] == ["La crue", "La décrue", "La marée"]


def test_what_zotero_exports_as_json(tmp_path: Path) -> None:
    item = {"id": "exemple2025", "type": "article-newspaper", "title": "La crue", "abstract": "L’eau monte.",
            "container-title": "Le Rivage", "issued": {"date-parts": [["2025", 2, 6]]},
            "author": [{"family": "Exemple", "given": "Rose"}, {"literal": "APE"}]}
    article = one(tmp_path, "a.json", json.dumps([item]))
    assert (article.source, article.authors) == ("Le Rivage", ("Rose Exemple", "APE"))
    assert (article.lede, day(article)) == ("L’eau monte.", date(2025, 2, 6))
    found = put(tmp_path, "b.json", json.dumps([{**item, "issued": {"date-parts": [[2025]]}}]))
    assert isinstance(found[0], Article) and "not a date" in str(found[1])


def test_lines_within_a_paragraph_of_html_are_one(tmp_path: Path) -> None:
    text = "<p>La Loire monte, dit Luc\n   Essai.</p>\n\n<p>Partager</p>\n<p>On évacue\r\nOrléans.</p>"
    record = {"title": "La crue", "body": text}
    read = one(tmp_path, "a.json", json.dumps(record))
    assert read.body == "La Loire monte, dit Luc Essai.\nOn évacue Orléans."
    record["body"] = "<div>La Loire\n\nmonte.</div><pre>À huit heures\nÀ midi</pre><p>Fin.</p>"
    assert one(tmp_path, "b.json", json.dumps(record)).body == "La Loire\nmonte.\nÀ huit heures\nÀ midi\nFin."


def test_an_export_of_wordpress_is_its_posts(tmp_path: Path) -> None:
    article = one(tmp_path, "a.xml", WXR)
    assert (article.lede, article.body) == ("Le fleuve", "La Loire monte encore.")
    assert (article.authors, article.section) == (("Rose Exemple",), "Région")
    assert article.tags == ("eau", "Région")


def test_an_xml_that_is_no_feed_says_so(tmp_path: Path) -> None:
    (error,) = put(tmp_path, "a.xml", "<?xml version='1.0'?><plan><url>a</url></plan>")
    assert isinstance(error, ReadError) and "not an RSS or Atom feed" in error.reason


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", '{"title": "A"}\n{"title": "B"}\n', "A"),
        (
            "a.txt",
            "<!DOCTYPE html><html><head><title>A</title></head><body><h1>A</h1><p>Corps.</p></body></html>",
            "A",
        ),
        ("page", "<html><body><h1>A</h1><p>Corps du texte.</p></body></html>", "A"),
        ("a.html", RSS, "La crue & la ville"),
        ("a.txt", "---\ntitle: A\n---\nCorps.", "A"),
    ],
)
def test_content_decides_where_the_suffix_misleads(tmp_path: Path, name: str, text: str, title: str) -> None:
    first = put(tmp_path, name, text)[0]
    assert isinstance(first, Article) and first.title == title


def test_standard_input_is_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO('{"title": "Été"}\n'.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    (article,) = read(["-"])
    assert isinstance(article, Article) and (article.title, article.path) == ("Été", "-")


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "A"}, {"title": "B"}]',
        '[\n {"title": "A"},\n {"title": "B"}\n]\n',
        '{\n "title": "A"\n}\n{\n "title": "B"\n}\n',
        '\n{ \r\n "articles": [{"title": "A"}, {"title": "B"}]}',
    ],
)
def test_json_is_read_where_lines_of_it_are_expected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    assert [item.title for item in articles(put(tmp_path, "a.jsonl", text))] == ["A", "B"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert [item.title for item in articles(list(read(["-"])))] == ["A", "B"]


def test_every_format_has_a_reader_and_a_line_about_it() -> None:
    for format in formats():
        assert callable(format.reader()) and format.suffixes and format.description


@pytest.mark.parametrize(("date", "hour", "expected"), [
    ("06/02/2025", "20:05:31", "2025-02-06T20:05:00+01:00"),
    ("2025-02-06", "20 h 05", "2025-02-06T20:05:00+01:00"),
    ("06/02/2025 10:30", "20h", "2025-02-06T10:30:00+01:00"),
    ("06/02/2025", "25h70", "2025-02-06T00:00:00+01:00"),
    ("06/02/2025", "4 min", "2025-02-06T00:00:00+01:00"),
])
def test_the_hour_may_stand_in_its_own_column(tmp_path: Path, date: str, hour: str, expected: str) -> None:
    article = one(tmp_path, "a.csv", f"Titre;Date de diffusion;Heure de diffusion\nLa crue;{date};{hour}\n")
    assert article.published is not None and article.published.isoformat() == expected


@pytest.mark.parametrize("end", ["… [+1834 chars]", "... [1834 chars]"])
def test_how_much_an_api_left_out_is_no_text(tmp_path: Path, end: str) -> None:
    article = one(tmp_path, "a.json", json.dumps({"title": "La crue", "content": f"La Loire monte{end}"}))
    assert article.body == f"La Loire monte{end.split(' [')[0]}"


def test_the_newspaper_that_a_portal_puts_behind_a_title_is_no_part_of_it(tmp_path: Path) -> None:
    said = {"title": "La crue monte - Le Rivage", "source": {"id": None, "name": "Le Rivage"}}
    assert one(tmp_path, "a.json", json.dumps(said)).title == "La crue monte"
    assert one(tmp_path, "b.json", json.dumps({**said, "source": "Le Rivage"})).title == said["title"]
    item = f"<item><title>{said['title']}</title><source url='https://a.example'>Le Rivage</source></item>"
    article = one(tmp_path, "a.rss", f"<rss version='2.0'><channel><title>News</title>{item}</channel></rss>")
    assert (article.title, article.source) == ("La crue monte", "Le Rivage")


def test_the_names_that_wordpress_embeds_are_those_of_the_post(tmp_path: Path) -> None:
    post: dict[str, Any] = {"title": {"rendered": "La crue"}, "author": 3, "categories": [4], "tags": [7]}
    terms = [[{"name": "Monde", "taxonomy": "category"}], [{"name": "Loire", "taxonomy": "post_tag"}]]
    embedded = {"author": [{"id": 3, "name": "Rose Exemple"}], "wp:term": terms}
    article = one(tmp_path, "a.json", json.dumps([{**post, "_embedded": embedded}]))
    assert (article.authors, article.section, article.tags) == (("Rose Exemple",), "Monde", ("Loire",))
    head = {"author": "Rose Exemple", "og_site_name": "Le Rivage"}
    article = one(tmp_path, "b.json", json.dumps([{**post, "yoast_head_json": head}]))
    assert (article.authors, article.source) == (("Rose Exemple",), "Le Rivage")


def test_a_notice_of_a_broadcast_is_an_article(tmp_path: Path) -> None:
    names = "Titre propre;Titre collection;Date de diffusion;Société de programmes;Résumé;Descripteurs"
    article = one(tmp_path, "a.csv", f'{names}\nLa crue;JA2 20H;06/02/1985;A2;La Loire.;"crue ; Loire"\n')
    assert (article.title, article.section, article.source) == ("La crue", "JA2 20H", "A2")
    assert (article.lede, article.tags, day(article)) == ("La Loire.", ("crue", "Loire"), date(1985, 2, 6))
