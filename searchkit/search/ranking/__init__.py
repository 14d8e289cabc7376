"""Which articles come first? The best of a tree without scoring the rest; proximity, freshness, groups."""
