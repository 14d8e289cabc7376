"""How do terms become files? Segments of flat arrays, their writer and merge, and what a commit is."""

MEMORY_MB = 512
"""About how much memory a writer gathers articles in, unless told otherwise."""
