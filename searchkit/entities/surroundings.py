"""What stands before and behind a name that nothing knows: nouns, quotation marks, articles, verbs."""

from __future__ import annotations

import re

from searchkit.entities.context import Context
from searchkit.entities.reading import Reading
from searchkit.entities.words import Word, begins_sentence

_OFFICE = re.compile(r", (?:l[ea] |l'|une? |ancien(?:ne)? )*([a-z-]+)")
_AGE = re.compile(r"(?:, | \()\d{1,3} ans\b(?! d[e'’])")
_OPENING = frozenset('"“«')
_CLOSING = ('"', "”", "»", " »", "\u00a0»", "\u202f»")
_NEXT_WORD = re.compile(r" ([a-z]+)")


class Surroundings(Reading):
    """One pass over a text, as far as the words around a name go."""

    def _said(self, word: Word, context: Context, alone: bool) -> str | None:
        """What the words before tell of its type, before a quotation mark or an article with a capital of its
        own as well: « le film "Kervex" », « le restaurant Le Kervex », « écrit L'Indépendant ».
        """
        mark = self._quotation_mark(word.start)
        if mark >= 0:
            said = self.context(mark).type()
            return said if said != "PER" else None  # « à propos de "Kervex" »
        said = context.type()
        if said is not None or not context.is_determined():
            return said
        article = self._article(word, context)
        if not self.text[article].isupper() or begins_sentence(self.text, article):
            return None
        outer = self.context(article)
        if outer.is_saying():
            return "ORG"
        return "LOC" if alone and (outer.preposition or outer.is_of()) else outer.type()

    def _article(self, word: Word, context: Context) -> int:
        """Where the article before a word begins: « le| Hamas », « l'|OTAN »."""
        return word.start - len(context.first) - (self.text[word.start - 1] == " ")

    def _is_quoted(self, start: int, end: int) -> bool:
        """« Black Panther », with quotation marks before and behind."""
        return self._quotation_mark(start) >= 0 and self.text.startswith(_CLOSING, end)

    def _quotation_mark(self, start: int) -> int:
        """Where the quotation mark before is, « with a blank or without; -1 where none is."""
        before = self.text[start - 2 : start] if start > 1 else self.text[:start]
        if _OPENING.isdisjoint(before):
            return -1
        if before[-1] in _OPENING:
            return start - 1
        return start - 2 if before[-1].isspace() and before[0] == "«" else -1

    def _speaks(self, end: int) -> bool:
        """« la Kervex| précise », « les Kervex| dénoncent », « elle a annoncé », « elle embauche »."""
        verb, saying = self._word_after(end), self.lexicon.classes["saying"]
        if verb in ("a", "ont"):
            return self._word_after(end + len(verb) + 1) in saying
        return verb.removesuffix("nt") in saying or verb in self.lexicon.classes["trading"]

    def _is_told_by_what_follows(self, end: int) -> bool:
        """« Froome| a commencé », « Bouteflika| lâché par l'armée », « Kerval|, président du club »,
        « Kerval|, 42 ans ».
        """
        classes, verb = self.lexicon.classes, self._word_after(end)
        if verb in classes["acting"] or verb in classes["saying"] or verb in classes["trading"]:
            return True
        office = _OFFICE.match(self.folded, end)
        return (office is not None and office[1] in classes["roles"]) or self._is_aged(end)

    def _is_aged(self, end: int) -> bool:
        """« Kerval|, 42 ans », « Kerval| (42 ans) »."""
        return _AGE.match(self.text, end) is not None

    def _word_after(self, end: int) -> str:
        match = _NEXT_WORD.match(self.folded, end)
        return match[1] if match else ""
