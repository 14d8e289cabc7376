"""What the rules of French cannot know: closed tables, reviewed by hand. Keys are folded."""

from __future__ import annotations

# names that a lexicon of common words would inflect, and words whose final s is not a plural
PROTECTED: frozenset[str] = frozenset("""
paris reims cannes gaza seine somme loire fois mois port nantes vosges ardennes landes mais
""".split())

EXCEPTIONS: dict[str, str] = {
    "st": "saint", "ste": "saint", "sts": "saint", "stes": "saint", "clef": "cle", "clefs": "cle",
    "cheffe": "chef", "cheffes": "chef",
}

# endings that make another word: an unknown word keeps them, whatever Snowball would take
DERIVED: tuple[str, ...] = ("isme", "iste", "ation", "ition", "ite", "ment", "age", "able", "ible", "phobe", "phobie")

# an accent that tells a content word from a stop word: accented word → accented term (at most 20 rows)
ACCENTED: dict[str, str] = {
    "sûr": "sûr", "sûre": "sûr", "sûrs": "sûr", "sûres": "sûr", "dû": "dû", "maïs": "maïs",
    "mème": "mème", "mèmes": "mème",
}

UNITS: dict[str, str] = {
    "€": "euro", "$": "dollar", "£": "livre", "¥": "yen",
    "k": "millier", "M": "million", "G": "milliard", "Md": "milliard", "Mds": "milliard", "Mrd": "milliard",
    "Mrds": "milliard",
}
