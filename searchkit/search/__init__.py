"""Which articles answer, in what order, and why? Executor, scoring, facets, snippets, suggestions."""
