"""The first page: the best of what matched, ties in the order of the documents, so that pages never
overlap.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def best(docs: Array, scores: Array, k: int | None) -> tuple[Array, Array]:
    """The k best, best first; equal scores by ascending document. All of them for None.

        >>> best(np.array([1, 2, 3]), np.array([.5, 1., .5]), 2)[0].tolist()
        [2, 1]
    """
    if k is not None and len(docs) > max(2 * k, 64):
        limit = np.partition(scores, len(scores) - k)[len(scores) - k]
        keep = np.flatnonzero(scores >= limit)
        docs, scores = docs[keep], scores[keep]
    order = np.lexsort((docs, -scores))[:k]
    return docs[order], scores[order]
