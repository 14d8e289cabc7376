"""Finds the words and phrases of a query in a text of which the index says how it writes them, and how often.

The text is searched for each raw word, and the tokenizer is asked only about what stands around a find. The
count tells whether anything was missed: where it does not come out, the caller tokenises the whole text. So
what is found is what `occurrences` finds, for a small part of its price.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from searchkit.analysis import expand, spans
from searchkit.search.highlight import Occurrence, Target, by_place
from searchkit.search.phrases import Phrase
from searchkit.search.wording import Wording

_ENDS = ' \n,;!?»)"…'
"""What ends a surface of letters alone (as in `cutting`); so does the end of the text, the empty string."""
_QUOTES = '"«“'
_BLANKS = " \n\u00a0\u202f"
_HYPHENS = "-‐‑\u00ad"
_ELIDED = "cdjlmnstCDJLMNST"
_VOWELS = "aàâeéèêiîoôuûhAÀÂEÉÈÊIÎOÔUÛH"
_REACH = 200

Places = dict[int, str]
"""Surfaces by the offset at which they begin."""
Fits = Callable[[str], object]
"""Whether there is anything in a surface that is looked for."""


def find(text: str, target: Target, wording: Wording, part: int) -> list[Occurrence] | None:
    """All that a target of words and quoted phrases asks for in a text, by place, as `occurrences` gives it.

    `part` says what the text is, IN_TEXT or IN_TITLE. None where index and text disagree.

        >>> from searchkit.search.wording import IN_TEXT
        >>> wording = {"art": (["art", "Art"], (1, 0))}
        >>> find("L'art de l'article", Target(terms=frozenset({"art"})), wording, IN_TEXT)
        [(2, 5, 'art')]
    """
    places: Places = {}
    expected = 0
    seen = target.seen

    def inside(surface: str) -> tuple[Occurrence, ...]:
        return seen[surface] if surface in seen else target.asked(surface)

    for term in target.terms:
        if term in wording and (times := wording[term][1][part]):
            expected += times
            if not _search(text, wording[term][0], times, places, inside):
                return None
    found: list[Occurrence] = []
    for at, surface in sorted(places.items()):
        for start, end, kind in inside(surface):
            found.append((at + start, at + end, kind))
    if len(found) != expected:
        return None
    for phrase in target.phrases:
        whole = _phrase(text, phrase, wording, part, target.language)
        if whole is None:
            return None
        found += [(start, end, phrase) for start, end in whole]
    if target.phrases:
        found.sort(key=by_place)
    return found


def _search(text: str, words: Sequence[str], times: int, places: Places, fits: Fits) -> bool:
    """Adds the surfaces in which some raw words stand; False where one cannot be made out.

    Of those that are more than the word only what fits counts: « Hamon » is not in « HamonDans ».
    """
    enough = len(places) + times
    for word in words:
        size, letters = len(word), word.isalpha()
        if not size:
            return False
        at = text.find(word)
        while at >= 0:
            end = at + size
            before, after = text[at - 1] if at else " ", text[end:end + 1]
            if letters and ((before.isalpha() and _joined(before, word[0]))
                            or (after.isalpha() and _joined(word[-1], after))):
                pass  # a part of another word; the count tells where it counts nevertheless
            elif letters and size > 1 and _ends(text, end, after) and _begins(text, at, before):
                places[at] = word
            elif not _add_around(text, at, places, fits):
                return False
            if len(places) >= enough:
                return True
            at = text.find(word, end)
    return True


def _joined(one: str, other: str) -> bool:
    """Whether two letters, one behind the other, are within a word; « LaVille » is two."""
    return not (one.islower() and other.isupper())


def _ends(text: str, at: int, after: str) -> bool:
    """Whether a surface of two letters or more ends at `at`, before `after`, for certain."""
    return (after in _ENDS and text[at + 1:at + 2] != "&") or (after == "." and text[at + 1:at + 2] in " \n")


def _begins(text: str, at: int, before: str) -> bool:
    """Whether a surface of two letters or more that ends for certain begins at `at`, behind `before`."""
    earlier = text[at - 2] if at > 1 else "."
    if before in _BLANKS:
        return earlier > " " and earlier not in _HYPHENS
    if before in _QUOTES:
        return True
    return (before in "'’" and earlier in _ELIDED and (at == 2 or text[at - 3] in _QUOTES
            or (text[at - 3] == " " and text[at - 4:at - 3] > " "))
            and text[at] in _VOWELS and text[at:at + 2].lower() != "or")


def _add_around(text: str, at: int, places: Places, fits: Fits) -> bool:
    """Adds the surface that holds offset `at`, if one does and fits; False where it cannot be made out."""
    start = _boundary(text, at)
    if start is None:
        return False
    for match in spans(text, start):
        if match.end() > at:
            if match.start() <= at and fits(match.group()):
                places[match.start()] = match.group()
            break
    return True


def _boundary(text: str, at: int) -> int | None:
    """An offset, at most `at`, at which a surface begins for certain: none reaches over a blank between two
    lower-case letters. None where that is far away.
    """
    low = max(0, at - _REACH)
    blank = at
    while (blank := text.rfind(" ", low, blank)) > 0:
        if text[blank - 1].islower() and text[blank + 1].islower():
            return blank + 1
    return None if low else 0


def _phrase(text: str, phrase: Phrase, wording: Wording, part: int,
            language: str) -> list[tuple[int, int]] | None:
    """The spans of a quoted phrase: around each place of its rarest slot."""
    slots = phrase.slots
    known = [[wording[term] for term in slot if term in wording and wording[term][1][part]] for slot in slots]
    times = [sum([times[part] for _, times in slot]) for slot in known]
    least = min(times)
    if not least:
        return []
    rarest = times.index(least)
    places: Places = {}

    def fits(surface: str) -> bool:
        return any(piece.term in slots[rarest] for piece in expand(surface, language).pieces)

    for words, number in known[rarest]:
        if not _search(text, words, number[part], places, fits):
            return None
    found: list[tuple[int, int]] = []
    for at, surface in sorted(places.items()):
        around = _beside(text, at, surface, slots, rarest, language)
        if around is None:
            around = _around(text, at, slots, rarest, language)
        if around is None:
            return None
        own, spans = around
        least -= own
        found += spans
    return None if least else found


Around = tuple[int, list[tuple[int, int]]]
"""How often a surface fills its slot, and the spans of the phrases around it."""


def _beside(text: str, at: int, surface: str, slots: Sequence[frozenset[str]], number: int,
            language: str) -> Around | None:
    """As `_around`, where nothing but single words stand around; None where more does."""
    start, end = at, at + len(surface)
    pieces = expand(surface, language).pieces
    if len(pieces) != 1:
        return None
    if pieces[0].term not in slots[number]:
        return 0, []
    following = spans(text, end)
    for slot in slots[number + 1:]:
        match = next(following, None)
        pieces = expand(match.group(), language).pieces if match else ()
        if len(pieces) > 1:
            return None
        if not match or pieces[0].term not in slot:
            return 1, []
        end = match.end()
    for slot in reversed(slots[:number]):
        blank = text.rfind(" ", 0, max(start - 1, 0))
        word = text[blank + 1:max(start - 1, 0)]
        pieces = expand(word, language).pieces if len(word) > 1 and word.isalpha() else ()
        if len(pieces) != 1 or text[start - 1] != " " or not _begins(text, blank + 1, " "):
            return None
        if pieces[0].term not in slot:
            return 1, []
        start = blank + 1
    return 1, [(start, end)]


def _around(text: str, at: int, slots: Sequence[frozenset[str]], number: int, language: str) -> Around | None:
    """How often the surface at offset `at` fills slot `number`, and the phrases around it; None where it
    cannot be told without reading the whole text.
    """
    start: int | None = at
    for _ in range(number):
        start = start and _boundary(text, start - 1)
    if start is None:
        return None
    line: list[list[tuple[int, int, str]]] = [[] for _ in range(number)]  # the pieces at each position
    own: list[int] = []
    for match in spans(text, start):
        begin = match.start()
        if begin > at and len(line) >= own[-1] + len(slots) - number:
            break
        width, pieces = expand(match.group(), language)
        first = len(line)
        line += [[] for _ in range(width)]
        for offset, term, _, piece_start, piece_end in pieces:
            line[first + offset].append((begin + piece_start, begin + piece_end, term))
            if begin == at and term in slots[number]:
                own.append(first + offset)
        if begin == at and not own:
            return 0, []
    found = []
    for position in own:
        filled = [next((p for p in line[place] if p[2] in slot), None)
                  for place, slot in zip(range(position - number, len(line)), slots, strict=False)]
        if len(filled) == len(slots) and filled[0] and filled[-1] and all(filled):
            found.append((filled[0][0], filled[-1][1]))
    return len(own), found
