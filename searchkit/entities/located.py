"""Where the known names of an article stand in its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from searchkit.article import Entity
from searchkit.entities.folding import fold, uppercase_class

_MOST = 500
_APART = re.compile(r"[\s-]+")
_IN_CAPITAL = re.compile(rf"(?:l[ae] |les |l['’])?[{uppercase_class()}]")


class Located(NamedTuple):
    """`text[start:end]` names the entity."""

    start: int
    end: int
    entity: Entity


def located(text: str, entities: Sequence[Entity]) -> list[Located]:
    """The places of some names in a text, in order, without overlaps, the longest name first at each place.

    Case, accents and hyphens do not matter, but a name that begins with a capital is not found in small
    letters, its article apart (« à la Rochelle »). A person is found by the end of the name too, where only
    one ends so. At most 500 names are looked for.

        >>> [text[start:end] for text in ["M. Macron est à Nice."]
        ...  for start, end, _ in located(text, [Entity("Emmanuel Macron", "PER"), Entity("Nice", "LOC")])]
        ['Macron', 'Nice']
    """
    forms = _forms(entities[:_MOST])
    if not forms:
        return []
    choices = "|".join(r"[\s-]+".join(map(re.escape, form.split(" ")))
                       for form in sorted(forms, key=len, reverse=True))
    found = []
    for match in re.finditer(rf"(?<!\w)(?:{choices})(?!\w)", fold(text)):
        entity = forms[_APART.sub(" ", match[0])]
        if entity and (_IN_CAPITAL.match(text, match.start()) or entity.name[:1].islower()):
            found.append(Located(match.start(), match.end(), entity))
    return found


def _forms(entities: Iterable[Entity]) -> dict[str, Entity | None]:
    """Folded form → its entity; None where several end so."""
    whole = {form: entity for entity in entities if (form := _APART.sub(" ", fold(entity.name)).strip())}
    ends: dict[str, Entity | None] = {}
    for entity in whole.values():
        words = _APART.split(entity.name.strip()) if entity.type == "PER" else []
        for k in range(1, len(words)):
            if words[k][:1].isupper():
                tail = fold(" ".join(words[k:]))
                ends[tail] = entity if ends.get(tail, entity) == entity else None
    return ends | whole
