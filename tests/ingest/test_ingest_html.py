"""Web pages of invented publishers, built as French news sites build theirs."""

import html
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from samples import day, one

from searchkit import Article
from searchkit.errors import ReadError
from searchkit.ingest import read_source
from searchkit.ingest.page.title import bare, best

TEXT = [
    "Le coefficient de marée atteindra 119 samedi, a annoncé vendredi le service hydrographique.",
    "Les quais seront fermés à la circulation de six heures à midi, et les pompiers seront renforcés.",
    "« Nous demandons à chacun de rester loin des digues », répète la préfète depuis trois jours.",
    "La dernière marée de cette ampleur remonte à 2015, quand des milliers de curieux étaient venus.",
]
TITLE = "À Brest, la marée du siècle attire des milliers de curieux"
LEDE = "La préfecture appelle à la prudence sur tout le littoral, où de hautes vagues sont attendues."


def page(
    head: str = "", above: str = "", below: str = "", h1: str | None = TITLE, body: list[str] = TEXT
) -> str:
    heading = f"<h1>{h1}</h1>" if h1 else ""
    text = "".join(f"<p>{line}</p>" for line in body)
    return (
        f"<!DOCTYPE html><html lang='fr-FR'><head><meta charset='utf-8'>{head}</head><body><header><nav><ul>"
        "<li><a href='/'>Accueil</a></li><li><a href='/m'>Monde</a></li></ul></nav></header>"
        f"<main><article>{heading}{above}<div class='text'>{text}</div>{below}</article></main>"
        "<footer><p>Mentions légales</p></footer></body></html>"
    )


def ld(*nodes: Any) -> str:
    return "".join(f"<script type='application/ld+json'>{json.dumps(node)}</script>" for node in nodes)


def meta(**contents: str) -> str:
    return "".join(
        f'<meta property="{name.replace("__", ":")}" content="{html.escape(text)}">'
        for name, text in contents.items()
    )


def read_page(folder: Path, text: str) -> Article:
    (folder / "page.html").write_text(text, encoding="utf-8")
    article, *_ = read_source(folder / "page.html")
    assert isinstance(article, Article), article
    return article


def test_what_only_screen_readers_say_is_no_text(tmp_path: Path) -> None:
    unseen = "<a href='/b'>la préfecture<span class='u-s sr-only'> (lien externe)</span></a>"
    unseen += " (Nouvelle fenêtre), <b>à six</b>(s’ouvre dans un nouvel onglet)"
    line = f"Selon {unseen}, <i class='not-sr-only'>les quais</i> ferment."
    above = "<p class='visually-hidden'>Ce texte décrit une image que personne ne voit sur la page.</p>"
    below = "<div>Rose Exemple, <span class='sr-only'>publié le</span> <time>6 février 2025</time></div>"
    article = read_page(tmp_path, page(above=above + below, body=[TEXT[0], line, *TEXT[1:]]))
    assert article.body.split("\n")[1] == "Selon la préfecture, à six, les quais ferment."
    assert "image" not in article.lede + article.body and day(article) == date(2025, 2, 6)


def test_a_day_that_is_marked_in_a_sentence_is_read_with_it(tmp_path: Path) -> None:
    day = "<time datetime='2025-02-06'>jeudi 6 février 2025</time>"
    line = f"Le pont, fermé depuis {day} au matin, rouvre aux voitures et aux cycles."
    article = read_page(tmp_path, page(body=[TEXT[0], f"{day} 10h30", *TEXT[1:], line]))
    assert "fermé depuis jeudi 6 février 2025 au matin" in article.body
    assert article.body.count("jeudi 6 février") == 1


NODE = {
    "@type": "NewsArticle",
    "headline": TITLE,
    "datePublished": "2025-02-06T10:30:00+01:00",
    "description": LEDE,
    "dateModified": "2025-02-07T08:00:00+01:00",
    "author": {"@type": "Person", "name": "Rose Exemple"},
    "publisher": {"@type": "Organization", "name": "Le Rivage"},
    "articleSection": "Monde",
    "keywords": ["marée", "Brest"],
}


def test_json_ld_says_it_all(tmp_path: Path) -> None:
    article = read_page(
        tmp_path,
        page(
            ld({"@context": "https://schema.org", **NODE})
            + "<link rel='canonical' href='https://rivage.example/1'>"
        ),
    )
    assert (article.title, article.lede, article.body) == (TITLE, LEDE, "\n".join(TEXT))
    assert article.published is not None and article.published.isoformat() == "2025-02-06T10:30:00+01:00"
    assert article.modified is not None and article.modified.day == 7
    assert (article.authors, article.source, article.section) == (("Rose Exemple",), "Le Rivage", "Monde")
    assert article.tags == ("marée", "Brest") and article.url == "https://rivage.example/1"


@pytest.mark.parametrize(
    "author",
    [
        "Rose Exemple",
        ["Rose Exemple"],
        {"name": "Rose Exemple"},
        [{"name": "Rose Exemple"}],
        {"@id": "#rose"},
        {"@type": "Person", "name": ["Rose Exemple"]},
        "Par Rose Exemple",
        "Recueilli par Rose Exemple",
        "Rose Exemple correspondante à Brest",
        "Rose&amp;nbsp;Exemple",
        "ROSE Exemple".title(),
        [{"@type": "Organization", "name": "Le Rivage"}, {"@type": "Person", "name": "Rose Exemple"}],
    ],
)
def test_the_shapes_of_an_author(tmp_path: Path, author: Any) -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "Le Rivage"},
            {"@type": "Person", "@id": "#rose", "name": "Rose Exemple"},
            {**NODE, "author": author},
        ]
    }
    assert read_page(tmp_path, page(ld(graph))).authors == ("Rose Exemple",)


@pytest.mark.parametrize(
    "address", ["https://www.facebook.com/rivage", "http://rivage.example/auteurs/rose", "@rivage"]
)
def test_an_address_is_no_author(tmp_path: Path, address: str) -> None:
    article = read_page(
        tmp_path,
        page(meta(article__author=address), "<p class='author'>Par <a rel='author'>Rose Exemple</a></p>"),
    )
    assert article.authors == ("Rose Exemple",)


@pytest.mark.parametrize(("stated", "shown", "author"), [
    ("La rédaction", "<p>Par Rose Exemple</p>", "Rose Exemple"),
    ("rivage.example", "<p>Par Rose Exemple</p>", "Rose Exemple"),
    ("Le Rivage", "<a class='author'>Rose Exemple<i>Rose Exemple</i></a>", "Rose Exemple"),
    ("La rédaction de Brest", "", "La rédaction de Brest"),
    ("Agence Rive (www.rive.example)", "<p>Par Rose Exemple</p>", "Agence Rive"),
])
def test_a_newsroom_is_the_author_where_nobody_is_named(
    tmp_path: Path, stated: str, shown: str, author: str
) -> None:
    head = meta(author=stated, og__site_name="Le Rivage", og__url="https://www.rivage.example/1")
    assert read_page(tmp_path, page(head, shown)).authors == (author,)


def test_who_a_page_s_json_ld_names_wrote_it_and_not_its_house_too(tmp_path: Path) -> None:
    node = {"@type": "Article", "headline": TITLE, "author": {"@type": "Person", "name": "Rose Exemple"}}
    head = ld(node) + "<meta name='author' content='Groupe Rivages SA'>"
    assert read_page(tmp_path, page(head=head)).authors == ("Rose Exemple",)


@pytest.mark.parametrize(("steps", "section"), [
    ([("Sport", "/sport/"), ("Football", "/sport/football/")], "Sport"),
    ([("Accueil", "/"), ("Culture", "/culture/")], "Culture"),
    ([("Le Rivage", "/fr/"), ("Monde", "/fr/monde"), (TITLE, "/fr/monde/1")], "Monde"),
    ([("Accueil", "/"), ("La marée du siècle", "/fr/monde/1")], ""),
    ([("Accueil", "/"), (TITLE, "")], ""),
])
def test_a_breadcrumb_says_the_section(tmp_path: Path, steps: list[tuple[str, str]], section: str) -> None:
    items = [{"name": name, "item": f"https://rivage.example{to}"} if to else {"name": name}
             for name, to in steps]
    nested = [{"item": {"name": item["name"], "@id": item.get("item", "")}} for item in items]
    for entries in (items, nested):
        head = ld({"@type": "BreadcrumbList", "itemListElement": entries})
        head += "<link rel='canonical' href='https://rivage.example/fr/monde/1'>" + meta(og__title=TITLE)
        assert read_page(tmp_path, page(head)).section == section


@pytest.mark.parametrize("head", [
    meta(twitter__label1="Écrit par", twitter__data1="Rose Exemple").replace("property", "name"),
    meta(twitter__label2="Written by", twitter__data2="Rose Exemple").replace("property", "name"),
    meta(citation_author="Rose Exemple", citation_publication_date="2024/02/09"),
])
def test_a_card_and_a_citation_say_who_wrote(tmp_path: Path, head: str) -> None:
    assert read_page(tmp_path, page(head)).authors == ("Rose Exemple",)


def test_the_site_in_a_title_may_be_named_by_its_address_alone(tmp_path: Path) -> None:
    node = {"@type": "Article", "headline": "commune française du Finistère"}
    head = ld(node) + "<title>Brest — Encyclorive</title><link rel='canonical' href='https://fr.encyclorive.org/B'>"
    assert read_page(tmp_path, page(head=head, h1="Brest")).title == "Brest"


def test_the_page_s_own_article_among_several(tmp_path: Path) -> None:
    other = {**NODE, "headline": "Tout autre chose", "author": "Luc Essai", "url": "https://rivage.example/2"}
    own = {**NODE, "mainEntityOfPage": {"@id": "https://rivage.example/1"}}
    link = "<link rel='canonical' href='https://rivage.example/1'>"
    assert read_page(tmp_path, page(link + ld(other, own))).authors == ("Rose Exemple",)
    assert read_page(tmp_path, page(ld([other, {**own, "mainEntityOfPage": ""}]))).authors == (
        "Rose Exemple",
    )


def test_open_graph_alone(tmp_path: Path) -> None:
    head = meta(
        og__title=f"{TITLE} | Le Rivage",
        og__site_name="Le Rivage",
        og__description=LEDE,
        og__url="https://rivage.example/1",
        article__published_time="2025-02-06T10:30:00+01:00",
        article__section="Monde",
        author="Rose Exemple et Luc Essai",
    )
    article = read_page(tmp_path, page(head, h1=None))
    assert (article.title, article.source, article.url) == (TITLE, "Le Rivage", "https://rivage.example/1")
    assert article.authors == ("Rose Exemple", "Luc Essai") and article.lede == LEDE
    assert article.published is not None and article.modified is None


def test_a_page_without_metadata(tmp_path: Path) -> None:
    above = (
        f"<p class='chapo'>{LEDE}</p><div class='signature'>Par Rose Exemple</div>"
        "<p>Publié le 6 février 2025 à 10h30 - Mis à jour le 7 février 2025 à 8h</p>"
    )
    below = "<p>Partager cet article</p><p>Sur le même sujet</p><p>Le port se prépare à une longue nuit.</p>"
    article = read_page(tmp_path, page(f"<title>{TITLE} - Le Rivage</title>", above, below))
    assert (article.title, article.lede, article.authors) == (TITLE, LEDE, ("Rose Exemple",))
    assert article.published is not None and article.published.isoformat() == "2025-02-06T10:30:00+01:00"
    assert article.modified is not None and article.modified.isoformat() == "2025-02-07T08:00:00+01:00"
    assert article.body == "\n".join(TEXT)


def test_time_elements_are_told_apart_by_what_stands_before(tmp_path: Path) -> None:
    above = (
        "<p>Mis à jour le <time datetime='2025-02-07T08:00:00+01:00'>7/2</time>, "
        "publié le <time datetime='2025-02-06T10:30:00+01:00'>6/2</time></p>"
    )
    article = read_page(tmp_path, page(above=above))
    assert article.published is not None and article.published.day == 6
    assert article.modified is not None and article.modified.day == 7


def test_no_date_is_guessed(tmp_path: Path) -> None:
    article = read_page(tmp_path, page(below="<p>© 2019 Le Rivage</p><a href='/2018/05/01/autre'>Autre</a>"))
    assert article.published is None and article.modified is None


@pytest.mark.parametrize("head", [
    meta(article__published_time="0001-01-01T00:00:00Z") + "<meta name='publishdate' content='2024-02-09'>",
    ld({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-02-09T07:30:00+01:00CET"})
    + meta(article__published__time="2024-02-09T07:30:00+01:00"),
    "<meta itemprop='datePublished dateCreated' content='2024-02-09'>",
    ld({"@type": "WebPage", "datePublished": "2024-02-09"}),
    ld({"@type": "ClaimReview", "datePublished": "2024-02-09 07:30"}),
    "<link rel='canonical' href='https://le-rivage.example/monde/2024/02/09/maree.html'>",
])  # fmt: skip
def test_what_is_stated_and_no_date_gives_way_to_what_is(tmp_path: Path, head: str) -> None:
    assert day(read_page(tmp_path, page(head=head))) == date(2024, 2, 9)


@pytest.mark.parametrize("seen", [
    "<time class='entry-date published updated' datetime='2024-02-09T07:30:00+01:00'>9 février 2024</time>",
    "<time class='updated' datetime='2024-02-09T07:30:00+01:00'>9 février 2024</time>",
    "<time datetime='9h30'>9 février 2024</time>",
    "<span property='schema:dateCreated' content='2024-02-09T07:30:00+01:00'>9 février 2024</span>",
    "<div itemprop='datePublished'><b>9</b> fév 2024</div><time datetime='2023-01-01'>la veille</time>",
])  # fmt: skip
def test_the_one_date_of_an_entry_is_when_it_was_published(tmp_path: Path, seen: str) -> None:
    assert day(read_page(tmp_path, page(above=seen))) == date(2024, 2, 9)


def test_the_date_of_a_comment_is_not_the_articles(tmp_path: Path) -> None:
    comment = "<ul><li class='comment'><time datetime='2024-03-01'>1er mars 2024</time> Merci.</li></ul>"
    text = page(below=comment, body=[" ".join(TEXT)]).replace("article>", "div>").replace("main>", "div>")
    assert read_page(tmp_path, text).published is None


@pytest.mark.parametrize("marks", [
    "class='fig-comments'", "id='commentaires'", "class='o-article__comments list'", "class='comments-area'",
])
def test_what_readers_wrote_is_no_text_and_says_no_date(tmp_path: Path, marks: str) -> None:
    comment = "<p>Jean 38, <time>15/03/2023 07:45</time></p><p>le 15/03/2023 à 07:45</p>"
    comment += "<p>Encore un article qui ne dit rien de ce que tout cela nous coûte depuis des années.</p>"
    article = read_page(tmp_path, page(below=f"<div {marks}><h2>Vos avis</h2>{comment}</div>"))
    assert article.body == "\n".join(TEXT) and article.published is None


@pytest.mark.parametrize("marks", ["with-comments", "content comments"])
def test_a_text_that_is_marked_as_open_to_comments_stays(tmp_path: Path, marks: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in TEXT)
    head = f"<title>{TITLE}</title><h1>{TITLE}</h1>"
    assert read_page(tmp_path, f"{head}<div class='{marks}'>{text}</div>").body == "\n".join(TEXT)


def test_control_characters_do_not_break_a_page(tmp_path: Path) -> None:
    body = ["Les quais\x0bsont fermés,<br>\x1fa annoncé&#31;le service hydrographique vendredi.", *TEXT]
    lines = read_page(tmp_path, page(body=body)).body.splitlines()
    assert lines[:2] == ["Les quais sont fermés,", "a annoncé le service hydrographique vendredi."]


def test_zeros_in_the_midst_of_a_page_cost_nothing_else(tmp_path: Path) -> None:
    padded = page("<!--" + "x" * 5000 + "-->").replace("</h1>", "</h1><img alt='La digue'>" + "\0" * 9)
    assert read_page(tmp_path, padded).body == "\n".join(TEXT)


def test_references_encoded_twice_and_dangerous_links(tmp_path: Path) -> None:
    head = meta(og__title="L&#039;été &amp;amp; la marée", og__url="javascript:alert(1)")
    article = read_page(tmp_path, page(head, h1=None))
    assert (article.title, article.url) == ("L'été & la marée", "")


def test_a_chapo_in_the_comments_and_a_cut_description_are_no_lede(tmp_path: Path) -> None:
    comment = "Un lecteur du Rivage trouve que la mer monte trop."
    head = meta(og__description="La préfecture appelle à la prudence sur tout…")
    below = f"<div class='comments'><p class='chapo'>{comment}</p></div>"
    article = read_page(tmp_path, page(head, "", below))
    assert (article.lede, article.body) == ("", "\n".join(TEXT))


@pytest.mark.parametrize("inside", [
    "<script>window.topics = ['la mer', 'la marée', 'le vent', 'la crue'];</script><p>Brest et sa rade</p>",
    "<p>En ce moment : <a>les marées noires au large de Brest</a> <a>les vents de la rade</a></p>",
    "<ul><li>Accueil</li><li>Finistère</li><li>Brest et sa rade</li><li>La marée du siècle</li></ul>",
    f"<h1>{TITLE}</h1><p>Rose Exemple, le 6 février 2025</p>",
])
def test_what_is_called_an_intro_and_is_no_text_is_no_lede(tmp_path: Path, inside: str) -> None:
    above = f"<div class='main-intro'>{inside}</div><p class='chapo'>{LEDE}</p>"
    assert read_page(tmp_path, page(above=above)).lede == LEDE


def test_a_lede_may_be_what_a_cut_description_begins_with(tmp_path: Path) -> None:
    head = meta(og__description=f"{LEDE} {TEXT[0][:40]}…")
    article = read_page(tmp_path, page(head, f"<div class='cap'><p>{LEDE}</p></div><hr>"))
    assert (article.lede, article.body) == (LEDE, "\n".join(TEXT))


def test_a_lede_may_stand_in_a_box_with_the_heading(tmp_path: Path) -> None:
    box = f"<div class='article-intro'><h1>{TITLE}</h1><p>Rose Exemple</p><p>{LEDE}</p></div>"
    text = page(h1=None).replace("<article>", f"{box}<article>")
    assert read_page(tmp_path, text).lede == LEDE


def test_an_account_is_no_author_and_dublin_core_dates_count(tmp_path: Path) -> None:
    head = "<meta name='author' content='admin'><meta name='DC:date' content='2025-02-06'>"
    article = read_page(tmp_path, page(head))
    assert article.authors == () and article.published is not None and article.published.day == 6


def test_broken_json_ld_is_passed_over(tmp_path: Path) -> None:
    head = (
        '<script type=\'application/ld+json\'>{"@type": "NewsArticle", </script>'
        "<script type='application/ld+json'>" + "[" * 50_000 + "</script>"
        "<script type='application/ld+json'>//<![CDATA[\n" + json.dumps(NODE)[:-1] + ",}\n//]]></script>"
    )
    assert read_page(tmp_path, page(head)).authors == ("Rose Exemple",)


def test_json_ld_with_quotation_marks_that_are_not_escaped_is_read(tmp_path: Path) -> None:
    broken = json.dumps({**NODE, "description": "Elle dit QUOTnonQUOT à QUOTtoutQUOT"}).replace("QUOT", '"')
    head = f"<script type='application/ld+json'>{broken}</script>"
    article = read_page(tmp_path, page(head))
    assert article.authors == ("Rose Exemple",) and article.published is not None


def test_a_date_in_json_ld_may_be_a_number(tmp_path: Path) -> None:
    article = read_page(tmp_path, page(ld({**NODE, "datePublished": 1738834200000})))
    assert article.published is not None and article.published.isoformat() == "2025-02-06T10:30:00+01:00"


def test_a_canonical_address_may_be_relative_to_the_page_s_base(tmp_path: Path) -> None:
    head = "<base href='https://rivage.example/monde/'><link rel='canonical' href='../1'>"
    assert read_page(tmp_path, page(head)).url == "https://rivage.example/1"
    assert read_page(tmp_path, page("<base href='/monde/'><link rel='canonical' href='../1'>")).url == ""


def test_a_page_that_the_wayback_machine_kept_has_its_own_address(tmp_path: Path) -> None:
    before = "https://web.archive.org/web/20250301120000/"
    head = f"<link rel='canonical' href='{before}https://rivage.example/1'>"
    article = read_page(tmp_path, page(head))
    assert (article.url, article.source) == ("https://rivage.example/1", "rivage.example")


@pytest.mark.parametrize("note", [
    '<script>__wm.wombat("http://www.rivage.example/2008/05/crue","20080516001122","https://a","web");</script>',
    "<!-- saved from url=(0099)https://web.archive.org/web/2008/http://www.rivage.example/2008/05/crue -->",
])
def test_a_page_that_the_wayback_machine_kept_may_say_no_address(tmp_path: Path, note: str) -> None:
    article = read_page(tmp_path, note + page())
    assert article.url == "http://www.rivage.example/2008/05/crue" and article.source == "www.rivage.example"


def test_a_whole_canonical_address_needs_no_base(tmp_path: Path) -> None:
    head = "<base href='http://['><link rel='canonical' href='https://rivage.example/1'>"
    assert read_page(tmp_path, page(head)).url == "https://rivage.example/1"


@pytest.mark.parametrize("note", [
    "<!-- saved from url=(0026)https://rivage.example/1 -->",
    "<!--\n Page saved with SingleFile \n url: https://rivage.example/1 \n saved date: Thu Feb 06 2025\n-->",
])
def test_a_browser_notes_the_address_of_what_it_saves(tmp_path: Path, note: str) -> None:
    article = read_page(tmp_path, page().replace("<html", f"{note}<html"))
    assert (article.url, article.source) == ("https://rivage.example/1", "rivage.example")
    own = "<link rel='canonical' href='https://rivage.example/2'>"
    assert read_page(tmp_path, page(own).replace("<html", f"{note}<html")).url == "https://rivage.example/2"


@pytest.mark.parametrize("canonical", ["<link rel='canonical'>", "<link rel='canonical' href=' '>",
                                       "<link rel='canonical' href='#'>"])
def test_a_canonical_address_that_is_empty_is_not_the_base(tmp_path: Path, canonical: str) -> None:
    assert read_page(tmp_path, page("<base href='https://rivage.example/'>" + canonical)).url == ""


def test_a_declared_encoding_is_believed(tmp_path: Path) -> None:
    text = page(f"<title>{TITLE}</title>").replace("utf-8", "windows-1252")
    (tmp_path / "page.html").write_bytes(text.encode("cp1252", "xmlcharrefreplace"))
    (article,) = read_source(tmp_path / "page.html")
    assert isinstance(article, Article) and article.title == TITLE and article.body == "\n".join(TEXT)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Crue : la Loire monte - Le Rivage", "Crue : la Loire monte"),
        ("Le Rivage | Crue : la Loire monte", "Crue : la Loire monte"),
        ("La Loire monte – rivage.example", "La Loire monte"),
        ("PSG - OM : le choc", "PSG - OM : le choc"),
        ("Le Rivage", "Le Rivage"),
        ("Crue : la Loire monte | Rive 9 - Le journal du fleuve et de ses rives", "Crue : la Loire monte"),
        ("Rive 9 - Le journal du fleuve et de ses rives > La crue - le bilan", "La crue - le bilan"),
        ("Crue : le rivage", "Crue : le rivage"),
        ("Le Rivage : une plage à nettoyer", "Le Rivage : une plage à nettoyer"),
        ("Incendie : Loire sous la fumée", "Incendie : Loire sous la fumée"),
        ("Rugby : Bretagne - Loire", "Rugby : Bretagne - Loire"),
        ("Rugby : Bretagne - Loire en direct", "Rugby : Bretagne - Loire en direct"),
    ],
)
def test_site_names_leave_titles(title: str, expected: str) -> None:
    sites = ["Le Rivage", "www.rivage.example", "Loire Info", "Rive 9 - Le journal du fleuve et de ses rives"]
    assert bare(title, sites) == expected


def test_a_heading_has_the_marks_that_a_stated_title_has() -> None:
    said = ["Orléans | La Loire monte encore", "Orléans. La Loire monte encore", "Actualité d’Orléans"]
    assert best(["Orléans La Loire monte encore"], said, []) == "Orléans. La Loire monte encore"


def test_a_heading_of_three_words_may_be_that_of_a_section() -> None:
    assert best(["Vie des quartiers"], ["La Loire monte encore"], []) == "La Loire monte encore"
    assert best(["La Loire monte encore"], ["Vie des quartiers"], []) == "La Loire monte encore"


def test_a_title_may_be_a_heading_of_lower_rank(tmp_path: Path) -> None:
    text = page(f"<title>{TITLE} | Le Rivage</title>", f"<h2>{TITLE}</h2>", h1="Le Rivage")
    article = read_page(tmp_path, text)
    assert article.title == TITLE and article.body == "\n".join(TEXT)


def test_a_heading_of_lower_rank_cuts_no_title_that_is_shown(tmp_path: Path) -> None:
    whole, below = f"{TITLE} - Le direct", f"<h2>{TITLE}</h2>"
    head = meta(og__title=whole) + f"<title>{whole}</title>"
    assert read_page(tmp_path, page(head, h1=whole, below=below)).title == whole


def test_what_two_ends_of_lines_part_may_hold_the_page(tmp_path: Path) -> None:
    text = page().replace("<main>", "Le Rivage<br><br>Journal<span><main>")
    article = read_page(tmp_path, text)
    assert article.title == TITLE and article.body.splitlines() == TEXT


def test_a_title_behind_its_topic_above_the_text_is_no_part_of_it(tmp_path: Path) -> None:
    head = meta(og__title=f"Marées | {TITLE}") + f"<title>Marées | {TITLE}</title>"
    assert read_page(tmp_path, page(head)).body == "\n".join(TEXT)


def test_a_section_that_says_nothing_gives_way_to_the_next(tmp_path: Path) -> None:
    node = {**NODE, "articleSection": ["Actualités", "Société"]}
    assert read_page(tmp_path, page(ld(node))).section == "Société"
    assert read_page(tmp_path, page(ld({**node, "articleSection": "Actualités"}))).section == "Actualités"


def test_a_list_of_who_and_when_above_the_text_is_no_part_of_it(tmp_path: Path) -> None:
    above = "<ul><li>Rose Exemple</li><li>4 mars 2022</li></ul><p>Dernière mise à jour : 5 mars 2022</p>"
    text = page(ld(NODE), h1=None, above=f"{above}<h1>{TITLE}</h1>")
    assert read_page(tmp_path, text).body == "\n".join(TEXT)


def test_who_says_a_quotation_is_text(tmp_path: Path) -> None:
    quotation = f"<blockquote><p>{TEXT[1]}</p><footer>La préfète, <cite>à Brest</cite></footer></blockquote>"
    text = page().replace(f"<p>{TEXT[1]}</p>", quotation)
    assert "La préfète, à Brest" in read_page(tmp_path, text).body


def test_the_lines_above_the_text_say_who_and_when_without_a_heading_too(tmp_path: Path) -> None:
    head = f"<font size=5><b>{TITLE}</b></font><br><i>Par Lena Morvan, le 12 mars 2003</i><br><br>"
    article = read_page(tmp_path, f"<title>{TITLE}</title>{head}{'<br><br>'.join(TEXT)}")
    assert (article.authors, day(article)) == (("Lena Morvan",), date(2003, 3, 12))
    assert article.body.splitlines() == TEXT


@pytest.mark.parametrize("tag", ["td", "b"])
def test_who_and_when_stand_below_the_title_without_a_heading_too(tmp_path: Path, tag: str) -> None:
    head = "<meta name='author' content='Super User'><base href='http://rivage.example/'>"
    rows = [f"<{tag}>{TITLE}</{tag}>", "<b>Écrit par Lena Morvan</b>", "<i>Jeudi, 08 Octobre 2009 09:14</i>"]
    said = "".join(f"<table><tr><td>{row}</td></tr></table>" for row in rows)
    text = f"<title>{TITLE}</title>{head}{said}<div><p>{'</p><p>'.join(TEXT)}</p></div>"
    article = read_page(tmp_path, text)
    assert (article.authors, day(article)) == (("Lena Morvan",), date(2009, 10, 8))


def test_a_section_and_a_date_above_the_text_are_none_of_it(tmp_path: Path) -> None:
    above = "<p>Économie</p><p>Publié le 20/05/2008 | 12:04</p>"
    assert read_page(tmp_path, page(above=above)).body.splitlines() == TEXT


@pytest.mark.parametrize("caption", ["<h3>1 / 4</h3><p>{}</p>", "{}"])
def test_what_a_gallery_says_below_its_pictures_is_its_text(tmp_path: Path, caption: str) -> None:
    pictures = [f"<figure><img><figcaption>{caption.format(line)}</figcaption></figure>" for line in TEXT]
    assert read_page(tmp_path, page(below="".join(pictures), body=[])).body.splitlines() == TEXT
    with_text = read_page(tmp_path, page(above="".join(pictures[:1])))
    assert with_text.body.splitlines() == TEXT


def test_a_gallery_or_a_review_says_who_and_when(tmp_path: Path) -> None:
    for kind in ("ImageGallery", "Review"):
        article = read_page(tmp_path, page(ld({**NODE, "@type": kind})))
        assert article.authors == ("Rose Exemple",) and day(article) == date(2025, 2, 6)


def test_a_cut_headline_gives_way_to_the_whole_one() -> None:
    assert best(
        [], ["La Loire monte et menace…", "La Loire monte et menace la ville de Nantes"], []
    ).endswith("Nantes")


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 60_000 + "texte",
        "<p>" * 100_000,
        "<a href='" + "x" * 2_000_000 + "'>y</a>",
        "<table><tr><td>" * 5_000,
        "<p>a</p>" * 100_000,
        "<time>1</time>" * 50_000,
        "<p>" + "<time>1</time> mot " * 5_000,
        "<h1>a</h1>" * 50_000,
        "<h1>" + "mot <br>" * 20_000,
        "<b><i>" * 20_000 + "x",
        "<!--" * 100_000,
        "<meta property='og:title' content='" + "a - " * 100_000 + "'>",
        "<script type='application/ld+json'>" + "{" * 500_000,
        "<span class=author>" * 20_000,
        "data:image/png;base64," * 50_000,
        "&amp;" * 500_000,
        "<title>" + "a | " * 200_000,
        "<a>x</a>" * 50_000 + "<i>Lire aussi</i>" * 5_000,
    ],
)
def test_no_page_hangs(tmp_path: Path, text: str) -> None:
    (tmp_path / "page.html").write_text(f"<html><body><h1>Titre</h1>{text}")
    found = list(read_source(tmp_path / "page.html"))
    assert found and all(isinstance(item, (Article, ReadError)) for item in found)


@pytest.mark.parametrize("tag", ["article", "main"])
def test_the_date_of_the_edition_is_not_the_articles(tmp_path: Path, tag: str) -> None:
    edition = '<header><time datetime="2020-01-01">Édition du 1er janvier 2020</time></header>'
    dated = '<p><time datetime="2025-02-06T10:30">6 février 2025</time></p>'
    body = f"<p>{TEXT[0]}</p>"
    inside = f"<html><body>{edition}<{tag}><h1>La crue</h1>{dated}{body}</{tag}></body></html>"
    above = f"<html><body>{dated}<{tag}><h1>La crue</h1>{body}</{tag}></body></html>"
    assert [day(one(tmp_path, "a.html", page)) for page in (inside, above)] == [date(2025, 2, 6)] * 2


def test_a_line_end_in_a_heading_parts_words(tmp_path: Path) -> None:
    head = "<title>La Loire monte encore à Orléans</title>"
    said = "<h1>La Loire monte<br>encore à Orléans</h1><p class=byline>Par<br/>Rose Exemple</p>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT)
    text = f"<html><head>{head}</head><body><article>{said}{text}</article></body></html>"
    article = one(tmp_path, "a.html", text)
    assert (article.title, article.authors) == ("La Loire monte encore à Orléans", ("Rose Exemple",))
    assert article.body == "\n".join(TEXT)


@pytest.mark.parametrize("line", [
    "<div>Par Lena Morvan, le 9 février 2024 à 7h30</div>",
    "<p>Rédigé par Lena Morvan le 09/02/2024 à 07:30</p>",
    "<p>vendredi 09/02/2024 - Texte : Lena Morvan</p>",
    "<h4>Lena Morvan - 09.02.2024</h4>",
    "<div>Publié le vendredi 9 février 2024 par Lena Morvan</div>",
    "<div>Lena Morvan | Publié le 9/2/2024 à 7:30 | Mis à jour le 10/2/2024</div>",
    "<p>Propos recueillis par Lena Morvan<br>le 09.02.2024</p>",
    "<p class='auteur'>Lena Morvan</p><p>Le vendredi 9 février 2024 à 7 h 30</p>",
    "<div>Par <b>Lena Morvan</b> Envoyée spéciale à Brest</div><div>Publié le 9 février 2024</div>",
    "<div>vendredi 9 février 2024<i>, </i>par <a>Lena Morvan</a></div>",
    "<div class='author-box'><b>Lena Morvan</b> <i>journaliste à Brest</i></div><p>9 février 2024</p>",
    "<dl><dt>Auteur</dt><dd>Lena Morvan</dd><dt>Date</dt><dd>9 février 2024</dd></dl>",
    "<div>Soumis par <b>Lena Morvan</b> le ven, 09/02/2024 - 07:30</div>",
    "<p>Par Lena Morvan | Brest89 | 09/02/2024 | 07H30</p>",
    "<div>LE RIVAGE.FR | 09.02.24 | 07h30 • Mis à jour le 10.02.24 | 16h28 | Par Lena Morvan</div>",
    "<p>Mis en ligne le 9 février 2024, 7h45 – par Lena Morvan, correspondant local</p>",
    "<p>Publié le 09/02/2024 à 7h03. Mis à jour à 11h47 par Lena Morvan.</p>",
    "<div>Lena Morvan Publié le 9 février 2024 à 16:04. Modifié le 10 février 2024.</div>",
    "<p>Lena Morvan (avec AFP) - 9 février 2024, 18:04</p>",
    "<ul><li>9 février 2024</li><li>Texte et photos : Lena Morvan</li></ul>",
])
def test_a_signature_below_the_heading_says_who_and_when(tmp_path: Path, line: str) -> None:
    text = page(above=line).replace("<article>", "<div>").replace("</article>", "</div>")
    article = read_page(tmp_path, text)
    assert article.authors == ("Lena Morvan",)
    assert day(article) == date(2024, 2, 9)
    assert article.body.splitlines()[0] == TEXT[0]


@pytest.mark.parametrize("heading", ["h1", "h2"])
@pytest.mark.parametrize(("above", "below"), [
    ("", "<p>Par Lena Morvan, le 9 février 2024</p>"),
    ("<p><a>Accueil</a> | Par <a>Lena Morvan</a> | 9 février 2024</p>", ""),
])
def test_a_signature_is_at_the_heading_of_the_article(
    tmp_path: Path, heading: str, above: str, below: str
) -> None:
    menu = "".join(f"<li><a>Rubrique {number}</a></li>" for number in range(70))
    text = f"{above}<{heading}>{TITLE}</{heading}>{below}" + "".join(f"<p>{line}</p>" for line in TEXT)
    head = f"<html><head><title>{TITLE}</title></head><body><h1>Le Rivage</h1><ul>{menu}</ul>"
    article = read_page(tmp_path, f"{head}<div>{text}</div></body></html>")
    assert (article.authors, day(article)) == (("Lena Morvan",), date(2024, 2, 9))


def test_a_date_in_a_line_above_the_heading_is_the_articles(tmp_path: Path) -> None:
    line = "<div><a>Politique</a> <span>08/09/2010 à 00h00 (mise à jour à 09h32)</span></div>"
    article = read_page(tmp_path, page(h1=None, above=f"{line}<h1>{TITLE}</h1>"))
    assert article.published is not None and article.published.isoformat() == "2010-09-08T00:00:00+02:00"
    assert article.modified is not None and article.modified.isoformat() == "2010-09-08T09:32:00+02:00"


def test_a_day_alone_in_a_line_above_the_heading_may_be_that_of_the_edition(tmp_path: Path) -> None:
    line = "<div><a>Le Rivage</a> <span>mardi 14 mars 2023</span> <a>Connexion</a></div>"
    assert read_page(tmp_path, page(h1=None, above=f"{line}<h1>{TITLE}</h1>")).published is None


def test_who_signs_is_not_the_site(tmp_path: Path) -> None:
    above = "<p>Publié le 14/05/2018 par Le-Rivage.example</p>"
    text = page(meta(og__site_name="Le-Rivage.example"), above, "<p class='signature'>Lena Morvan</p>")
    assert read_page(tmp_path, text).authors == ("Lena Morvan",)


def test_a_newsroom_that_signs_is_the_author_where_nobody_else_is(tmp_path: Path) -> None:
    above = "<p>Par La Rédaction | Publié le 4/03/2021 à 18:30</p>"
    assert read_page(tmp_path, page(above=above)).authors == ("La Rédaction",)


def test_one_name_below_the_last_sentence_signs(tmp_path: Path) -> None:
    article = read_page(tmp_path, page(body=[*TEXT, "<b>Lena Morvan</b>"]))
    assert article.authors == ("Lena Morvan",) and article.body == "\n".join(TEXT)
    article = read_page(tmp_path, page(body=[*TEXT, "Ont été élus :", "Lena Morvan"]))
    assert article.authors == () and article.body.endswith("Lena Morvan")


def test_an_id_may_mark_the_lede(tmp_path: Path) -> None:
    assert read_page(tmp_path, page(above=f"<div id='chapo'>{LEDE}</div>")).lede == LEDE


def test_drupal_says_when_and_who(tmp_path: Path) -> None:
    when = '<span property="dc:date dc:created" content="2019-09-12T08:30:00+02:00">jeu, 12/09/2019</span>'
    article = read_page(tmp_path, page(above=f"<div>Soumis par <span>Lena Morvan</span> le {when}</div>"))
    assert article.published is not None and article.published.hour == 8
    assert article.authors == ("Lena Morvan",)


@pytest.mark.parametrize("above", ["Lena Morvan", "Kerlouan, Brest", "Lena Morvan, 34 ans"])
def test_a_name_below_the_heading_may_be_anybodys(tmp_path: Path, above: str) -> None:
    assert read_page(tmp_path, page(above=f"<p>{above}</p>").replace("article>", "div>")).authors == ()


@pytest.mark.parametrize(("above", "below"), [
    ("<div itemprop='Author'><a>Lena Morvan</a></div>", "<p class='comment' itemprop='author'>Râleur</p>"),
    ("<p>Par Lena Morvan</p>", "<article><h2>La crue</h2><p class='author'>Par Luc Essai</p></article>"),
    (f"<p>{TEXT[0]} {TEXT[1]}</p><div>par <b>Lena Morvan</b>, 9 février 2024</div>", ""),
    ("<div class='author'><b>Lena Morvan</b> <i>Lena Morvan</i></div>", ""),
    ("", "<footer>Par <a rel='author'>Lena Morvan</a></footer>"),
])  # fmt: skip
def test_who_wrote_a_comment_or_another_article_did_not_write_this(
    tmp_path: Path, above: str, below: str
) -> None:
    text = page(above=above, below=below, body=[" ".join(TEXT), " ".join(TEXT)])
    assert read_page(tmp_path, text).authors == ("Lena Morvan",)


@pytest.mark.parametrize(("above", "below"), [
    ("", "Par Lena Morvan"), ("", "Auteur : Lena Morvan"),
    ("<p>Par Lena Morvan, le 9 février 2024</p>", "Lena Morvan"),
])  # fmt: skip
def test_who_signs_below_a_text_wrote_it(tmp_path: Path, above: str, below: str) -> None:
    article = read_page(tmp_path, page(above=above, body=[*TEXT, below]))
    assert (article.authors, article.body) == (("Lena Morvan",), "\n".join(TEXT))


@pytest.mark.parametrize("line", [
    "<div>By Lena Morvan, February 9, 2024 at 7:30 am</div>",
    "<p>Written by <b>Lena Morvan</b> on Feb 9th, 2024</p>",
    "<div>By <b>Lena Morvan</b> Friday, February 9, 2024</div>",
    "<div>By Lena Morvan Published Friday 9 February 2024</div><div>Published on Feb. 9, 2024</div>",
])
def test_a_signature_may_be_in_english(tmp_path: Path, line: str) -> None:
    article = read_page(tmp_path, page(above=line))
    assert (article.authors, day(article)) == (("Lena Morvan",), date(2024, 2, 9))


@pytest.mark.parametrize("heading", [
    f"{TITLE}<span class='tag'>Abonnés</span>", f"<span class='surtitre'>Finistère</span> {TITLE}",
    f"{TITLE} <span class='badge'>Enquête</span>",
])
def test_a_badge_in_a_heading_is_no_part_of_the_title(tmp_path: Path, heading: str) -> None:
    article = read_page(tmp_path, page(h1=heading, head=meta(og__title=TITLE)))
    assert article.title == TITLE
    assert article.body.splitlines()[0] == TEXT[0]


def test_what_a_heading_or_a_signature_looks_like_is_no_part_of_it(tmp_path: Path) -> None:
    styled = f"<style>.css-a{{font-size:16px}}</style>{TITLE}<script>track('h1', 'Le Rivage')</script>"
    signed = "<p>Par <style>.css-b{color:red}</style>Rose Exemple</p>"
    article = read_page(tmp_path, page(h1=styled, above=signed))
    assert (article.title, article.authors) == (TITLE, ("Rose Exemple",))
    assert article.body.splitlines() == TEXT


def test_the_page_s_title_above_the_text_is_no_part_of_it(tmp_path: Path) -> None:
    text = page(body=[f"{TITLE} | Finistère | Le Rivage | 6.2.2025", TITLE.replace(",", " :"), *TEXT])
    assert read_page(tmp_path, text).body.splitlines() == TEXT


def test_a_heading_that_the_page_s_title_goes_on_from_is_the_title(tmp_path: Path) -> None:
    text = page(head=f"<title>{TITLE} - Le Rivage de Léon</title>", above=f"<h1>{TITLE}</h1>",
                h1="Le Rivage de Léon et environs")
    assert read_page(tmp_path, text).title == TITLE


def test_a_quotation_or_a_day_within_a_sentence_is_part_of_it(tmp_path: Path) -> None:
    marked = ["La digue, fermée au public depuis le <time>3 février</time>, rouvrira dimanche à six heures.",
              "<q>La mer <b>monte</b></q>, <q>« vite »</q>, répète la préfète depuis trois jours à tous."]
    body = read_page(tmp_path, page(body=[*TEXT, *marked])).body.splitlines()
    assert body[len(TEXT):] == [
        "La digue, fermée au public depuis le 3 février, rouvrira dimanche à six heures.",
        "« La mer monte », « vite », répète la préfète depuis trois jours à tous.",
    ]


@pytest.mark.parametrize("node", [
    {"@type": "VideoObject", "name": TITLE, "uploadDate": "2024-02-09T07:30:00+01:00"},
    {"@type": "Article", "headline": TITLE, "dateCreated": "2024-02-09"},
])
def test_a_video_and_a_creation_have_a_date_too(tmp_path: Path, node: Any) -> None:
    assert day(read_page(tmp_path, page(head=ld(node)))) == date(2024, 2, 9)


def test_who_created_an_article_wrote_it(tmp_path: Path) -> None:
    node = {"@type": "Article", "headline": TITLE, "creator": {"@type": "Person", "name": "LENA MORVAN"}}
    assert [name.lower() for name in read_page(tmp_path, page(head=ld(node))).authors] == ["lena morvan"]


@pytest.mark.parametrize("tags", [("<div class='left'>", "</div>"), ("<main><div>", "</div></main>")])
def test_a_page_without_marks_keeps_its_headings_and_lists(tmp_path: Path, tags: tuple[str, str]) -> None:
    start, end = tags
    listed = "<h2>Des quais fermés</h2><ul><li>Le quai de la gare,</li><li>Le quai Malbert.</li></ul>"
    text = "".join(f"<p>{line}</p>" for line in TEXT[:2]) + listed + "".join(f"<p>{x}</p>" for x in TEXT[2:])
    beside = "<div class='right'><h3>En direct</h3><p>08:12 Un loup aperçu</p></div>"
    whole = f"<html><body>{start}<h1>{TITLE}</h1>{text}{end}{beside}</body></html>"
    said = ["Des quais fermés", "- Le quai de la gare,", "- Le quai Malbert."]
    assert read_page(tmp_path, whole).body.splitlines() == [*TEXT[:2], *said, *TEXT[2:]]


@pytest.mark.parametrize("line", ["Mis à jour le 06/02/2025 à 14h03", "Créé: 06.02.2025, 07h36"])
def test_a_date_below_the_text_is_no_part_of_it(tmp_path: Path, line: str) -> None:
    assert read_page(tmp_path, page(body=[*TEXT, line])).body == "\n".join(TEXT)


def test_the_title_that_stands_again_below_is_no_text(tmp_path: Path) -> None:
    below = f"<div class='print'><p>{TITLE}</p></div><p>{TEXT[0]} {TEXT[1]}</p>"
    assert read_page(tmp_path, page(body=[*TEXT, below])).body.count(TITLE) == 0


@pytest.mark.parametrize("asked", [
    "<form><h3>Je m’informe</h3><p>La « lettre du Rivage » et ses appels, deux fois par mois.</p></form>",
    "<div class='c-cookie-box'><p>En dehors des cookies nécessaires, votre accord est demandé.</p></div>",
    "<div id='consent'><p>Soucieux de vos données, nous vous informons que le Rivage les compte.</p></div>",
    "<i class='facebook'></i>" * 100 + "<form><p>La « lettre » du Rivage, deux fois par mois.</p></form>",
])
def test_what_a_page_asks_of_its_reader_is_no_text(tmp_path: Path, asked: str) -> None:
    few = TEXT[:2]
    text = page(below=asked, body=few).replace("article>", "div>").replace("main>", "div>")
    assert read_page(tmp_path, text).body == "\n".join(few)


@pytest.mark.parametrize("around", ["<form class='aspnet'>", "<div class='cookies-ok'>"])
def test_a_form_around_a_page_is_no_reason_to_drop_it(tmp_path: Path, around: str) -> None:
    text = page().replace("<main>", around).replace("</main>", f"</{around[1:].split()[0]}>")
    assert read_page(tmp_path, text).body == "\n".join(TEXT)


@pytest.mark.parametrize("wall", [
    ["Pour lire la suite et accéder à trois articles, créez votre compte", "Offre découverte"],
    ["Article réservé aux abonnés. <b>Il vous reste 61% à découvrir.</b>", "La mer, c’est la liberté."],
    ["<b>Il vous reste 61.86% de cet article à lire. La suite est réservée aux abonnés.</b>"],
])
def test_an_article_ends_where_the_rest_is_for_subscribers(tmp_path: Path, wall: list[str]) -> None:
    assert read_page(tmp_path, page(body=[*TEXT, *wall])).body == "\n".join(TEXT)


def test_a_table_in_the_text_is_part_of_it(tmp_path: Path) -> None:
    head = "<tr><th>Liste</th><th>Voix</th><th></th></tr>"
    rows = "<tr><td>Brest demain</td><td>12 104</td><td></td></tr><tr><td>Rade, ville</td><td>9 870</td></tr>"
    table = f"<table>{head}{rows}</table>"
    text = page().replace(f"<p>{TEXT[-1]}</p>", f"{table}<p>{TEXT[-1]}</p>")
    lines = read_page(tmp_path, text).body.splitlines()
    assert lines[-4:] == ["Liste | Voix", "Brest demain | 12 104", "Rade, ville | 9 870", TEXT[-1]]


@pytest.mark.parametrize("text", [
    f"<h1>{TITLE}</h1><p>{'</p><p>'.join(TEXT)}</p>",
    f"<h1>{TITLE}</h1>{'<br><br>'.join(TEXT)}",
    f"<table><tr><td><b>{TITLE}</b></td></tr><tr><td>{'<br><br>'.join(TEXT)}</td></tr></table>",
])
def test_a_table_around_a_page_is_none_of_its_text(tmp_path: Path, text: str) -> None:
    menu = "<td><a href='/m'>Monde</a><br><a href='/e'>Europe</a></td>"
    text = f"<table><tr>{menu}<td>{text}</td><td><b>Le fil</b><br>La tempête ferme le port</td></tr></table>"
    assert read_page(tmp_path, f"<title>{TITLE}</title>{text}").body.split("\n") == TEXT


def test_a_text_in_pieces_between_advertisements_is_whole(tmp_path: Path) -> None:
    pieces = [[f"{line} Voici le point numéro {at}." for line in TEXT] for at in range(3)]
    advertisement = "<div class='ad'><span>Publicité</span></div>"
    text = "".join(
        f"<div class='grid'><div class='article__body'>{''.join(f'<p>{line}</p>' for line in piece)}"
        f"</div></div>{advertisement}"
        for piece in pieces
    )
    foot = "<div><div class='article__body'><p>Le Rivage paraît chaque jour depuis 1921.</p></div></div>"
    for below in ("", foot):
        whole = page(above=f"<div class='chunks'>{text}</div>", body=[])
        whole = whole.replace("<footer>", f"{below}<footer>")
        assert read_page(tmp_path, whole).body.splitlines() == [line for piece in pieces for line in piece]


@pytest.mark.parametrize("teaser", [
    "<p><span>À lire aussi</span> <a>La tempête ferme le port de Roscoff</a></p>",
    "<p>Lire aussi. <strong><a>La tempête ferme le port de Roscoff</a></strong></p>",
    "<p><strong>Sur le même sujet :</strong> <a>La tempête</a>, <a>Le port de Roscoff</a></p>",
    "<div><hr><div><span>À lire aussi</span><a>La tempête ferme le port</a></div></div>",
    "<a><div><span>Voir aussi :</span> <span>Interview.</span> « Le port est fermé »</div></a>",
    "<section><h3>À lire</h3><ul><li><a>La tempête</a></li><li><a>Le port fermé</a></li></ul></section>",
])
def test_an_announcement_and_its_links_are_no_text(tmp_path: Path, teaser: str) -> None:
    text = page().replace(f"<p>{TEXT[2]}", f"{teaser}<p>{TEXT[2]}")
    assert read_page(tmp_path, text).body.splitlines() == TEXT


@pytest.mark.parametrize(("items", "stays"), [
    ("<li><a href='/1'>Interview</a> <h3><a href='/1'>La tempête</a></h3><p>{0}</p></li>"
     "<li><a href='/2'><h3>Le port de Roscoff</h3></a><p>{1}</p></li>", False),
    ("<li><h3><a href='#'>Que faire ?</a></h3><p>{0}</p></li>"
     "<li><h3><a href='#2'>Où aller ?</a></h3><p>{1}</p></li>", True),
    ("<li><h3>Que faire ?</h3><p>{0}</p></li>"
     "<li><h3>Lire <a href='/1'>le plan</a></h3><p>{1}</p></li>", True),
    ("<li><h3><a href='/1'>Le plan</a></h3><p>{0}</p></li><li>{1}</li><li>Les digues ferment.</li>", True),
])
def test_a_list_of_other_articles_is_no_text(tmp_path: Path, items: str, stays: bool) -> None:
    said = [f"{line} Voici ce que l’on en sait." for line in TEXT[:2]]
    listed = f"<div><ul>{items.format(*said)}</ul></div>"
    body = read_page(tmp_path, page().replace("</div></article>", f"</div>{listed}</article>")).body
    assert body.startswith("\n".join(TEXT))
    assert ([line in body for line in said] == [True, True]) is stays and (said[1] in body) is stays


def test_an_announcement_in_the_midst_of_a_paragraph_parts_it(tmp_path: Path) -> None:
    teaser = "<span><span>À LIRE AUSSI</span> <strong><a>La tempête ferme le port</a></strong></span>"
    text = page(body=[f"{TEXT[0]}{teaser}{TEXT[1]}", *TEXT[2:]])
    assert read_page(tmp_path, text).body.split() == " ".join(TEXT).split()
    text = page(body=[*TEXT, "On ira voir aussi <a>la digue</a> de Roscoff, dès six heures samedi matin."])
    assert "la digue de Roscoff" in read_page(tmp_path, text).body
