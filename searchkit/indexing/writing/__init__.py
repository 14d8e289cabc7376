"""How do articles become a segment? Digesting, inverting, merging, and the writer over all of it."""
