"""How do terms become files? Segments of flat arrays, their writer and merge, and what a commit is."""
