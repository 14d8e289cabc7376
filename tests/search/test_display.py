"""Results in a REPL and in a notebook: readable, and inert whatever an article says."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Article, Highlighted, Index, Results
from searchkit.search import display

NO_FAULT = "\u00a0\u202f\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""No-break spaces, soft hyphens, joiners: to be kept, as on a terminal."""


class Tags(HTMLParser):
    """What HTML there is: tags, attributes, text; and whether every tag is closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.links: list[str | None] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert {name for name, _ in attrs} <= {"class", "start", "href", "rel"}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def results(*articles: Article) -> Results:
    index = Index.in_memory()
    index.add(articles)
    return index.search("sommet", limit=None)


def test_a_notebook_shows_a_list_of_links() -> None:
    found = results(Article("Un sommet", "Des sommets.", id="a", url="https://example.org/?a=1&b",
                            source="Le Phare", published="2025-02-06"))
    html = found._repr_html_()
    assert '<a href="https://example.org/?a=1&amp;b" rel="noopener noreferrer"><bdi>Un <mark>somm' in html
    assert Tags(html).text == ("1 article — « sommet » dans tout le texteUn sommetLe Phare · 2025-02-06 · a"
                               "Des sommets.")
    assert Tags(found[0]._repr_html_()).links == ["https://example.org/?a=1&b"]
    assert Highlighted("a<b", ((2, 3),))._repr_html_() == "<bdi>a&lt;<mark>b</mark></bdi>"


@pytest.mark.parametrize("url", [
    "javascript:alert(1)", "data:text/html,x", "//evil", 'https://x" onclick="y', "",
])
def test_only_web_addresses_are_links(url: str) -> None:
    html = results(Article("Un sommet", "", id="a", url=url))._repr_html_()
    assert all(str(link).startswith("https://") for link in Tags(html).links)


@given(st.text(st.characters()), st.text(st.characters()))
@settings(max_examples=40)
def test_any_article_is_only_text(title: str, body: str) -> None:
    found = results(Article(f"sommet {title}", body, id="a", source=title, authors=[body], url=f"https://{body}"))
    tags = Tags(found._repr_html_())
    assert tags.seen <= {"div", "p", "ol", "li", "b", "a", "bdi", "small", "br", "mark"}
    for shown in (repr(found), tags.text):
        assert all(c.isprintable() or c in f"\n{NO_FAULT}" for c in shown)


def test_what_joins_letters_is_no_fault() -> None:
    text = "Sommet 👩\u200d🔬 anti\u00adconstitutionnel"
    found = results(Article(text, text, id="a"))
    for shown in (repr(found), Tags(found._repr_html_()).text):
        assert text in shown


def test_a_repl_shows_the_total_and_the_first_titles() -> None:
    found = results(*(Article(f"Sommet {n}", "", id=f"a{n}") for n in range(7)))
    lines = repr(found).splitlines()
    assert lines[0] == "<Results 7: « sommet » dans tout le texte"
    assert lines[1] == "  1. Sommet 0"
    assert lines[-1] == "  …>"
    assert len(lines) == 2 + display.TITLES
    assert repr(results()) == "<Results 0: « sommet » dans tout le texte>"
    assert "\x1b" not in repr(results(Article("Sommet \x1b[2J", "", id="x")))
