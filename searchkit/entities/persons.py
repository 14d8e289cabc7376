"""Persons: titles, first names and surnames, and what a first name is where it is none."""

from __future__ import annotations

from searchkit.entities.context import Context
from searchkit.entities.headed import Headed
from searchkit.entities.known import known
from searchkit.entities.lexicon import Entry
from searchkit.entities.looks import is_acronym, is_followed_by_place
from searchkit.entities.mention import Belief, Span
from searchkit.entities.reading import SURNAME_STARTS
from searchkit.entities.words import AND, PARTICLE, SPACE, begins_sentence

_IN = (" en ", " dans le ", " dans la ", " dans l'")
_IN_REGION = frozenset({*_IN, *(f",{word}" for word in _IN)})
_ARTICLES_BEFORE = frozenset({"l'", "le", "la", "les", "du", "des", "au", "aux"})
_COMPANIES = frozenset({"societe", "entreprise", "compagnie"})


class Persons(Headed):
    """One pass over a text, as far as the names of persons go."""

    def _titled(self, i: int) -> int:
        """« M. Macron », « Mme Le Pen », « M. Le Maire », « Me Éric Dupond-Moretti »."""
        first = i + 1
        while self.words[first].fold in self.titles and self.joined(first + 1):
            first += 1
        given = self.is_given(first) or self.words[first].fold in SURNAME_STARTS
        return self._take(first, self.surnames(first + 1, given), "PER", Belief.SURE)

    def _is_surname_start(self, i: int) -> bool:
        """« Michel et De Crolle », inside a sentence."""
        if not self.joined(i + 1) or self.words[i + 1].gap != SPACE or self.is_shouted(i):
            return False
        found = known(self.lexicon, self.text, self.folded, self.words[i + 1])
        return found is None and not begins_sentence(self.text, self.words[i].start)

    def _person(self, i: int) -> int:
        after = self.surnames(i + 1)
        context = self.context(self.words[i].start)
        lone = after == i + 1
        if lone and self.joined(after, AND) and not self.is_given(after):
            return self.unknown(i)  # « Simon & Schuster », but « Simon & Julie »
        if lone and (end := self._small_le(i)):
            self.spans.append(Span(self.words[i].start, end, "PER", Belief.SURE))
            return self.after(i, end)
        if context.first in _COMPANIES or self.is_company(i + 1, after):
            return self._take(i, after, "ORG", Belief.LOOKS)  # « la société Jo Kerval », « Kerval Finance »
        if not lone:
            if context.is_titled():
                return self._take(i, after, "", Belief.LOOKS)
            quoted = self._is_quoted(self.words[i].start, self.words[after - 1].end)
            return self._take(i, after, "PER", Belief.PENDING if quoted else Belief.SURE)
        if self.words[i].fold in self.common:
            return after
        said = self._said(self.words[i], context, alone=False)
        if said == "":
            return self._take(i, after, "", Belief.SURE)  # « la tempête Alex »: a vote that Alex is nobody
        if said in ("ORG", "LOC") and context.first != "chez":
            return self._take(i, after, said, Belief.LOOKS)  # « les chutes Victoria », but « chez Paul »
        if self._is_at_article(i):
            return self._take(i - 1, after, "LOC", Belief.LOOKS)  # « à La Palma »
        if self._is_located(i, context):
            return self._take(i, after, "LOC", Belief.LOOKS)
        if context.first in _ARTICLES_BEFORE:  # « à l'INA », « l'église de la Madeleine »
            acronym = is_acronym(self.text[self.words[i].start : self.words[i].end])
            return self.unknown(i) if acronym else self._take(i, after, "PER", Belief.PENDING)
        return self._take(i, after, "PER", Belief.LOOKS)

    def _is_located(self, i: int, context: Context) -> bool:
        """« Feyzin (Rhône) », « à Soria, en Espagne », whose names are first names too."""
        end = self.words[i].end
        if is_followed_by_place(self.lexicon, self.text, end):
            return True
        if not context.preposition or i + 1 == len(self.words):
            return False
        region = self.words[i + 1]
        if self.folded[end : region.start] not in _IN_REGION:
            return False
        found = known(self.lexicon, self.text, self.folded, region)
        return found is not None and found[1].type == "LOC"

    def _small_le(self, i: int) -> int | None:
        """Where « Marine le Pen » ends, whose « Le » is written small; None for no such name."""
        start = self.words[i].end
        if i + 1 == len(self.words) or not self.text.startswith(" le ", start):
            return None
        end = self.words[i + 1].end
        entry = self.lexicon.entries.get(self.folded[start + 1 : end])
        return end if entry and entry.type == "PER" else None

    def _may_be_given(self, i: int, entry: Entry) -> bool:
        """A town or a people whose name is a first name too: « Florence Parly », « Romain Grosjean »; but
        « le maire de Nancy Mathieu Klein », « le préfet de l'Aude Christian Pouget ».
        """
        if not self.joined(i + 1):
            return self._may_be_alone(i, entry)
        if entry.type == "LOC" and entry.sure:
            is_person = self.is_given(i + 1) and self.words[i + 1].gap == SPACE and self.joined(i + 2)
            return not (is_person or self.context(self.words[i].start).is_determined())
        if entry.sure:  # « Oscar Kerval », « Marianne de Kerval », but « JO », « le Samu du Var »
            after = self.words[i + 1]
            if after.gap == PARTICLE:
                determined = self.context(self.words[i].start).is_determined()
                other = self.is_given(i + 1) and self.joined(i + 2)  # « écrit Marianne| de Rose Kerval »
                return not (determined or other) and self.is_noble(i + 1, given=True)
            return after.gap == SPACE and after.fold not in self.common and not self.is_shouted(i)
        return True

    def _may_be_alone(self, i: int, entry: Entry) -> bool:
        """The same, alone: « avec Romain », « sa fille, Charlotte »; but « un Romain », « à Charlotte », « de
        Virginie (États-Unis) ».
        """
        start, end, *_ = self.words[i]
        if entry.type == "LOC":
            if not entry.ambiguous or self.text.startswith(")", end):
                return False
            if is_followed_by_place(self.lexicon, self.text, end):
                return False
        elif entry.type or entry.sure:
            return False
        context = self.context(start)
        if context.preposition or context.is_determined():
            return False
        parted = not context.first[-1:].isalnum()
        return parted or context.first in self.common or context.type() == "PER"
