"""How posting lists are written (postings.py): those of some terms at a time, in the order of the terms."""

from __future__ import annotations

import numpy as np

from searchkit.indexing.segments import Array, codes, strings
from searchkit.indexing.segments.container_writer import ContainerWriter
from searchkit.indexing.segments.forms import MIXED, Registry
from searchkit.indexing.segments.growing import Growing
from searchkit.indexing.segments.impacts import Impacts
from searchkit.indexing.segments.lists import Lists
from searchkit.indexing.segments.postings import POSITIONS_STEP, SMALL, STEP, chunk_count
from searchkit.indexing.segments.ragged import offsets, rows

_SPOOL = 8 << 20
"""Bytes of a column that wait in memory; more go into a file."""
_BESIDE = ("escaped_counts", "mixed_escaped_counts")
_WIDE = 1 << 32
"""Where nothing is as large as this, four bytes do."""


class PostingsWriter:
    """Takes the lists of a segment in the order of their terms; `write` puts them into its container.

    Close it, also after a failure: it holds temporary files.
    """

    def __init__(self, documents: int, impacts: Impacts, folder: str | None) -> None:
        self._impacts = impacts
        self._rows = chunk_count(documents)
        self._per_term: dict[str, list[Array]] = {
            n: [] for n in ("terms", "sizes", "df", "chunks", "forms", "groups")}
        self._forms: list[Array] = []
        self._firsts: list[Array] = []
        self._chunk_rows: list[Array] = []
        self._group_df: list[Array] = []
        self._form_group: list[Array] = []
        self._small = self._row_count = 0
        self._postings = self._position_bytes = 0
        self._is_narrow = True
        kinds = {"docs": "u2", "counts": "u1", "variants": "u1", "positions": "u1", "positions_at": "u8",
                 "chunks": "u2",
                 "escaped": "u8", "escaped_counts": "i8", "mixed_sizes": "u1", "mixed_forms": "u1",
                 "mixed_counts": "u1", "mixed_escaped": "u8", "mixed_escaped_counts": "i8", "mixed_at": "u4",
                 "mixed_entries_at": "u4", "impacts": "u1"}
        self._spools = {name: Growing(kind, folder, _SPOOL) for name, kind in kinds.items()}

    def add(self, lists: Lists) -> None:
        """Appends the postings of the next terms."""
        stops = np.cumsum(lists.sizes)
        escaped = np.flatnonzero(lists.codes == codes.ESCAPE)
        packed = codes.PACKED[lists.codes]
        packed[escaped] = lists.escaped
        named = np.flatnonzero(~codes.in_text(packed))  # only among the entities
        self._per_term["terms"].append(lists.terms)
        self._per_term["sizes"].append(lists.sizes)
        self._per_term["df"].append(lists.sizes - np.bincount(np.searchsorted(stops, named, "right"),
                                                              minlength=len(stops)))
        self._add_docs(lists)
        self._add_counts(lists, escaped)
        self._add_mixed(lists)
        self._add_forms(lists, stops, named)
        self._add_positions(lists)
        self._impacts.add(lists.docs, codes.counts(packed, lists.codes), self._spools["impacts"].add)
        self._postings += len(lists.docs)

    def write(self, writer: ContainerWriter, registry: Registry) -> None:
        """Writes all arrays; `registry` is what terms and forms are numbers of."""
        self._impacts.finish(self._spools["impacts"].add)
        strings.write_packed(writer, "terms", *rows(*strings.pack(registry.terms),
                                                    _joined(self._per_term["terms"])))
        writer.array("term_postings", _offsets(self._per_term["sizes"]))
        writer.array("term_df", strings.smallest(_joined(self._per_term["df"])))
        if self._rows > 1:
            writer.array("term_chunks", _joined(self._per_term["chunks"]).astype("u4"))
            table = np.concatenate(self._chunk_rows) if self._chunk_rows else np.zeros((0, self._rows))
            writer.array("chunk_rows", table.astype("u4"))
        writer.array("term_forms", _offsets(self._per_term["forms"]))
        writer.array("term_groups", _offsets(self._per_term["groups"]))
        writer.array("group_df", strings.smallest(_joined(self._group_df)))
        writer.array("form_group", _joined(self._form_group).astype("u1"))
        pairs = registry.pairs
        strings.write_packed(writer, "form_raw", *rows(*strings.pack([raw for _, raw in pairs]),
                                                       _joined(self._forms)))
        packed = rows(*strings.pack([exact for exact, _ in pairs]), _joined(self._firsts))
        strings.write_packed(writer, "group_exact", *packed)
        writer.array("exact_order", np.array(strings.order(*packed), "u4"))
        tops = {"positions_at": self._position_bytes, "escaped": self._postings,
                "mixed_escaped": self._spools["mixed_counts"].count}
        for name, spool in self._spools.items():
            if name in _BESIDE and self._is_narrow:
                writer.pieces(name, "u4", map(codes.narrowed, spool.pieces()))
            elif tops.get(name, _WIDE) < _WIDE:
                writer.pieces(name, "u4", spool.pieces())
            elif name != "chunks" or self._rows > 1:
                writer.pieces(name, spool.dtype, spool.pieces())

    def close(self) -> None:
        """Removes the temporary files."""
        for spool in self._spools.values():
            spool.close()

    def _add_docs(self, lists: Lists) -> None:
        self._spools["docs"].add(lists.docs.astype(np.uint16))  # modulo 65,536
        if self._rows == 1:
            return
        high = lists.docs >> 16
        large = lists.sizes >= SMALL
        is_small = ~np.repeat(large, lists.sizes)
        self._spools["chunks"].add(high[is_small])
        where = np.where(large, np.cumsum(large) - large + self._row_count,
                         np.cumsum(lists.sizes * ~large) - lists.sizes * ~large + self._small)
        self._per_term["chunks"].append(where)
        self._small += int(is_small.sum())
        self._row_count += int(large.sum())
        ids = np.cumsum(large) - 1
        flat = np.repeat(ids, lists.sizes)[~is_small] * self._rows + high[~is_small]
        table = np.bincount(flat, minlength=int(large.sum()) * self._rows).reshape(-1, self._rows)
        self._chunk_rows.append(np.cumsum(table, axis=1) - table)

    def _add_counts(self, lists: Lists, escaped: Array) -> None:
        self._spools["counts"].add(lists.codes)
        self._spools["escaped"].add(escaped + self._postings)
        self._add_beside("escaped_counts", lists.escaped)

    def _add_mixed(self, lists: Lists) -> None:
        coded = codes.encode(lists.mixed_packed)
        escaped = np.flatnonzero(coded == codes.ESCAPE)
        self._spools["mixed_escaped"].add(escaped + self._spools["mixed_counts"].count)
        self._add_beside("mixed_escaped_counts", lists.mixed_packed[escaped])
        mixed = np.flatnonzero(lists.variants == MIXED)
        first = np.searchsorted(mixed, np.arange(-self._postings % STEP, len(lists.docs), STEP))
        entries = offsets(lists.mixed_sizes)
        self._spools["mixed_at"].add(first + self._spools["mixed_sizes"].count)
        self._spools["mixed_entries_at"].add(entries[first] + self._spools["mixed_counts"].count)
        self._spools["mixed_counts"].add(coded)
        self._spools["mixed_forms"].add(lists.mixed_forms)
        self._spools["mixed_sizes"].add(lists.mixed_sizes)

    def _add_beside(self, name: str, packed: Array) -> None:
        self._is_narrow = self._is_narrow and codes.is_narrow(packed)
        self._spools[name].add(packed)

    def _add_forms(self, lists: Lists, stops: Array, named: Array) -> None:
        lut = lists.classes
        self._forms.append(lut.forms)
        self._firsts.append(lut.firsts)
        self._per_term["forms"].append(lut.form_counts)
        self._per_term["groups"].append(lut.group_counts)
        self._form_group.append(lut.form_group)
        self._spools["variants"].add(lists.variants)
        groups = int(lut.group_starts[-1])
        mixed = np.flatnonzero(lists.variants == MIXED)
        df = np.bincount(lut.groups(lists.sizes, lists.variants), minlength=groups + 1)[:groups]
        plain = named[lists.variants[named] != MIXED]
        df -= np.bincount(lut.group_of(np.searchsorted(stops, plain, "right"), lists.variants[plain]),
                          minlength=groups)
        owner = np.repeat(mixed, lists.mixed_sizes)
        group = lut.group_of(np.searchsorted(stops, owner, "right"), lists.mixed_forms)
        pairs = np.sort((owner * (groups + 1) + group)[codes.in_text(lists.mixed_packed)])
        pairs = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
        self._group_df.append(df + np.bincount(pairs % (groups + 1), minlength=groups))

    def _add_positions(self, lists: Lists) -> None:
        ends = np.cumsum(lists.position_sizes, dtype=np.int64)
        first = -self._postings % POSITIONS_STEP
        at = (ends - lists.position_sizes)[first::POSITIONS_STEP]
        self._spools["positions_at"].add(at + self._position_bytes)
        self._spools["positions"].add(lists.positions)
        self._position_bytes += len(lists.positions)


def _joined(parts: list[Array]) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, np.int64)


def _offsets(parts: list[Array]) -> Array:
    return strings.smallest(offsets(_joined(parts)))
