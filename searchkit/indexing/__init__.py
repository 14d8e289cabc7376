"""How do terms become files?

`segments` says what is in a segment's file, and how it is read and written, `writing` makes one out of
articles and merges some, `upkeep` looks after what is there. Here is what is told of a whole index: where its
files are (`storage`), which segments count (`toc`) and from when on (`commits`), the state after a commit
(`snapshot`), what its articles have in common (`aliases`, `copies`), what finds their names (`backends`), and
how Whoosh sees it (`whoosh_…`).
"""

MEMORY_MB = 512
"""About how much memory a writer gathers articles in, unless told otherwise."""
