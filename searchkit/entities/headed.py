"""Names that a head word opens: what is a head here, and which words complete it."""

from __future__ import annotations

from searchkit.entities.heads import NO_HEADS, left_head, tail
from searchkit.entities.known import known
from searchkit.entities.lexicon import Lexicon
from searchkit.entities.looks import ORDINAL
from searchkit.entities.mention import Belief, Span
from searchkit.entities.unknown import Unknown
from searchkit.entities.words import APART, GAPS, SPACE, Word, begins_sentence

_INDEFINITE = frozenset({"un", "une", "deux", "trois", "plusieurs", "chaque", "aucun", "quelques"})
_OTHER_WORDS = frozenset({"bois", "clinique", "massif", "plateau", "pointe"})
"""Heads behind an article only: « un essai clinique de Kervex », « en plateau », « pointe Jean Kerval »."""
_HIGH = frozenset({"haut", "haute", "grand", "grande"})
_SPACES_OF_A_FULL_NAME = 3


class Headed(Unknown):
    """One pass over a text, as far as « cour d'appel de Paris » and « rue de Rivoli » go."""

    def __init__(self, lexicon: Lexicon, text: str) -> None:
        super().__init__(lexicon, text)
        self.org_heads = lexicon.classes["organisation-heads"]
        self.place_heads = lexicon.classes["place-heads"]

    def _is_longer_head(self, word: Word, end: int) -> bool:
        """« Banque centrale russe », where « Banque centrale » alone names none."""
        longer = word.fold in self.org_heads and tail(self.lexicon, self.text, self.folded, word.end) > end
        return longer and not self.folded.startswith((" pour ", " contre ", " sur ", " a "), end)

    def _capital_head(self, i: int) -> int | None:
        """« Cour d'appel de Paris », « Haut Conseil pour le climat »."""
        word = self.words[i]
        if word.fold in self.org_heads or word.fold in self.place_heads:
            if word.fold in self.org_heads and self.is_given(i) and self.joined(i + 1, SPACE):
                return None  # « Marine Kerval », but « la Marine nationale »
            is_head = self.text[word.start : word.end].lower() not in NO_HEADS
            return self._head(i, word.start, word.end) if is_head else i + 1
        if word.fold in _HIGH and self.joined(i + 1) and self.words[i + 1].fold in self.org_heads:
            return self._head(i, word.start, self.words[i + 1].end)
        return None

    def _is_bare_head(self, i: int) -> bool:
        """« au Palais| de justice », « le Conservatoire »; but « le maire du Port »."""
        start, _, fold, _ = self.words[i]
        if self.joined(i + 1) or not (fold in self.place_heads or fold in self.org_heads):
            return False
        return self.context(start).type() is None

    def _small_head(self, i: int) -> int | None:
        start = self.words[i].start
        if not start or self.folded[start - 1] not in " '":
            return None
        found = left_head(self.lexicon, self.text, self.folded, start)
        if found is None or found[0] < self._free():
            return None
        head, before = self.folded[slice(*found)], self.context(found[0])
        if before.first in _INDEFINITE or (before.first, head) == ("sur", "place"):
            return None
        if head in _OTHER_WORDS and not before.is_determined():
            return None
        return self._head(i, *found)

    def _head(self, i: int, start: int, end: int) -> int | None:
        """Takes the name that the head at start:end opens; word i is the head or the first capital after."""
        head = self.folded[start:end]
        place = head in self.place_heads
        concern = not place and self._is_body(start, end)
        tail_end = end if place else tail(self.lexicon, self.text, self.folded, end, concern)
        if head == "cour" and tail_end == end:
            return None  # « cour d'appel de Paris », but « la cour de l'Élysée »
        k = self.after(i, tail_end)
        stop = self._complement(k, tail_end, head, place)
        if stop <= max(end, self.words[i].start):
            return None
        short = stop == tail_end and self.folded.count(" ", end, stop) < _SPACES_OF_A_FULL_NAME
        generic = short and start == self.words[i].start and begins_sentence(self.text, start)
        belief = Belief.PENDING if generic else Belief.SURE
        self.spans.append(Span(start, stop, "LOC" if place else "ORG", belief))
        return self.after(i, stop)

    def _is_body(self, start: int, end: int) -> bool:
        """« selon la Fédération », « L'Observatoire », whose capital no sentence gave them."""
        is_body = self.folded[start:end] in self.lexicon.classes["concerned-heads"]
        if not is_body or not self.text[start].isupper():
            return False
        return self.folded[start - 1 : start] == "'" or not begins_sentence(self.text, start)

    def _complement(self, k: int, end: int, head: str, place: bool) -> int:
        """Where the capitalised words that complete a head end; `end` itself where there are none."""
        gap = GAPS.get(self.folded[end : self.words[k].start], APART) if k < len(self.words) else APART
        if gap == APART or self.words[k].fold in self.common:
            return end
        if ORDINAL.fullmatch(self.text, self.words[k].start, self.words[k].end):
            return end
        is_person = self.is_given(k) and self.joined(k + 1)
        if gap == SPACE and is_person and not (place or head in self.lexicon.classes["named-after"]):
            return end  # « le président du Sénat Gérard Larcher », but « lycée Jean Moulin »
        if gap == SPACE and head in self.lexicon.classes["roles"]:
            return end  # « le camp Fillon »
        found = known(self.lexicon, self.text, self.folded, self.words[k])
        if gap == SPACE:
            after = self.surnames(k + 1) if self.is_given(k) else self.plain(k + 1)
            return max(self.words[after - 1].end, found[0] if found else end)  # « Roissy-Charles de Gaulle »
        if place and head not in self.lexicon.classes["place-heads-of"]:
            start = end - len(head)
            if self.text[start].islower() or begins_sentence(self.text, start):
                return end  # but « la Porte de la Villette »
        if is_person:
            return end
        if found is None:
            return self.words[self.plain(k + 1) - 1].end
        named = found[1].type in ("LOC", "ORG") or place or head in self.lexicon.classes["ministry-heads"]
        return found[0] if named else end
