"""How posting lists are laid out: one list a term, a byte for its counts and a byte for its variant beside
each document.

Arrays of a segment (P postings, T terms, F forms, G groups; terms sorted by their UTF-8 bytes):

    terms, terms_at        the terms
    term_postings   T+1    where each term's postings begin
    term_df         T      documents with the term in title or body (postings only in entities do not count)
    docs            P      u2: the document's number modulo 65,536, ascending within a term and chunk
    term_chunks     T      where more than 65,536 documents: for a term of fewer than SMALL postings, its
                           first item of `chunks`; for the others their row in `chunk_rows`
    chunks                 the documents' numbers divided by 65,536, for small terms
    chunk_rows      ·×C    for the others: how many postings lie in chunks before each chunk
    counts          P      u1: codes.py
    escaped, escaped_counts   the postings (ascending) whose code is ESCAPE, and their packed counts: u4, or
                           i8 where some do not fit (codes.py)
    variants        P      u1: which raw word it was (below)
    positions              position bytes (varint.py) of all postings, end to end
    positions_at           byte offset of every 32nd posting; in formats 1 and 2 of every 128th
    mixed_at, mixed_entries_at   MIXED postings, and their entries, before every 128th posting
    form_raw, form_raw_at  F raw words, by term, then by exact form
    term_forms      T+1    where each term's forms begin
    form_group      F      u1: the form's group within its term
    group_exact(_at)  G    the exact forms (folded surfaces), by term; sorted within a term
    term_groups     T+1    where each term's groups begin
    group_df        G      documents with this exact form in title or body
    exact_order     G      the groups in the order of their exact forms
    impacts                one byte for every 64 postings (impacts.py)

`variants[i]` is a class of the posting's term, with r forms and g groups: below r, all its tokens are that
form; r + j, they are several forms of group j; MIXED (forms.py), they are of several groups, told one by one
in `mixed_sizes` (one a mixed posting, in order), `mixed_forms` and `mixed_counts` (codes.py; what these do
not tell is in `mixed_escaped` and `mixed_escaped_counts`, as above). A term of more than MAX_FORMS forms
counts the rest as the last one.
"""

from __future__ import annotations

SMALL = 24
"""Postings of a term from which a row of `chunk_rows` tells their chunks, not an item of `chunks` each."""
STEP = 128
"""A place among what is kept of MIXED postings is kept for each so many postings."""
POSITIONS_STEP = 32
"""A place in `positions` is kept for each so many postings: a phrase reads whole blocks of them, mostly for
one posting each.
"""


def positions_step(version: int) -> int:
    """For how many postings `positions_at` has an item, in a container of this format."""
    return POSITIONS_STEP if version > 2 else STEP


def chunk_count(documents: int) -> int:
    """How many chunks of 65,536 documents a segment has."""
    return (max(documents, 1) + 0xFFFF) >> 16
