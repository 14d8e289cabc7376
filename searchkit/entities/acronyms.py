"""Acronyms that an article defines: « Long Form (ACRO) » and « ACRO (long form) ».

In the spirit of Schwartz and Hearst, "A simple algorithm for identifying abbreviation definitions in
biomedical text" (PSB 2003), with French small words skipped or counted, and up to three letters of a word.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from searchkit.entities.folding import fold, uppercase_class
from searchkit.entities.lexicon import classes, first_names

_UP = uppercase_class()
_QUOTES = " \u00a0\u202f»\"”'’"
_DEFINED = re.compile(rf"\((?:l['’]|la |le |les )?([{_UP}][\w.&-]{{1,11}})(?=[),;:/ ])")
_EXPANDED = re.compile(r"\((?:l['’]|la |le |les |pour )?([^()\n]{6,140})\)")
_BEFORE_BLANK = re.compile(rf"(?<![\w.])[{_UP}][\w.&-]{{1,11}}\Z")
_LONGEST_ACRONYM = 12
_BREAK = re.compile(r"[.!?;:\n()\[\]«»\"“”]")
_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"[\W_]")
_SKIPPED = frozenset({
    "de", "du", "des", "d", "la", "le", "les", "l", "et", "en", "au", "aux", "a", "pour", "par", "sur",
    "dans", "contre", "un", "une", "the", "of", "and", "for",
})
_ARTICLES = frozenset({"le", "la", "les"})
_MOST_LETTERS_OF_A_WORD, _LONG_ACRONYM = 3, 4
_LONG_WORD, _LETTERS_OF_A_LONG_WORD = 10, 3
_LONGEST, _MOST_WORDS = 170, 16


class Definition(NamedTuple):
    """`text[start:end]` is the long form of the acronym."""

    acronym: str
    start: int
    end: int


def definitions(text: str) -> list[Definition]:
    """What a text defines, in order, in linear time; « Bruno Retailleau (LR) » defines nothing.

    >>> d = definitions("La Banque centrale européenne (BCE) hésite.")[0]
    >>> d.acronym, "La Banque centrale européenne (BCE) hésite."[d.start:d.end]
    ('BCE', 'Banque centrale européenne')
    """
    found, bracket = [], text.find("(")
    while bracket >= 0:
        if definition := _at(text, bracket):
            found.append(definition)
        bracket = text.find("(", bracket + 1)
    return found


def _at(text: str, bracket: int) -> Definition | None:
    before = text[bracket - 1 : bracket]
    if not before or before not in _QUOTES:
        return None
    short = _DEFINED.match(text, bracket)
    if short and (definition := _before(text, bracket, short[1])):
        return definition
    return _inside(text, bracket) if before == " " else None


def _before(text: str, end: int, acronym: str) -> Definition | None:
    """The shortest run of words that ends at `end` and spells the acronym.

    One that begins with a small article gives way to a longer one that begins with a capital: not « la
    Protection des oiseaux » but « Ligue pour la Protection des oiseaux »; one that begins with another small
    word gives way to that of which the initials are the acronym.
    """
    while end and text[end - 1] in _QUOTES:
        end -= 1
    letters = _letters(acronym)
    clause = _BREAK.split(text[max(0, end - _LONGEST) : end])[-1]
    folded = fold(clause)
    if letters[0] not in folded:
        return None
    begin = end - len(clause)
    folds = _WORD.findall(folded)[-_MOST_WORDS:]
    starts: list[int] = []
    shorter: Definition | None = None
    spare = len(letters) - 1 + (len(letters) >= _LONG_ACRONYM)   # for words of content behind the first
    for k in range(len(folds) - 2, -1, -1):
        spare -= folds[k + 1] not in _SKIPPED
        if spare < 0:
            break
        if folds[k][0] != letters[0] or not spells(letters, folds[k:]):
            continue
        starts = starts or [begin + word.start() for word in _WORD.finditer(folded)][-_MOST_WORDS:]
        start, count = starts[k], len(folds) - k
        if count == 2 and k and folds[k] in _ARTICLES and text[starts[k - 1]].isupper():
            continue  # Bruno Le Roux (LR)
        if not _can_begin(text[start:end], count):
            continue
        if text[start].isupper():
            return Definition(acronym, start, end)
        if shorter:
            return shorter
        if folds[k] not in _ARTICLES:
            whole = _by_initials(letters, folds)
            return Definition(acronym, start if whole is None else starts[whole], end)
        shorter = Definition(acronym, start, end)
    return shorter


def _by_initials(letters: str, words: list[str]) -> int | None:
    """Where the last words of content begin whose initials are the letters: DDSP, not « départementale de la
    sécurité publique » but « direction départementale de la sécurité publique ».
    """
    places = [place for place, word in enumerate(words) if word not in _SKIPPED][-len(letters) :]
    return places[0] if "".join(words[place][0] for place in places) == letters else None


def _inside(text: str, bracket: int) -> Definition | None:
    """« BCE (Banque centrale européenne) », the whole of the brackets or what comes before a comma."""
    end = bracket - 1
    start = max(0, end - _LONGEST_ACRONYM)
    if text[max(start, text.rfind(" ", start, end)) : end].islower():
        return None
    acronym = _BEFORE_BLANK.search(text, start, end)
    match = _EXPANDED.match(text, bracket) if acronym else None
    if acronym is None or match is None:
        return None
    letters = _letters(acronym[0])
    first = _WORD.search(match[1])
    if first is None or not fold(first[0]).startswith(letters[0]):
        return None
    for inside in dict.fromkeys((match[1], match[1].partition(",")[0], match[1].partition(" :")[0])):
        words = [fold(w) for w in _WORD.findall(inside)]
        spelt = spells(letters, words) if len(words) > 1 else _abridges(acronym[0], letters, inside)
        if spelt and _can_begin(inside, len(words)):
            start = match.end(1) - len(match[1].lstrip(_QUOTES + "«“"))
            return Definition(acronym[0], start, match.start(1) + len(inside.rstrip(_QUOTES)))
    return None


def _letters(acronym: str) -> str:
    folded = fold(acronym)
    return folded if folded.isalnum() else _SIGNS.sub("", folded) or "-"


def _can_begin(first: str, words: int) -> bool:
    """No person (« Philippe Saurel (PS) »), no office (« premier secrétaire (PS) »), no small word.

    But a name may begin with an article that its sentence writes small: « les Républicains (LR) ».
    """
    word = _WORD.match(first)
    surface = word[0] if word else first
    key = fold(surface)
    if surface[:1].isupper():
        return not (key in first_names() and words <= 3)
    if key in _ARTICLES and word and (after := _WORD.search(first, word.end())):
        return after[0][0].isupper() and (words > 2 or key == "les")
    if words == 2 and key in ("premier", "premiere"):
        return False
    return key not in _SKIPPED and key not in classes()["roles"]


def spells(letters: str, words: list[str]) -> bool:
    """Whether the beginnings of the words, in order, spell the letters.

    Small words may be left out; so may one other word of an acronym of four letters or more (Crif), but
    neither the first nor the last. An article may begin it in full (LaREM).
    """
    if words[0][0] != letters[0]:
        return False
    long = len(letters) >= _LONG_ACRONYM
    places: dict[str, int] = {}
    for n, letter in enumerate(letters):
        places[letter] = places.get(letter, 0) | 1 << n
    whole, spared = 1, 0   # bit n: the first n letters can be spelt so far; `spared`: with a word left out
    for i, word in enumerate(words):
        small = i > 0 and word in _SKIPPED
        before_whole, before_spared = whole, spared
        if not small:
            spared = whole if long and 0 < i < len(words) - 1 else 0
            whole = 0
        at = places.get(word[0], 0)
        for n in range(1, _MOST_LETTERS_OF_A_WORD + 1 if long and not small else 2):
            whole |= (before_whole & at) << n
            spared |= (before_spared & at) << n
            at &= places.get(word[n : n + 1], 0) >> n
            if not at:
                break
        if not whole | spared:
            return False
    return bool((whole | spared) >> len(letters) & 1)


def _abridges(acronym: str, letters: str, word: str) -> bool:
    """Whether letters of one long word, in order, make the acronym: THC (tétrahydrocannabinol)."""
    folded = fold(word)
    rest = iter(folded)
    capitals = sum(c.isupper() for c in acronym)
    return (capitals > 1 and len(letters) >= _LETTERS_OF_A_LONG_WORD and len(word) >= _LONG_WORD
            and word.isalpha() and letters[0] == folded[0] and not folded.startswith(letters)
            and all(letter in rest for letter in letters))
