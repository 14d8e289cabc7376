"""Names that a head word opens: « ministère de l'Intérieur », « rue de Rivoli »."""

from __future__ import annotations

import re

from searchkit.entities.lexicon import Lexicon

_ARTICLE = "(?:la |le |l'|les )?"
_LINK = rf"(?:de la |de l'|du |des |de |d'|(?:pour|contre|sur|a) {_ARTICLE}|aux |sans )"
_PRENOMINAL = "(?:(?:petites? et moyennes?|grand(?:e?s)?|jeunes?|anciens?|nouvelles?|petite?s?) )?"
_STEP = re.compile(rf"(?:(?P<link>(?: et|,)? {_LINK}){_PRENOMINAL}| (?:et )?)(?P<word>[a-z][a-z-]*)")
_ARTICLED = frozenset({" de la ", " de l'", " du ", " des "})
_REACH = 60
NO_HEADS = frozenset({"côté", "coté", "porté", "placé", "pointé", "garé", "groupé", "centré", "ligué"})
"""What is a head (côte, place) but for its accent: « côté Marine Le Pen », « a placé Jean Kerval »."""


def tail(lexicon: Lexicon, text: str, folded: str, end: int, concern: bool = False) -> int:
    """Where the words that go on a head's name end: « Conseil| supérieur de la magistrature| a jugé ».

    `concern`: one noun may be any small one with an article, for what a body is concerned with has no limits:
    « Observatoire| de la laïcité| », « Fédération| française du paintball| ».
    """
    nouns, adjectives = lexicon.classes["tail-nouns"], lexicon.classes["tail-adjectives"]
    while match := _STEP.match(folded, end):
        if match["word"] not in (nouns if match["link"] else adjectives):
            if not (concern and match["link"] in _ARTICLED and text[match.start("word")].islower()):
                return end
            if match["word"] in lexicon.classes["common"]:
                return end
            concern = False
        end = match.end()
    return end


def left_head(lexicon: Lexicon, text: str, folded: str, start: int) -> tuple[int, int] | None:
    """Start and end of the nearest small head word before a capital (« cour| d'appel de Paris »), or None."""
    before = max(0, start - _REACH)
    words = folded[before:start].replace("'", "' ").replace("presqu' ", "presqu'").rsplit(None, 6)[:-7:-1]
    if lexicon.small_heads.isdisjoint(words):
        return None
    for word in words:
        if word in lexicon.small_heads:
            at = folded.rfind(word, before, start)
            end = at + len(word)
            is_word = text[at].islower() and not folded[at - 1 : at].isalnum()
            is_advice = word == "conseil" and end + 1 == start  # « un cabinet de conseil| Kerval »
            return (at, end) if is_word and not is_advice and text[at:end] not in NO_HEADS else None
    return None
