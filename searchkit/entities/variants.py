"""Ways to write one name that French news knows: Kiev and Kyiv, Zelensky and Zelenski (data/variants.txt)."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path


@cache
def variants() -> tuple[tuple[str, ...], ...]:
    """The names, each in all of its ways; no way stands for two names.

    >>> ("Pékin", "Beijing") in variants()
    True
    """
    text = (Path(__file__).parent / "data" / "variants.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split("|")) for line in text.splitlines() if line and not line.startswith("#"))


@lru_cache(1 << 10)
def known_as(name: str) -> tuple[str, ...]:
    """A name as it is asked for, and all by which the articles that write it so may have it.

    >>> known_as("daech")
    ('daech', 'État islamique', 'Daech', 'Daesh')
    """
    from searchkit.entities.lexicon import canonical, key_of  # read only where a name is asked for

    key = key_of(name)
    first = canonical().get(key)
    return tuple(dict.fromkeys([name, *([first] if first else []), *_ways().get(key, ())]))


@cache
def _ways() -> dict[str, tuple[str, ...]]:
    from searchkit.entities.lexicon import key_of

    return {key_of(way): ways for ways in variants() for way in ways}
