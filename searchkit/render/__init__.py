"""How does it look? Results in, lines out: pages for a terminal or a pipe, JSON, CSV, RIS, BibTeX, Markdown,
HTML.

Searching never formats, rendering never searches; nothing here writes to a terminal by itself.
"""
