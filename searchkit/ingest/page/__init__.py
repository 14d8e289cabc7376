"""What in a web page is the article: its metadata (JSON-LD, OpenGraph, meta, microdata) and its body."""
