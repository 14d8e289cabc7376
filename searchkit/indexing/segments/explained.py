"""Failures over an index whose parts do not fit one another, told as what they are: a damaged index.

Kept apart from what looks for the misfit (consistency.py), which is imported only after a failure.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from searchkit.indexing.segments.segment import Segment

P = ParamSpec("P")
T = TypeVar("T")

FAILURES = (
    ArithmeticError, LookupError, ValueError, TypeError, MemoryError, RecursionError, struct.error,
)
"""What reading arrays and texts that make no sense raises."""


class explained:
    """Raises IndexCorrupt instead of a failure over segments that do not fit; others pass as they are.

    A class, not a generator: every search goes through it.
    """

    __slots__ = ("_segments",)

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = segments

    def __enter__(self) -> None:
        """Nothing is to be done before a failure."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if isinstance(error, FAILURES):
            blame(self._segments, error)


def sure(segments: Sequence[Segment], call: Callable[P, T]) -> Callable[P, T]:
    """The call, with its failures explained."""

    def explained_call(*args: P.args, **kwargs: P.kwargs) -> T:
        with explained(segments):
            return call(*args, **kwargs)

    return explained_call


def blame(segments: Sequence[Segment], error: Exception) -> None:
    """Raises IndexCorrupt where a segment does not fit; else returns: the failure is ours."""
    from searchkit.indexing.segments.consistency import misfit

    found = misfit(segments)
    if found is not None:
        raise found from error
