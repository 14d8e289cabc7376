"""What the words around a capitalised word say of it: « la ville de X », « le groupe X », « explique X »."""

from __future__ import annotations

from searchkit.entities.lexicon import Lexicon

_PLACE_PREPOSITIONS = frozenset({"à", "en", "au", "aux", "vers", "dans", "depuis"})
_DETERMINERS = frozenset(
    {"le", "la", "l'", "les", "du", "des", "au", "aux", "un", "une", "ce", "cet", "cette", "notre"}
)
_LINKS = frozenset({"de", "d'", "du", "des", "la", "le", "l'"})
_ARTICLES_OF = frozenset({"le", "la", "l'"})
_SINGULAR = frozenset({"le", "la", "l'", "un", "une"})
_OF = frozenset({"de", "d'", "du", "des"})
_NAMED_WITH_DE = frozenset({"ouragan", "operation", "syndrome", "maladie"})
_AT_NO_PLACE = frozenset({
    "face", "grace", "quant", "contrairement", "hommage", "soutien", "succede", "succedera", "succeder",
    "oppose",
})
_REACH, _WORDS = 44, 4


class Context:
    """The four words before a place in the text, where nothing but a space parts them from it."""

    __slots__ = ("_before", "_lexicon", "first", "preposition", "second")

    def __init__(self, lexicon: Lexicon, text: str, folded: str, start: int) -> None:
        self._lexicon = lexicon
        self.first = self.second = self.preposition = ""
        self._before: list[str] = []
        if start and folded[start - 1] in " '":
            before = folded[max(0, start - _REACH) : start].replace("'", "' ").rsplit(None, _WORDS)
            self.first = before[-1] if before else ""
            ended, _, glued = self.first.rpartition(".")
            if len(ended) > 1:
                self.first = glued  # « il pleut.À Kervan », but « N.de Kervan »
            self.second = before[-2] if len(before) > 1 else ""
            self._before = before
            if self.first in ("a", "en", "au", "aux", "vers", "dans", "depuis"):
                word = text[start - 1 - len(self.first) : start - 1]
                word = "à" if word == "A" else word.lower()  # « A Kervalon »
                elsewhere = word == "à" and self.second in _AT_NO_PLACE  # « face à Kerval »
                self.preposition = word if word in _PLACE_PREPOSITIONS and not elsewhere else ""

    def is_role(self) -> bool:
        """« le président X », « le président russe X », « Mme X »."""
        roles, common = self._lexicon.classes["roles"], self._lexicon.classes["common"]
        if self.first in roles:
            return True
        return self.second in roles and len(self.first) > 3 and self.first not in common

    def type(self) -> str | None:
        """PER, ORG or LOC where a noun or verb before decides it, "" where it rules out a name; else None."""
        classes = self._lexicon.classes
        linked = self.first in _LINKS
        noun = self.second if linked or self.first in classes["tail-adjectives"] else self.first
        if linked and noun == "de":
            noun = self._before[-3] if len(self._before) > 2 else ""  # « la province de la X »
        in_series = self.second == "en"  # « le tueur en série X »
        if noun in classes["nothing-before"] and not in_series and (not linked or noun in _NAMED_WITH_DE):
            return ""
        if noun in classes["organisation-before"] and not linked:
            return "ORG"
        if noun in classes["place-before"] and (linked or not (noun == "cote" or noun in classes["roles"])):
            return "LOC"  # « le maire de X », « du côté de X »; but « le maire X », « de son côté X »
        if self.second and not linked and (type_ := self._type_of_kind(noun)):
            return type_
        if self.is_role() or (self.is_of() and self.second in classes["person-of"]):
            return "PER"
        return "PER" if self.is_saying() else None

    def _type_of_kind(self, noun: str) -> str | None:
        """ORG or LOC for « l'agence de presse X », « la station de ski italienne X »."""
        before = self._before if noun == self.first else self._before[:-1]
        if len(before) < 3 or before[-2] not in ("de", "d'") or not noun.replace("-", "").isalpha():
            return None
        if before[-3] in self._lexicon.classes["place-before"]:
            return "LOC"
        return "ORG" if before[-3] in self._lexicon.classes["organisation-before"] else None

    def is_titled(self) -> bool:
        """« le film X », « un prix X »; but « le commissaire de l'exposition X », « le tueur en série X »."""
        named = self.first in self._lexicon.classes["nothing-before"] and self.second in _SINGULAR
        return named and self._before[-3:-2] != ["de"]

    def is_saying(self) -> bool:
        """« selon X », « explique X »."""
        return self.first in self._lexicon.classes["saying"]

    def says(self, type_: str) -> bool:
        """« le journal Sud Ouest », « selon Sud Ouest »; but « dans le Sud-Ouest »."""
        return self.is_saying() or self.type() == type_

    def is_of(self) -> bool:
        """« l'incendie de X »."""
        return self.first in ("de", "d'")

    def is_of_organisation(self) -> bool:
        """« la fondatrice de X », « les salariés du X », « le directeur financier de la X »."""
        before = self._before[:-1] if self.first in _ARTICLES_OF else self._before
        if len(before) < 2 or before[-1] not in _OF:
            return False
        nouns, adjectives = self._lexicon.classes["organisation-of"], self._lexicon.classes["tail-adjectives"]
        return before[-2] in nouns or (before[-2] in adjectives and len(before) > 2 and before[-3] in nouns)

    def is_determined(self) -> bool:
        """An article stands before: « le Hamas », « de la Fnac »."""
        return self.first in _DETERMINERS

    def is_one_of_many(self) -> bool:
        """« un X », « une X »."""
        return self.first in ("un", "une")

    def is_within(self) -> bool:
        """« dans le X », « dans l'X »."""
        return self.second == "dans" and self.first in _ARTICLES_OF | {"les"}
