"""Ways to write one name that French news knows: Kiev and Kyiv, Zelensky and Zelenski (data/variants.txt)."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def variants() -> tuple[tuple[str, ...], ...]:
    """The names, each in all of its ways; no way stands for two names.

    >>> ("Pékin", "Beijing") in variants()
    True
    """
    text = (Path(__file__).parent / "data" / "variants.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split("|")) for line in text.splitlines() if line and not line.startswith("#"))
