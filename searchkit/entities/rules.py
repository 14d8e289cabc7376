"""Names by rules: known names, heads, titles and first names; for the rest the words around, then the looks of a name."""

from __future__ import annotations

from searchkit.entities.context import Context
from searchkit.entities.folding import fold
from searchkit.entities.heads import left_head, tail
from searchkit.entities.known import known, known_before
from searchkit.entities.lexicon import Entry, Lexicon
from searchkit.entities.looks import is_acronym, looks
from searchkit.entities.mention import Belief, Span
from searchkit.entities.words import APART, GAPS, PARTICLE, SPACE, begins_sentence, capitalised

_NOBLE = frozenset({" de ", " d'", " de la ", " du ", " des "})
_ROMAN = frozenset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split())
_ARTICLES = frozenset({"l", "le", "la", "les"})
_MOST_SURNAMES = 3


def scan(lexicon: Lexicon, text: str) -> list[Span]:
    """The names of a text, left to right, without overlaps; in linear time."""
    return _Scan(lexicon, text).run()


class _Scan:
    """One pass over the capitalised words of one text; methods named after what they take return the next word."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        self.lexicon, self.text, self.folded = lexicon, text, fold(text)
        self.words = capitalised(text, self.folded)
        self.spans: list[Span] = []
        self.common, self.titles = lexicon.classes["common"], lexicon.classes["titles"]
        self.org_heads, self.place_heads = lexicon.classes["organisation-heads"], lexicon.classes["place-heads"]

    def run(self) -> list[Span]:
        i = 0
        while i < len(self.words):
            i = self._name(i)
        return self.spans

    def _name(self, i: int) -> int:
        word = self.words[i]
        if word.fold in self.titles and self._joined(i + 1):
            return self._titled(i)
        if word.gap == APART and (after := self._known_before(i) or self._small_head(i)):
            return after
        if self._is_shouted(i) and self._is_shouted(i + 1) and self._joined(i + 1):
            return self._shouting(i)
        found = known(self.lexicon, self.text, self.folded, word)
        if found and found[0] > word.end:
            return i + 1 if self._is_article_of_longer(i, found[0]) else self._known(i, *found)
        if (word.fold in self.org_heads or word.fold in self.place_heads) and (
            after := self._head(i, word.start, word.end)
        ):
            return after
        if self._is_given(i) and (not found or (self._joined(i + 1) and self._may_be_given(found[1]))):
            return self._person(i)
        if found:
            return self._known(i, *found)
        return i + 1 if word.fold in self.common or word.end - word.start == 1 else self._unknown(i)

    # -- known names ---------------------------------------------------------------------------------------------

    def _known_before(self, i: int) -> int | None:
        if found := known_before(self.lexicon, self.folded, self.words[i]):
            start, end, entry = found
            if entry.type:
                self.spans.append(Span(start, end, entry.type, Belief.SURE))
            return self._after(i, end)
        return None

    def _known(self, i: int, end: int, entry: Entry) -> int:
        word, after = self.words[i], self._after(i, end)
        if not entry.type:
            return after
        if entry.type != "PER" and (stop := self._plain(after)) > after:
            return self._take(i, stop, "ORG", Belief.LOOKS)  # Renault Trucks, Nantes Métropole
        context = Context(self.lexicon, self.text, self.folded, word.start)
        type_, belief = entry.type, Belief.SURE if entry.sure else Belief.LOOKS
        if not entry.sure:
            type_ = context.type() or type_
        elif entry.town and context.preposition == "à":
            type_ = "LOC"  # Orange
        doubtful = entry.ambiguous or word.fold in self.common
        if doubtful and end == word.end and begins_sentence(self.text, word.start):
            belief = Belief.PENDING
        self.spans.append(Span(word.start, end, type_, belief))
        return after

    def _is_article_of_longer(self, i: int, end: int) -> bool:
        """« L'Union européenne » at the start of a sentence is not « L'Union », the newspaper."""
        if self.words[i].fold not in _ARTICLES or i + 1 == len(self.words):
            return False
        after = known(self.lexicon, self.text, self.folded, self.words[i + 1])
        return after is not None and after[0] > end

    # -- heads ---------------------------------------------------------------------------------------------------

    def _small_head(self, i: int) -> int | None:
        start = self.words[i].start
        if not start or self.folded[start - 1] not in " '":
            return None
        found = left_head(self.lexicon, self.folded, start)
        return self._head(i, *found) if found else None

    def _head(self, i: int, start: int, end: int) -> int | None:
        """Takes the name that the head at start:end opens; word i is the head itself, or the first capital after it."""
        head = self.folded[start:end]
        place = head in self.place_heads
        tail_end = end if place else tail(self.lexicon, self.folded, end)
        k = self._after(i, tail_end)
        stop = self._complement(k, tail_end, head, place)
        if stop <= max(end, self.words[i].start):
            return None
        generic = stop == tail_end and start == self.words[i].start and begins_sentence(self.text, start)
        self.spans.append(Span(start, stop, "LOC" if place else "ORG", Belief.PENDING if generic else Belief.SURE))
        return self._after(i, stop)

    def _complement(self, k: int, end: int, head: str, place: bool) -> int:
        """Where the capitalised words that complete a head end; `end` itself where there are none."""
        gap = GAPS.get(self.folded[end : self.words[k].start], APART) if k < len(self.words) else APART
        if gap == APART or self.words[k].fold in self.common:
            return end
        if gap == SPACE:
            return self.words[(self._surnames(k + 1) if self._is_given(k) else self._plain(k + 1)) - 1].end
        if place and head not in self.lexicon.classes["place-heads-of"]:
            return end
        if self._is_given(k) and self._joined(k + 1):
            return end
        found = known(self.lexicon, self.text, self.folded, self.words[k])
        if found is None:
            return self.words[self._plain(k + 1) - 1].end
        named = found[1].type in ("LOC", "ORG") or place or head in self.lexicon.classes["ministry-heads"]
        return found[0] if named else end

    # -- persons -------------------------------------------------------------------------------------------------

    def _titled(self, i: int) -> int:
        """« M. Macron », « Mme Le Pen », « Me Éric Dupond-Moretti »."""
        first = i + 1
        while self.words[first].fold in self.titles and self._joined(first + 1):
            first += 1
        return self._take(first, self._surnames(first + 1, given=self._is_given(first)), "PER", Belief.SURE)

    def _person(self, i: int) -> int:
        after = self._surnames(i + 1)
        lone = after == i + 1
        if lone and self.words[i].fold in self.common:
            return after
        return self._take(i, after, "PER", Belief.LOOKS if lone else Belief.SURE)

    def _may_be_given(self, entry: Entry) -> bool:
        """A town or a people whose name is a first name too: « Florence Parly », « Romain Grosjean »."""
        return entry.type in ("LOC", "ORG") or not (entry.type or entry.sure)

    def _surnames(self, j: int, given: bool = True) -> int:
        """The word after the surnames that begin at word j; `given`: only first names stand before them."""
        last = j + _MOST_SURNAMES
        while self._joined(j) and j < last:
            word = self.words[j]
            gap = self.folded[self.words[j - 1].end : word.start]
            if word.gap == PARTICLE and gap in _NOBLE and not self._is_noble(j, given):
                break
            if not given and word.gap == SPACE and word.fold not in _ROMAN and not self._is_plain(j):
                break
            given = given and word.fold in self.lexicon.first_names or word.fold in ("le", "la", "el", "al", "ben", "van", "von", "de", "st")
            j += 1
        return j

    def _is_noble(self, j: int, given: bool) -> bool:
        """« Dominique de| Villepin », « Valéry Giscard d'| Estaing », but « Pierre de| Lyon »."""
        found = known(self.lexicon, self.text, self.folded, self.words[j])
        if given:
            return found is None or not found[1].sure or found[1].type == "PER"
        return found is None and not self._joined(j + 1) and not self._is_given(j) and not self._is_shouted(j)

    # -- the unknown ---------------------------------------------------------------------------------------------

    def _unknown(self, i: int) -> int:
        word, after = self.words[i], self._plain(i + 1)
        end = self.words[after - 1].end
        context = Context(self.lexicon, self.text, self.folded, word.start)
        starts = word.gap == APART and begins_sentence(self.text, word.start)
        if word.gap == SPACE and self.words[i - 1].fold in self.lexicon.classes["roles"]:
            type_: str | None = "PER"
        else:
            type_ = looks(self.text, self.folded, word.start, end, after - i, context)
        if type_ is None:
            return after
        belief = Belief.PENDING if starts and after == i + 1 else Belief.LOOKS
        return self._take(i, after, type_, belief)

    def _shouting(self, i: int) -> int:
        """A line in capitals: only what is known there, and a first name with one surname, is a name."""
        while i < len(self.words) and self._is_shouted(i):
            word = self.words[i]
            found = known(self.lexicon, self.text, self.folded, word)
            if found and not (self._is_given(i) and self._joined(i + 1)):
                if found[1].type:
                    self.spans.append(Span(word.start, found[0], found[1].type, Belief.LOOKS))
                i = self._after(i, found[0])
            elif self._is_given(i) and self._joined(i + 1) and word.fold not in self.common:
                stop = i + 1
                while self._joined(stop) and self.words[stop].fold in ("le", "la", "de", "du", "el", "al", "van", "von", "ben"):
                    stop += 1
                i = self._take(i, min(stop + 1, len(self.words)), "PER", Belief.SURE)
            else:
                i += 1
            if not self._joined(i):
                break
        return i

    # -- words ---------------------------------------------------------------------------------------------------

    def _take(self, i: int, after: int, type_: str, belief: Belief) -> int:
        self.spans.append(Span(self.words[i].start, self.words[after - 1].end, type_, belief))
        return after

    def _after(self, i: int, end: int) -> int:
        while i < len(self.words) and self.words[i].start < end:
            i += 1
        return i

    def _joined(self, i: int) -> bool:
        return i < len(self.words) and self.words[i].gap != APART

    def _plain(self, j: int) -> int:
        """The word after a run of words, from j, that go on a name and begin none of their own."""
        while self._joined(j) and self._is_plain(j):
            j += 1
        return j

    def _is_plain(self, j: int) -> bool:
        word = self.words[j]
        if word.gap == PARTICLE and self.folded[self.words[j - 1].end : word.start] in _NOBLE:
            return False
        if word.fold in self.common or word.fold in self.titles or (self._is_given(j) and self._joined(j + 1)):
            return False
        if is_acronym(self.text[word.start : word.end]) and not self._is_shouted(j - 1):
            return False
        found = known(self.lexicon, self.text, self.folded, word)
        return found is None or not found[1].sure or found[1].type == "PER"

    def _is_given(self, i: int) -> bool:
        surface = self.words[i].fold
        names = self.lexicon.first_names
        return surface in names or ("-" in surface and surface.split("-", 1)[0] in names and "-" not in surface.split("-", 1)[1]
                                    and surface.split("-", 1)[1] in names)

    def _is_shouted(self, i: int) -> bool:
        if i >= len(self.words):
            return False
        word = self.words[i]
        return word.end - word.start > 1 and self.text[word.start : word.end].isupper()
