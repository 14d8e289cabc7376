"""What is worked out once for an object and goes when the object goes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Key = TypeVar("Key")
Made = TypeVar("Made")


def once(make: Callable[[Key], Made]) -> Callable[[Key], Made]:
    """A function of one object, called once for each as long as the object lives.

        >>> class Thing: pass
        >>> thing, name = Thing(), once(lambda thing: object())
        >>> name(thing) is name(thing), name(thing) is name(Thing())
        (True, False)
    """
    name = f"once {make.__module__}.{make.__qualname__}"

    @wraps(make)
    def made(key: Key) -> Made:
        known = vars(key)
        found: Made | None = known.get(name)
        if found is None:
            found = known[name] = make(key)
        return found

    return made
