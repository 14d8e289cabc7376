"""Do the parts of a segment fit one another? Checksums tell that bytes are as they were written; this tells
that what was written makes sense, whoever wrote it.

A segment that searchkit wrote fits. One that a stranger made may not: then reading it past its arrays' ends
fails somewhere inside numpy. `explained` turns such a failure into IndexCorrupt, after this file has found
what does not fit; a failure over sound segments is a fault of ours, and stays what it is. What is checked is
the arrays' lengths, the order and reach of offsets, and that numbers stay below what they number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from searchkit.errors import IndexCorrupt
from searchkit.indexing.segments import Array
from searchkit.indexing.segments.documents import HIDDEN, MULTIPLE, SINGLE
from searchkit.indexing.segments.explained import FAILURES
from searchkit.indexing.segments.forms import MIXED
from searchkit.indexing.segments.impacts import BLOCK
from searchkit.indexing.segments.postings import STEP, positions_step
from searchkit.indexing.segments.ragged import offsets
from searchkit.indexing.segments.signatures import SLOTS

if TYPE_CHECKING:
    from searchkit.indexing.segments.container import Container
    from searchkit.indexing.segments.segment import Segment

_STRINGS = ("terms", "form_raw", "group_exact", "key_entity")
_OF_TERMS = (("term_postings", "docs"), ("term_forms", "form_group"), ("term_groups", "group_df"))
_SAME = (("docs", "counts"), ("docs", "variants"), ("escaped", "escaped_counts"),
         ("mixed_forms", "mixed_counts"), ("mixed_escaped", "mixed_escaped_counts"),
         ("group_df", "exact_order"))
_OF_DOCUMENTS = ("content_hash", "id_hash", "id_order", "published", "modified", "length_lede", "length_body",
                 "length_title", "length_entities")
_DATES = ("published", "modified")
_ASCENDING = ("id_hash", "escaped", "mixed_escaped")


def misfit(segments: Sequence[Segment]) -> IndexCorrupt | None:
    """The first thing that does not fit in these segments, as an error; None where all does."""
    for segment in segments:
        found = next(misfits(segment), None)
        if found is not None:
            return IndexCorrupt(segment.container.path, *found)
    return None


def misfits(segment: Segment) -> Iterator[tuple[str, str]]:
    """(section, what is wrong) for everything that does not fit, up to what cannot even be compared; parts
    that a segment lacks are left out.
    """
    try:
        yield from _misfits(segment)
    except FAILURES as error:
        yield "arrays", f"make no sense ({error})"


def _misfits(segment: Segment) -> Iterator[tuple[str, str]]:
    c, documents = segment.container, len(segment)
    terms = len(c.views["terms_at"]) - 1
    yield from _lengths(c, documents, terms)
    yield from _offsets(c, documents, terms)
    yield from _numbers(c, documents)
    yield from _texts(c)
    for name in _ASCENDING:
        if name in c and np.any(np.diff(c[name].astype(np.float64)) < 0):
            yield name, "not in order"


def _texts(c: Container) -> Iterator[tuple[str, str]]:
    """What is read as UTF-8 is UTF-8."""
    for name in (*_STRINGS, "ids", *(f"value_{f}" for f in (*SINGLE, *MULTIPLE, *HIDDEN))):
        try:
            if name in c:
                c[name].tobytes().decode()
        except UnicodeDecodeError as error:
            yield name, f"not UTF-8 ({error.reason})"


def _lengths(c: Container, documents: int, terms: int) -> Iterator[tuple[str, str]]:
    for name in _OF_DOCUMENTS + tuple(f"code_{field}" for field in SINGLE):
        if name in c and len(c.views[name]) != documents:
            yield name, f"{len(c.views[name])} items for {documents} documents"
    if "signatures" in c and c.views["signatures"].shape != (SLOTS, documents):
        yield "signatures", f"of the shape {c.views['signatures'].shape} instead of {(SLOTS, documents)}"
    if "copies" in c and c.views["copies"].shape[1:] != (2,):
        yield "copies", "not pairs"
    for first, second in _SAME:
        if first in c and second in c and len(c.views[first]) != len(c.views[second]):
            yield second, f"another length than {first}"
    if "key_of_entity" in c and len(c.views["key_of_entity"]) != len(c.views["value_entity_at"]) - 1:
        yield "key_of_entity", "not one key for each name"
    if len(c.views["term_df"]) != terms:
        yield "term_df", f"{len(c.views['term_df'])} items for {terms} terms"
    steps = {"positions_at": positions_step(c.format), "mixed_at": STEP, "mixed_entries_at": STEP}
    for name, step in steps.items():
        if name in c and len(c.views[name]) < -(-len(c.views["docs"]) // step):
            yield name, "shorter than the postings say"
    if len(c.views["impacts"]) < -(-len(c.views["docs"]) // BLOCK):
        yield "impacts", "shorter than the postings say"


def _offsets(c: Container, documents: int, terms: int) -> Iterator[tuple[str, str]]:
    """Offsets begin at 0, never fall, and end with what they point into."""
    pointed = [("ids_at", "ids", documents + 1)]
    pointed += [(f"code_{field}_at", f"code_{field}", documents + 1) for field in (*MULTIPLE, *HIDDEN)]
    pointed += [(at, data, terms + 1) for at, data in _OF_TERMS]
    pointed += [("form_raw_at", "form_raw", len(c.views["form_group"]) + 1)]
    pointed += [("group_exact_at", "group_exact", len(c.views["group_df"]) + 1)]
    pointed += [(f"{name}_at", name, 0) for name in _STRINGS]
    pointed += [(f"value_{f}_at", f"value_{f}", 0) for f in (*SINGLE, *MULTIPLE, *HIDDEN)]
    pointed += [("blocks_at", "blocks", 0), ("positions_at", "positions", 0), ("mixed_at", "mixed_sizes", 0)]
    for name, data, length in pointed:
        if name not in c or data not in c:
            continue
        offsets, end = c[name].astype(np.float64), len(c.views[data])
        if len(offsets) != (length or max(len(offsets), 1)):
            yield name, f"{len(offsets)} offsets instead of {max(length, 1)}"
        elif offsets[0] != 0 or offsets[-1] > end or np.any(np.diff(offsets) < 0):
            yield name, f"offsets that do not lie in {data}"
    bounds = c["blocks_doc"].astype(np.int64)
    if (len(bounds) != len(c.views["blocks_at"]) or bounds[0] or bounds[-1] != documents
            or np.any(np.diff(bounds) < 0)):
        yield "blocks_doc", "other documents than there are"


def _numbers(c: Container, documents: int) -> Iterator[tuple[str, str]]:
    """Numbers stay below what they number."""
    limits = [("id_order", documents), ("copies", documents), ("exact_order", len(c.views["group_df"]))]
    limits += [(f"code_{f}", len(c.views[f"value_{f}_at"])) for f in SINGLE if f"value_{f}_at" in c]
    limits += [(f"code_{f}", len(c.views[f"value_{f}_at"]) - 1)
               for f in (*MULTIPLE, *HIDDEN) if f"value_{f}_at" in c]
    if "key_entity_at" in c:
        limits.append(("key_of_entity", len(c.views["key_entity_at"]) - 1))
    if documents <= 1 << 16:
        limits.append(("docs", documents))
    for name, limit in limits:
        if name in c and c.views[name].size and int(c[name].max()) >= limit:
            yield name, f"a number beyond {limit}"
    for name, view in c.views.items():
        if name not in _DATES and view.dtype.kind == "i" and view.size and int(c[name].min()) < 0:
            yield name, "a number below 0"
    yield from _order(c, documents)
    yield from _variants(c)


def _order(c: Container, documents: int) -> Iterator[tuple[str, str]]:
    """The documents of a term ascend, but for where one of 65,536 documents ends."""
    docs, at = c["docs"], c["term_postings"].astype(np.int64)
    fall = np.append(True, docs[1:] <= docs[:-1]) if len(docs) else np.zeros(0, np.bool_)
    begins = at[:-1][_sizes(at) > 0]
    falls = np.add.reduceat(fall, begins, dtype=np.int64) - fall[begins] if len(begins) else begins
    if np.any(falls > documents >> 16):
        yield "docs", "not in order"


def _sizes(offsets: Array) -> Array:
    return offsets[1:].astype(np.int64) - offsets[:-1]


def _variants(c: Container) -> Iterator[tuple[str, str]]:
    """Postings name forms and groups that their terms have; those of several groups have their entries."""
    variants, sizes = c["variants"], c["mixed_sizes"]
    forms, groups, each = (_sizes(c[name]) for name in ("term_forms", "term_groups", "term_postings"))
    if int(each.sum()) != len(variants):
        yield "variants", "another number of postings than the terms say"
        return
    if np.any(c["form_group"] >= groups.repeat(forms)):
        yield "form_group", "groups that their terms do not have"
    mixed = variants == MIXED
    if np.any((variants >= np.minimum(forms + groups, MIXED).astype(np.uint8).repeat(each)) & ~mixed):
        yield "variants", "forms that their terms do not have"
    starts = np.arange(0, len(mixed), STEP)
    blocks = np.add.reduceat(mixed, starts, dtype=np.int64) if len(mixed) else starts
    before = np.cumsum(blocks) - blocks
    if int(blocks.sum()) != len(sizes) or not np.array_equal(c["mixed_at"][: len(before)], before):
        yield "mixed_sizes", "another number than there are postings of several forms"
        return
    entries = offsets(sizes)
    if entries[-1] != len(c.views["mixed_forms"]):
        yield "mixed_sizes", "other entries than there are"
    elif np.any(c["mixed_forms"] >= forms.repeat(each)[mixed].repeat(sizes)):
        yield "mixed_forms", "forms that their terms do not have"
    elif not np.array_equal(c["mixed_entries_at"][: len(before)], entries[before]):
        yield "mixed_entries_at", "other places than the sizes say"
