"""Which likelier words may stand in the place of one that was typed: a name gives way to a name, and only
what begins with a vowel follows an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchkit.analysis import is_stop
from searchkit.analysis.folding import fold_word
from searchkit.search.suggestions.slips import LETTER, LIKELY, LONG
from searchkit.search.suggestions.spelling import Candidate

_ACRONYM = 5
"""Letters of the longest word in capitals that is one of those, not a word that was shouted."""
_ELIDED, _VOWELS = re.compile("(?i:[cdjlmnst]|(?:jus|lors|puis|quel|quoi)?qu)"), "aeiouyh"
_APOSTROPHES = "'’"


def fitting(typed: str, before: str, found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates that fit a word as it was typed behind `before`, likeliest first."""
    fits = [other for other in found if _is_kin(typed, before, other) and _follows(typed, before, other)]
    is_long = len(fold_word(typed)) >= LONG
    # A short function word is no slip's cure: « Pen » is not « en ». But « leru » is no « féru » either.
    small = [other for other in fits if not is_long and is_stop(other.text)]
    rest = [other for other in fits if other not in small]
    is_small = small and small[0].likelihood == LIKELY and (not rest or small[0].weight > rest[0].weight)
    kept = [other for other in rest if not is_small or other.likelihood == LIKELY]
    return [_elided(typed, other) for other in kept]


def elides(head: str, rest: str) -> bool:
    """Whether the one is written with an apostrophe before the other, which is folded."""
    return _ELIDED.fullmatch(head) is not None and rest[0] in _VOWELS


def _is_kin(typed: str, before: str, other: Candidate) -> bool:
    """Whether a name gives way to a name: Shein is not « sein », nor HPI « hip »; but a likely slip in the
    first word, or one in a long word (« Gouvenement »), is one, too: a capital begins a sentence.
    """
    if typed.isupper():
        return len(typed) > _ACRONYM or (other.text.isupper() and other.likelihood == LIKELY)
    is_likely = other.likelihood >= (LETTER if len(typed) >= LONG else LIKELY)
    return not typed[0].isupper() or other.text[0].isupper() or (is_likely and not before.strip())


def _follows(typed: str, before: str, other: Candidate) -> bool:
    """Whether the candidate goes with the apostrophe that stands before what was typed."""
    if before[-1:] not in _APOSTROPHES or not before:
        return True
    return fold_word(other.text)[0] in _VOWELS or fold_word(typed)[0] not in _VOWELS


def _elided(typed: str, candidate: Candidate) -> Candidate:
    """« dachat » is « d'achat »: an apostrophe was left out, no letter put in."""
    own = fold_word(candidate.text)
    head = typed[:-len(candidate.text)]
    is_one = fold_word(typed) == fold_word(head) + own
    return candidate._replace(text=f"{head}'{candidate.text}") if is_one and elides(head, own) else candidate
