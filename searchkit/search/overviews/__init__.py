"""What is in a whole result, or a whole index? Facets, dates, names."""
