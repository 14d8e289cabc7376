"""Names that a head word opens: « ministère de l'Intérieur », « rue de Rivoli »."""

from __future__ import annotations

import re

from searchkit.entities.lexicon import Lexicon

_ARTICLE = "(?:la |le |l'|les )?"
_LINK = rf"(?:de la |de l'|du |des |de |d'|(?:pour|contre|sur|a) {_ARTICLE}|aux |sans )"
_STEP = re.compile(rf"(?:(?P<link>(?: et|,)? {_LINK})| (?:et )?)(?P<word>[a-z][a-z-]*)")
_REACH = 60


def tail(lexicon: Lexicon, folded: str, end: int) -> int:
    """Where the words that go on a head's name end: « Conseil| supérieur de la magistrature| a jugé »."""
    nouns, adjectives = lexicon.classes["tail-nouns"], lexicon.classes["tail-adjectives"]
    while match := _STEP.match(folded, end):
        if match["word"] not in (nouns if match["link"] else adjectives):
            return end
        end = match.end()
    return end


def left_head(lexicon: Lexicon, text: str, folded: str, start: int) -> tuple[int, int] | None:
    """Start and end of the nearest small head word before a capital (« cour| d'appel de Paris »), or None."""
    before = max(0, start - _REACH)
    words = folded[before:start].replace("'", "' ").split()[:-7:-1]
    if lexicon.small_heads.isdisjoint(words):
        return None
    for word in words:
        if word in lexicon.small_heads:
            at = folded.rfind(word, before, start)
            return (at, at + len(word)) if text[at].islower() and not folded[at - 1 : at].isalnum() else None
    return None
