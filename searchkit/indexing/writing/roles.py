"""What each character of a text plays in the cut (analysis/characters.py): one code for each byte of UTF-8.

All bytes of a character get the same code. Codes ascend with the kind of the character: blanks, quotation
marks, other harmless signs, letters, all else, and last what only addresses and handles have. So one
comparison tells kinds apart.
"""

from __future__ import annotations

import numpy as np

from searchkit.analysis import characters
from searchkit.indexing.segments import Array

BETWEEN = b"\x1c"
"""Stands between two texts: a blank over which no surface reaches."""
_DIGITS = "0123456789"
_players: list[str] = []


def _role(players: str) -> int:
    """A new role, a bit, that these characters play."""
    _players.append(players)
    return 1 << len(_players) - 1


LETTER, UPPER, LOWER = map(_role, (characters.LETTERS, characters.UPPER, characters.LOWER))
DIGIT, TO_FIVE = _role(_DIGITS), _role("012345")
ELIDING, ELIDED = _role(characters.ELIDING), _role(characters.ELIDED)
H_, L_, O_, Q_, R_, U_, W_ = (_role(letter + letter.upper()) for letter in "hloqruw")
FEMININE = _role("es")
"""The last letters of what brackets add to a word: (e), (ne), (s)."""
APOSTROPHE, PARTING = _role(characters.APOSTROPHES), _role(characters.PARTING)
POINT, COMMA, COLON, CLOSE, SLASH, AMPERSAND, DASH, PLUS = map(_role, ".,:)/&-+")
HYPHEN, ASIDE = _role(characters.HYPHENS), _role(characters.ASIDE)
SPACE, NEWLINE = _role(characters.SPACES), _role("\r\n")

_NOBODY = "_"   # for all characters that play nothing
_KINDS = (characters.BLANKS, characters.QUOTES, characters.HARMLESS, characters.LETTERS,
          "".join(dict.fromkeys(_DIGITS + "&" + characters.HYPHENS + characters.ASIDE + _NOBODY)), "/@")
_FIRST_PLANE = 1 << 16
_NOT_ASCII = np.uint64(0x8080808080808080)


class _Codes:
    """`of`: the code of each character of the first plane; by code, the roles of a character, and the bytes
    that it takes; `firsts`: where the codes of each kind begin.
    """

    def __init__(self) -> None:
        alike: dict[tuple[int, int, int, bool], str] = {}
        for kind, chars in enumerate(_KINDS):
            for char in chars:
                role = sum(1 << n for n, players in enumerate(_players) if char in players)
                key = kind, role, len(char.encode()), char == " "
                alike[key] = alike.get(key, "") + char
        keys = sorted(alike)
        self.firsts = [[kind for kind, *_ in keys].index(kind) for kind in range(len(_KINDS))]
        self.roles = np.array([role for _, role, _, _ in keys], np.uint32)
        self.widths = np.array([width for _, _, width, _ in keys], np.int64)
        nobody = next(code for code, key in enumerate(keys) if _NOBODY in alike[key])
        self.of = np.full(_FIRST_PLANE, nobody, np.uint8)
        for code, key in enumerate(keys):
            self.of[[ord(char) for char in alike[key]]] = code


_CODES = _Codes()
_OF_BYTE = _CODES.of[:128].tobytes() + _CODES.of[[ord(_NOBODY)] * 128].tobytes()
_, QUOTES, SIGNS, LETTERS, OTHERS, IN_ADDRESSES = _CODES.firsts
"""The first codes of these kinds; blanks come before."""
BLANK_CODE, POINT_CODE, OPEN_CODE, CLOSE_CODE, PARTING_CODE = _CODES.of[[ord(c) for c in " .();"]].tolist()
"""The codes of the plain blank, the point, brackets, and a sign that parts."""


def coded(text: bytes) -> Array:
    """The code of each byte of a text in UTF-8, of which the last 8 are ASCII."""
    code = np.frombuffer(bytearray(text.translate(_OF_BYTE)), np.uint8)
    data = np.frombuffer(text, np.uint8)
    leads = _leads(text)
    lead = data[leads]
    two, three = leads[lead < 0xE0], leads[(lead & 0xF0) == 0xE0]
    code[two] = code[two + 1] = _CODES.of[_bits(data[two], 0x1F) << 6 | _bits(data[two + 1], 0x3F)]
    code[three] = code[three + 1] = code[three + 2] = _CODES.of[
        _bits(data[three], 0x0F) << 12 | _bits(data[three + 1], 0x3F) << 6 | _bits(data[three + 2], 0x3F)]
    return code


def _leads(text: bytes) -> Array:
    """Where characters of several bytes begin, which are few: eight bytes are looked at together."""
    eights = np.frombuffer(text, "<u8", len(text) // 8)
    some = ((eights & _NOT_ASCII) != 0).nonzero()[0]
    places = (eights[some].view(np.uint8) >= 0xC2).nonzero()[0]
    leads: Array = (some[places >> 3] << 3) + (places & 7)
    return leads


def _bits(data: Array, mask: int) -> Array:
    return (data & mask).astype(np.uint16)


def roles(codes: Array) -> Array:
    """The roles of characters, by their codes."""
    return _CODES.roles.take(codes)


def widths(codes: Array) -> Array:
    """How many bytes each character takes, by its code."""
    return _CODES.widths.take(codes)
