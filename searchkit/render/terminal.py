"""The page for a terminal: titles that are links, marked words, lines that fit the window (through rich).

Marks are bold red where there is colour; without it (NO_COLOR) they are bold and underlined. All text goes
through `safe` and into `Text`, never through rich's markup, which a title in brackets could forge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.style import Style
from rich.text import Text

from searchkit.render import explained, marking
from searchkit.render.copies import copies
from searchkit.render.reading import facts
from searchkit.render.safe import link, safe, safe_lines
from searchkit.render.shape import NEXT_PAGE, byline
from searchkit.render.wrap import breaks

if TYPE_CHECKING:
    from searchkit.article import Article
    from searchkit.search.marked import Marked
    from searchkit.search.results import Highlighted, Hit, Results

WIDEST = 110
NARROWEST = 20
TITLE = Style(bold=True)
NO_TITLE = Text("(no title)", style=TITLE)
EXPLAINED = 10
"""The columns of a part of a score and what is left free after it."""
QUIET = Style(dim=True)
MARK = Style(bold=True, color="red")
NAMES = {"PER": Style(bold=True, color="green"), "ORG": Style(bold=True, color="blue"),
         "LOC": Style(bold=True, color="magenta")}
"""How names look, by type; without colour they stand in brackets instead (`marking.bracketed`)."""
MARK_WITHOUT_COLOUR = Style(bold=True, underline=True)


def console(file: TextIO, width: int | None = None) -> Console:
    """A rich console that interprets nothing: no markup, no emoji codes, no highlighting of its own."""
    return Console(file=file, width=width, markup=False, emoji=False, highlight=False)


def width(out: Console) -> int:
    """The columns that a page takes: those of the window, at most 110."""
    return max(NARROWEST, min(out.width, WIDEST))


def page(results: Results, out: Console, *, explain: bool = False) -> Iterator[str]:
    """Every hit as it stands on the console, wrapped to `width`; why it is there where that is asked for."""
    for hit in results.stream():
        yield _drawn(_hit(hit, out), out)
        if explain:
            yield _drawn(_explained(hit, out), out)
        yield "\n"


def notes(lines: Iterable[str], out: Console) -> Iterator[str]:
    """Lines that speak about the result rather than being it; a command stays whole, to be copied, and carets
    stand where they stand.
    """
    for line in lines:
        text = Text(safe(line), style=QUIET)
        whole = line.startswith((NEXT_PAGE, " "))
        yield _drawn([text] if whole else _wrapped(text, out, "", ""), out)


def plain_lines(lines: Iterable[str], out: Console) -> Iterator[str]:
    """Lines that fit already, as they are."""
    yield from (_drawn([Text(line)], out) for line in lines)


def marked(highlighted: Highlighted, out: Console, base: Style | None = None) -> Text:
    """The text with its marks styled; `base` is the style of the rest."""
    return _layered(safe(highlighted.text), [(highlighted, mark_style(out))], base or Style())


def article(shown: Article, out: Console, *layers: tuple[Marked, Style]) -> Iterator[str]:
    """An article in full, each paragraph wrapped; each layer's marks in its style, the last ones on top."""
    title = _layered(safe_lines(shown.title), [(marked.title, style) for marked, style in layers], TITLE)
    yield _drawn(_wrapped(_linked(title, shown), out, "", ""), out)
    for fact in facts(shown):
        yield _drawn(_wrapped(Text(fact, style=QUIET), out, "", ""), out)
    for part, text in (("lede", shown.lede), ("body", shown.body)):
        if text.strip():
            marks = [(getattr(marked, part), style) for marked, style in layers]
            whole = _layered(safe_lines(text), marks, Style())
            yield "\n"
            for paragraph in whole.split("\n", allow_blank=True):
                yield _drawn(_wrapped(paragraph, out, "", ""), out)


def named(article: Article) -> list[tuple[Marked, Style]]:
    """A layer for each type of names that the article has."""
    return [(marking.marked(article, type), NAMES[type]) for type in marking.legend(article)]


def legend(article: Article, out: Console) -> Iterator[str]:
    """What the colours of names mean, on a line."""
    words = [Text(word, style=NAMES[type]) for type, word in marking.legend(article).items()]
    yield _drawn([Text("  ").join(words)], out)


def mark_style(out: Console) -> Style:
    """How the query's words stand out on this console."""
    return MARK_WITHOUT_COLOUR if out.no_color else MARK


def _layered(text: str, layers: list[tuple[Highlighted, Style]], base: Style) -> Text:
    styled = Text(text, style=base)
    for highlighted, style in layers:
        for start, end in highlighted.marks:
            styled.stylize(style, start, end)
    return styled


def _linked(title: Text, article: Article) -> Text:
    """A title that leads to its article's address; words of ours where it is empty."""
    shown = title if title.plain.strip() else NO_TITLE.copy()
    address = link(article.url)
    if address:
        shown.stylize(Style(link=address))
    return shown


def _drawn(lines: Iterable[Text], out: Console) -> str:
    """The lines as the console would print them."""
    with out.capture() as captured:
        for line in lines:
            out.print(line, soft_wrap=True)
    return captured.get()


def _explained(hit: Hit, out: Console) -> Iterator[Text]:
    indent = " " * (len(f"{hit.rank}. ") + EXPLAINED)
    for given, what in explained.lines(hit.explain()):
        yield from _wrapped(Text(what, style=QUIET), out, f"{given:>{len(indent) - 2}}  ", indent)


def _hit(hit: Hit, out: Console) -> Iterator[Text]:
    rank = f"{hit.rank}. "
    indent = " " * len(rank)
    yield from _wrapped(_linked(marked(hit.title, out, TITLE), hit.article), out, rank, indent)
    yield from _wrapped(Text(byline(hit.article), style=QUIET), out, indent, indent)
    if hit.snippet.text.strip():
        yield from _wrapped(marked(hit.snippet, out), out, indent, indent)
    if hit.duplicates:
        yield from _wrapped(Text(copies(hit), style=QUIET), out, indent, indent)


def _wrapped(text: Text, out: Console, first: str, rest: str) -> Iterator[Text]:
    room = max(NARROWEST, width(out) - len(first))
    for number, line in enumerate(text.divide(breaks(text.plain, room))):
        line.rstrip()
        yield Text.assemble(first if number == 0 else rest, line)
