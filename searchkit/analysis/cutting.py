"""Where the words are: one compiled regular expression cuts a text into surfaces.

Every alternative is anchored by its first character, and every repetition is possessive or bounded, so that a hostile
text is cut in linear time. What a surface means is not decided here: see `expansion`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

APOSTROPHE = "['’ʼʹ´`‛‘′]"
HYPHEN = "[-‐‑]"
SPACE = "[ \u00a0\u202f\u2009\u2007]"
UNWRITTEN = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]"  # combining marks; soft hyphens and zero widths
ALNUM = "[^\\W_ʼʹ]"
UPPER = "[A-ZÀ-ÖØ-ÞŒ]"
LOWER = "[a-zß-öø-ÿœ]"
WORD = f"{ALNUM}++(?:{UNWRITTEN}{ALNUM}*+)*+"
END = f"(?!{ALNUM}|{UNWRITTEN})"

_TOP_LEVEL = "com|fr|org|net|eu|info|gouv|io|tv|be|ch|uk"
_FEMININE = "e|ne|te|le|se|ve|fe|ère|ere|ière|iere|esse|euse|trice|rice|elle|enne|ienne|ive|ale"
_CLITIC = (f"(?i:(?:t{HYPHEN})?(?:ils?|elles?|on|je|tu|nous|vous|ce|ci|la{UNWRITTEN}?|là|les?|lui|leur|moi|toi|y|en"
           f"|m[eê]{UNWRITTEN}?mes?)){END}(?!{HYPHEN}{ALNUM})")

# (name, why, pattern), in the order in which they are tried at a place in the text
SHAPES: tuple[tuple[str, str, str], ...] = (
    ("address", "a web address is one word", r"(?:https?://|www\.)[^\s<>\"«»“”]{1,2000}(?<![.,;:!?)\]'’…])"),
    ("handle", "@names and #tags keep their sign", f"(?<![\\w&])[@#](?=\\w)[\\w{UNWRITTEN[1:]}++"),
    ("thousands", "10 000, 10.000 and 10'000 are one number",
     f"[0-9]{{1,3}}(?:(?:{SPACE}|[.]|{APOSTROPHE})[0-9]{{3}})++(?![0-9])(?:,[0-9]++)?+"),
    ("range", "49-3, 2-1, 2024-2025: two numbers, never one", "[0-9]++(?:[-‐‑–−][0-9]++)++"),
    ("decimal", "3,5 and 49.3 are one number", "[0-9]++[.,][0-9]++(?![.,][0-9])"),
    ("amount", "the number of 135M€", "[0-9]++(?=(?:[kKMG]|Mds?|Mrds?)[€$£¥])"),
    ("currency", "€, M€, Md€ are words", "(?:[kKMG]|Mds?|Mrds?)?+[€$£¥]"),
    ("initials", "J. D. Vance is J.D. Vance", f"(?!M[.]){UPPER}[.](?:{SPACE}{UPPER}[.]){{1,3}}(?={SPACE}{UPPER}{LOWER})"),
    ("acronym", "I.A., O.N.U and U.S.A. are words",
     f"(?:{UPPER}(?:[.]-?{UPPER}){{1,12}}|[a-z](?:[.][a-z]){{1,12}}){END}(?!{APOSTROPHE}{ALNUM})[.]?+"),
    ("ampersand", "R & D is R&D", f"{UPPER}{SPACE}&{SPACE}{UPPER}{END}"),
    ("fused", "words with an apostrophe of their own",
     f"(?i:aujourd{APOSTROPHE}hui|prud{APOSTROPHE}hom|presqu{APOSTROPHE}[iî]|entr{APOSTROPHE}[aeiouyéêâ]"
     f"|l{APOSTROPHE}or(?=[eé]{UNWRITTEN}?al))(?:{UNWRITTEN}|{ALNUM})*+"),
    ("elision", "l' d' qu' are words of their own",
     f"(?i:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)"
     f"(?={APOSTROPHE}[aeiouyhàâäéèêëîïôöùûüœæAEIOUYHÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ0-9])"),
    ("word", "letters and digits, with what holds a compound together",
     f"{WORD}(?:"
     f"{HYPHEN}(?:(?!{_CLITIC})|(?<=rendez.)|(?<=Rendez.)|(?<=RENDEZ.))(?:[dDlL]{APOSTROPHE})?+{WORD}"
     f"|[-‐‑\u00ad]\r?\n[ \t]{{0,40}}(?={LOWER}){WORD}"
     f"|{APOSTROPHE}{WORD}"
     f"|&{WORD}"
     f"|[·•‧∙⋅]{WORD}"
     f"|[.](?:{_FEMININE}){END}(?:[.]?s{END})?+"
     f"|\\((?:{_FEMININE}|s)\\)(?:s{END})?+"
     f"|(?:[.][a-z0-9-]{{1,40}}){{0,3}}?[.](?:{_TOP_LEVEL}){END}(?:/[^\\s<>\"«»“”,;)\\]]{{0,2000}})?+"
     f"|(?:[.+-][a-z0-9]{{1,40}}){{0,3}}?@[a-z0-9-]{{1,40}}(?:[.][a-z]{{2,40}}){{1,4}}"
     f")*+(?:(?<![0-9])[+](?!{ALNUM}))?+"),
)

_SURFACE = re.compile("|".join(pattern for _, _, pattern in SHAPES))


def surfaces(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The surface words of text[start:end] (the whole text by default), as they stand in it.

        >>> surfaces("L’IA coûte 10 000 €.")
        ['L', 'IA', 'coûte', '10 000', '€']
    """
    return _SURFACE.findall(text, start, len(text) if end is None else end)


def spans(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """The surfaces of text[start:end] as matches, with their offsets into the text; the same cut as `surfaces`.

        >>> [(m.start(), m.group()) for m in spans("L'IA")]
        [(0, 'L'), (2, 'IA')]
    """
    return _SURFACE.finditer(text, start, len(text) if end is None else end)
