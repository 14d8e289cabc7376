"""From what a document says of itself to an article: what is its title, who wrote it, when?"""
