"""What is worked out once for an object and goes when the object goes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


def once(make: Callable[[Key], Made]) -> Callable[[Key], Made]:
    """A function of one object, called once for each as long as the object lives.

        >>> class Thing: pass
        >>> thing, name = Thing(), once(lambda thing: object())
        >>> name(thing) is name(thing), name(thing) is name(Thing())
        (True, False)
    """
    known: WeakKeyDictionary[Key, Made] = WeakKeyDictionary()

    @wraps(make)
    def made(key: Key) -> Made:
        found = known.get(key)
        if found is None:
            found = known[key] = make(key)
        return found

    return made
