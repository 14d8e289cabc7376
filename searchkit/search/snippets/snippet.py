"""The one or two passages of an article that answer a query."""

from __future__ import annotations

from collections.abc import Sequence

from searchkit.search.snippets.finding import find
from searchkit.search.snippets.highlight import Highlighted, Occurrence, Target, occurrences
from searchkit.search.snippets.passages import Passage, Room, opening, passage, printed, whole
from searchkit.search.snippets.windows import best_windows
from searchkit.search.snippets.wording import IN_TEXT, Wording

JOINT = "\n\n"


def snippet(lede: str, body: str, target: Target, *, budget: int = 240,
            wording: Wording | None = None) -> Highlighted:
    """What to show of an article: the passage with the most distinct words, the earliest of equals, marked.

    A second passage follows behind " […] " where it holds words that the first lacks. A text of up to one and
    a half times `budget` (characters) is shown whole; where nothing is found, the lede, else the beginning of
    the body. Nothing is added to the text but " […] "; a run of blanks or line breaks is one space.

    `wording` is what the index knows of the target in this article. It only saves time: without it, or where
    it is wrong, the whole text is tokenised. Never raises for any text.

        >>> body = "Il pleut sur toute la ville. Le sommet de l'IA ouvre."
        >>> snippet("", body, Target(terms=frozenset({"ia"})), budget=30).text
        "Le sommet de l'IA ouvre."
    """
    return snippets([(lede, body)], target, None if wording is None else [wording], budget)[0]


def snippets(articles: Sequence[tuple[str, str]], target: Target, wordings: Sequence[Wording] | None,
             budget: int = 240) -> list[Highlighted]:
    """The snippets of several articles, each given as (lede, body). Each step is taken for all of them before
    the next: that takes less time than one by one.
    """
    texts = [f"{lede}{JOINT}{body}" if lede else body for lede, body in articles]
    if wordings is None:
        every = [occurrences(text, target) for text in texts]
    else:
        every = [_found(text, target, wording) for text, wording in zip(texts, wordings, strict=True)]
    room = Room(budget, budget * 3 // 4, budget)
    shown = []
    for (lede, body), text, found in zip(articles, texts, every, strict=True):
        if not found:
            shown.append((lede or body, [opening(lede or body, budget)]))
        elif 2 * len(text) <= 3 * budget:
            shown.append((text, [whole(text, found)]))
        else:
            shown.append((text, _passages(text, found, room)))
    return [printed(text, passages) for text, passages in shown]


def _found(text: str, target: Target, wording: Wording) -> list[Occurrence]:
    found = find(text, target, wording, IN_TEXT)
    return occurrences(text, target) if found is None else found


def _passages(text: str, every: list[Occurrence], room: Room) -> list[Passage]:
    """The passages at one or two places; one alone where it holds all that the other does."""
    chosen = best_windows(every, room.window)
    if len(chosen) == 1:
        return [passage(text, every, chosen[0], 0, room)]
    half = room._replace(size=room.size // 2)
    one = passage(text, every, chosen[0], 0, half)
    two = passage(text, every, chosen[1], one[1], half)
    first, second = ({kind for _, _, kind in found} for _, _, found in (one, two))
    if second <= first:
        return [passage(text, every, chosen[0], 0, room)]
    if first <= second:
        return [passage(text, every, chosen[1], 0, room)]
    return [one, two]
