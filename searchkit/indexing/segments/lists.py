"""The posting lists of a range of terms, on their way from what is merged into a segment."""

from __future__ import annotations

from dataclasses import dataclass

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.forms import Classes


@dataclass
class Part:
    """The postings of consecutive terms, by term, then document. One row a posting unless said otherwise."""

    sizes: Array            # a term: its postings
    docs: Array
    codes: Array            # u1, codes.py
    escaped: Array          # a posting whose code is ESCAPE: its packed counts
    variants: Array         # u1: classes of the terms
    positions: Array        # bytes
    position_sizes: Array   # bytes a posting
    mixed_sizes: Array      # a MIXED posting: its entries
    mixed_forms: Array      # an entry: its form within the term
    mixed_packed: Array     # an entry: its packed counts


@dataclass
class Lists(Part):
    """The same of terms that a segment holds: each has postings."""

    terms: Array            # numbers of the registry
    classes: Classes        # the forms of each term
