"""Which articles match, and what does each score? Words, phrases, patterns and values against a segment."""
