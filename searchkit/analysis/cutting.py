"""Where the words are: one compiled regular expression cuts a text into surfaces.

The shapes below are alternatives, tried in their order at each place of the text. Every repetition is
possessive or bounded, so that a hostile text is cut in linear time. `expansion` says what a surface means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

APOSTROPHE = "['’ʼʹ´`‛‘′]"
FALSE_LETTERS = frozenset("ʼʹºᵒ")
"""Letters to Unicode, apostrophes and the signs of « nº 1 » and « 40ºC » to whoever types them."""
DEGREE = "[°º]"
HYPHEN = "[-‐‑]"
SPACE = "[ \u00a0\u202f\u2009\u2007]"
UNWRITTEN = "[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]"  # combining marks, soft hyphens, zero widths
ALNUM = "[^\\W_ʼʹºᵒ]"
LETTER = "[^\\W\\d_ʼʹºᵒ]"
UPPER = "[A-ZÀ-ÖØ-ÞŒ]"
LOWER = "[a-zß-öø-ÿœ]"
WORD = f"{ALNUM}++(?:{UNWRITTEN}{ALNUM}*+)*+"
END = f"(?!{ALNUM}|{UNWRITTEN})"

ELIDED_BEFORE = "[aeiouyhàâäéèêëîïôöùûüœæAEIOUYHÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ0-9]"
_TOP_LEVEL = "com|fr|org|net|eu|info|gouv|io|tv|be|ch|uk"
_SCALE = "(?:Mrds?|M[dr]s?|[kKMG])"
_FEMININE = "e|ne|te|le|se|ve|fe|[èe]re|i[èe]re|esse|euse|trice|rice|elle|enne|ienne|ive|ale"
_CLITIC = (f"(?i:(?:t{HYPHEN})?(?:ils?|elles?|on|je|tu|nous|vous|ce|ci|l[aà]{UNWRITTEN}?|les?|lui|leur|moi"
           f"|toi|y|en|m[eê]{UNWRITTEN}?mes?)){END}(?!{HYPHEN}{ALNUM})")
_RENDEZ_VOUS = "(?<=rendez.)|(?<=Rendez.)|(?<=RENDEZ.)"

# (name, why, pattern), in the order in which they are tried
SHAPES: tuple[tuple[str, str, str], ...] = (
    ("plain", "nine words in ten are letters between blanks: they are found without looking further",
     f"{LETTER}++(?= (?!&)|[\n,;!?»)\"…]|:(?!/)|(?<={ALNUM}{{2}})[.](?:\\s|\\Z))"),
    ("elision", "l' d' qu' before a vowel are words of their own",
     f"(?![pP](?i:resqu.[iî]{UNWRITTEN}?les?){END}|[lL].[oO][rR][eéEÉ]{UNWRITTEN}?[aA][lL])"
     f"(?:[cdjlmnstCDJLMNST]|[qQ][uU]|(?=[jlpqJLPQ])(?i:jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu))"
     f"(?={APOSTROPHE}{ELIDED_BEFORE})"),
    ("hour", "20 h 30 is 20h30",
     f"[0-9]{{1,2}}(?:{SPACE}?[hH]{END}(?:{SPACE}?[0-5][0-9]{END})?+|[hH][0-5][0-9]{END})"),
    ("thousands", "10 000, 10.000 and 10'000 are one number",
     f"[0-9]{{1,3}}(?:(?:{SPACE}|[.]|{APOSTROPHE})[0-9]{{3}}){{1,6}}+(?![0-9])(?:,[0-9]++)?+"),
    ("range", "49-3, 2-1, 2024-2025 are two numbers, never joined", "[0-9]++(?:[-‐‑–−][0-9]++)++"),
    ("decimal", "3,5 and 49.3 are one number", "(?<![0-9][.,])[0-9]++[.,][0-9]++(?![.,][0-9])"),
    ("amount", "135M€ begins with a number", f"[0-9]++(?={_SCALE}[€$£¥])"),
    ("currency", "€, M€ and Md€ are words", f"{_SCALE}?+[€$£¥]"),
    ("sign", "the ° of 40 °C and of n° 1 is a word",
     f"{DEGREE}[CF]{END}|(?<=[0-9]){DEGREE}(?![0-9])|[nN][°ºᵒ]"),
    ("address", "a web address is one word", r"(?:https?://|www\.)[^\s<>\"«»“”]{1,2000}(?<![.,;:!?)\]'’…])"),
    ("handle", "@names and #tags keep their sign", f"(?<![\\w&])[@#](?=\\w)[\\w{UNWRITTEN[1:]}++"),
    ("initials", "J. D. Vance is J.D. Vance",
     f"(?!M[.]){UPPER}[.](?:{SPACE}{UPPER}[.]){{1,3}}(?={SPACE}{UPPER}{LOWER})"),
    ("acronym", "I.A., O.N.U and o.n.u. are words",
     f"(?:{UPPER}(?:[.]-?{UPPER}){{1,12}}|[a-z](?:[.][a-z]){{1,12}}){END}(?!{APOSTROPHE}{ALNUM})[.]?+"),
    ("ampersand", "R & D is R&D", f"{UPPER}{SPACE}&{SPACE}{UPPER}{END}"),
    ("fused", "these words have an apostrophe of their own",
     f"(?=[apelAPEL])(?i:aujourd{APOSTROPHE}hui|prud{APOSTROPHE}hom|presqu{APOSTROPHE}[iî]|entr{APOSTROPHE}"
     f"(?=[aeiouyéêâ])|l{APOSTROPHE}or)(?:{UNWRITTEN}|{ALNUM})*+"),
    ("word", "letters and digits, with what holds a compound, a mail address or an inclusive form together",
     f"{WORD}(?:"
     f"{HYPHEN}(?:(?!{_CLITIC})|{_RENDEZ_VOUS})(?:[dDlL]{APOSTROPHE})?+{WORD}"
     f"|[-‐‑\u00ad]\r?\n[ \t]{{0,40}}(?={LOWER}){WORD}"
     f"|{APOSTROPHE}{WORD}"
     f"|&{WORD}"
     f"|[·•‧∙⋅]{WORD}"
     f"|[.](?:{_FEMININE}){END}(?:[.]?s{END})?+"
     f"|\\((?:{_FEMININE}|s)\\)(?:s{END})?+"
     f"|(?:[.][a-z0-9-]{{1,40}}){{0,3}}?[.](?:{_TOP_LEVEL}){END}(?:/[^\\s<>\"«»“”,;)\\]]{{0,2000}})?+"
     f"|(?:[.+-][a-z0-9]{{1,40}}){{0,3}}?@[a-z0-9-]{{1,40}}(?:[.][a-z]{{2,40}}){{1,4}}"
     f"){{0,30}}+(?:(?<![0-9])[+](?!{ALNUM}))?+"),
)

# Two short cuts that change no cut and make it twice as fast: nothing but these characters begins a surface,
# and letters between blanks are one, whatever else is known.
_BETWEEN_BLANKS = "[A-Za-zÀ-ÖØ-öø-ÿŒœ][a-zß-öø-ÿœ]++(?=[ ,;!?»\")\n])"


@cache
def _surface() -> re.Pattern[str]:
    shapes = "|".join(pattern for _, _, pattern in SHAPES)
    return re.compile(f"{_BETWEEN_BLANKS}|(?=[\\w@#€$£¥°])(?:{shapes})")


def surfaces(text: str) -> list[str]:
    """The surface words of a text, as they stand in it.

        >>> surfaces("L’IA coûte 10 000 €.")
        ['L', 'IA', 'coûte', '10 000', '€']
    """
    return _surface().findall(text)


def spans(text: str, start: int = 0) -> Iterator[re.Match[str]]:
    """The surfaces of a text, from an offset on, as matches, with their offsets into the text; the cut of
    `surfaces`.

        >>> [(m.start(), m.group()) for m in spans("L'IA")]
        [(0, 'L'), (2, 'IA')]
    """
    return _surface().finditer(text, start)
