"""Finds the words and phrases of a query in a text of which the index says how it writes them, and how often.

The text is searched for each raw word, and the tokenizer is asked only about what stands around a find. The
count tells whether anything was missed: where it does not come out, the caller tokenises the whole text. So
what is found is what `occurrences` finds, for a small part of its price.
"""

from __future__ import annotations

from searchkit.search.snippets.highlight import Target, by_place
from searchkit.search.snippets.quoted import quoted
from searchkit.search.snippets.standing import Occurrence, search
from searchkit.search.snippets.wording import Wording


def find(text: str, target: Target, wording: Wording, part: int) -> list[Occurrence] | None:
    """All that a target of words and quoted phrases asks for in a text, by place, as `occurrences` gives it.

    `part` says what the text is, IN_TEXT or IN_TITLE. None where index and text disagree.

        >>> from searchkit.search.snippets.wording import IN_TEXT
        >>> wording = {"art": (["art", "Art"], (1, 0))}
        >>> find("L'art de l'article", Target(terms=frozenset({"art"})), wording, IN_TEXT)
        [(2, 5, 'art')]
    """
    found: list[Occurrence] = []
    expected = searched = 0
    for term in target.terms:
        if term in wording:
            words, counts = wording[term]
            times = counts[part]
            if times:
                expected += times
                searched += len(words)
                if not search(text, words, times, target, found, term):
                    return None
    if len(found) != expected:
        return None
    if searched > 1:  # else they are found by place
        found.sort(key=by_place)
    for phrase in target.phrases:
        spans = quoted(text, target.slots(phrase), wording, part)
        if spans is None:
            return None
        found += [(start, end, phrase) for start, end in spans]
    if target.phrases:
        found.sort(key=by_place)
    return found
