"""Where the surfaces of a text are, from nothing but what its characters play (roles.py).

An *atom* is a run of characters that are neither blanks nor harmless signs. Most are letters only: each is a
surface. A *bond* is a gap between two atoms over which a surface may reach: « 10 000 », « qu'il », « a.fr ».
A *unit* is one atom, or several with bonds between them. One that is more than one atom of letters is `odd`:
the regular expression says which surfaces it has. All else is sure: a test holds it against
`analysis.surfaces`. Where a rule is wider than the regular expression, that only costs time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from searchkit.indexing.segments import Array
from searchkit.indexing.segments.ragged import spread
from searchkit.indexing.writing import roles as r

_ASIDES = 3
"""Characters that are of no surface are looked for so often before and behind what may be one."""
_WIDEST = 3
"""Bytes of a character that plays something."""


@dataclass
class Units:
    """Where the units of a text begin and stop, and which of them are odd (by their numbers)."""

    starts: Array
    stops: Array
    odd: Array


def units(text: bytes, ends: Array) -> Units:
    """The units of a text that begins with a blank and ends with several; `ends`: the blanks that nothing
    reaches over, the last of them behind all else.
    """
    code = r.coded(text)
    others = _others(code)
    inside = code >= r.LETTERS
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    if not len(edges):
        return Units(edges, edges, edges)
    edges += 1
    atoms = _Atoms(code, edges[::2], edges[1::2], others, ends)
    return _joined(atoms, *_bonds(atoms))


def _others(code: Array) -> Array:
    """A place in each run of characters that are neither blanks nor harmless signs nor letters. Where atoms
    begin with what is of no surface there, it becomes a sign.
    """
    other = code >= r.OTHERS
    found, places = [], (other[1:] > other[:-1]).nonzero()[0] + 1
    for _ in range(_ASIDES):
        own = code[places]
        role, width = r.roles(own), r.widths(own)
        before, behind = code[places - 1], code[places + width]
        aside = (_has(role, r.ASIDE) & (before < r.LETTERS) & (before != r.CLOSE_CODE)      # not (e)(s)
                 & (~_has(role, r.DASH) | (before != r.POINT_CODE) | (behind < r.SIGNS)))   # not M.-A.
        found.append(places[~aside])
        places, width = places[aside], width[aside]
        for n in range(_WIDEST):
            code[places[width > n] + n] = r.PARTING_CODE
        places += width
        places = places[code[places] >= r.OTHERS]
    return np.concatenate((*found, places))


class _Atoms:
    """Atoms, and the gaps behind them: from each stop to the next start. By atom: `mixed`, whether it has
    other characters than letters, and `open`, whether it has an opening bracket.
    """

    def __init__(self, code: Array, starts: Array, stops: Array, others: Array, ends: Array) -> None:
        self.code, self.starts, self.stops = code, starts, stops
        self.nexts = np.append(starts[1:], ends[-1] + 1)
        self.gaps = self.nexts - stops
        self.signs = code[stops]   # the first of each gap
        self.mixed = np.zeros(len(starts), np.bool_)
        self.mixed[self.at(others)] = True
        self.open = np.zeros(len(starts), np.bool_)
        self.open[self.at((code == r.OPEN_CODE).nonzero()[0])] = True
        self.parted = np.searchsorted(starts, ends) - 1   # the gaps that an end is in

    def at(self, places: Array) -> Array:
        """The atoms that these places of the text are in."""
        return np.searchsorted(self.starts, places, "right") - 1

    def last(self, atoms: Array) -> tuple[Array, Array]:
        """The roles of the last character of each atom, and of the character before it."""
        at = self.stops[atoms] - 1
        last = self.code[at]
        return r.roles(last), r.roles(self.code[at - r.widths(last)])


def _has(roles: Array, role: int) -> Array:
    found: Array = (roles & role) != 0
    return found


def _bonds(a: _Atoms) -> tuple[Array, Array]:
    """By gap, whether it is a bond; by atom, whether it may be of a web address."""
    bonds = np.zeros(len(a.starts), np.bool_)
    gaps = ((a.gaps > 1) | (a.signs != r.BLANK_CODE)).nonzero()[0]
    signs = a.signs[gaps]
    close = gaps[(signs >= r.SIGNS) & (a.code[a.nexts[gaps] - 1] >= r.SIGNS)]   # no blank, nor quotation mark
    points = gaps[signs == r.POINT_CODE]
    bound, elisions = _bound(a, close)
    bonds[bound] = True
    addresses = _addresses(a, close, points)
    bonds[close[addresses[close]]] = True
    first, second = _initials(a, points, addresses)
    bonds[first] = True
    bonds[second[bonds[second - 1]]] = True
    bonds[_over_blanks(a, addresses)] = True
    bonds[elisions[bonds[elisions - 1]]] = True
    bonds[a.parted] = False
    return bonds, addresses


def _bound(a: _Atoms, gaps: Array) -> tuple[Array, Array]:
    """Those of these gaps, all of signs, that are bonds; and the elisions, which are bonds only behind
    another.
    """
    code, sizes = a.signs[gaps], a.stops[gaps] - a.starts[gaps]
    after = a.nexts[gaps]
    sign, (left, before), right, third = (r.roles(code), a.last(gaps), r.roles(a.code[after]),
                                          r.roles(a.code[after + 1]))
    alone = a.gaps[gaps] == r.widths(code)
    inclusive = _has(sign, r.CLOSE) & _has(left, r.FEMININE) & a.open[gaps]   # député(e)s
    number = _has(sign, r.COMMA) & _has(left & right, r.DIGIT)
    address = _has(sign, r.COLON) & _has(right, r.SLASH)
    parting = _has(sign, r.PARTING) & ~(number | address)
    acronym = _has(left, r.LETTER) & ~_has(before, r.LETTER)
    sentence = _has(sign, r.POINT) & _has(right, r.UPPER) & ~acronym   # la fin.Le début
    eliding = ((_has(left, r.ELIDING) & (sizes == 1))
               | (_has(left, r.U_) & _has(before, r.Q_) & (sizes == 2)))
    elision = (alone & eliding & _has(sign, r.APOSTROPHE) & _has(right, r.ELIDED)
               & ~(_has(left, r.L_) & _has(right, r.O_) & _has(third, r.R_)))   # L'Oréal is one word
    bound = inclusive | (alone & ~(parting | sentence | elision))
    return gaps[bound], gaps[elision]


def _addresses(a: _Atoms, close: Array, points: Array) -> Array:
    """By atom, whether it has a slash, an @ or « www. » in it, or before it with close gaps between."""
    found = np.zeros(len(a.starts), np.bool_)
    left, before = a.last(points)
    www = points[_has(left & before, r.W_)]
    begins = np.unique(np.append(a.at((a.code >= r.IN_ADDRESSES).nonzero()[0]), www))
    found[begins] = True
    if len(close):   # runs of close gaps: from their first atom with such a sign to their last atom
        breaks = (np.diff(close) != 1).nonzero()[0]
        firsts, lasts = close[np.append(0, breaks + 1)], close[np.append(breaks, -1)] + 1
        begins = begins[begins <= lasts[-1]]
        begins = begins[firsts[np.searchsorted(lasts, begins)] <= begins]
        run, first = np.unique(np.searchsorted(lasts, begins), return_index=True)
        found[spread(begins[first], lasts[run] + 1 - begins[first])] = True
    return found


def _initials(a: _Atoms, gaps: Array, addresses: Array) -> tuple[Array, Array]:
    """Those of these gaps, which begin with a point, that stand between initials (J. D.), and those that may
    stand between an initial and what comes after: they are bonds behind another.
    """
    blank = a.code[a.stops[gaps] + 1]
    gaps = gaps[(a.gaps[gaps] == 1 + r.widths(blank)) & _has(r.roles(blank), r.SPACE)]
    (left, before), code = a.last(gaps), a.code[a.nexts[gaps]]
    initial = _has(left, r.UPPER) & (~_has(before, r.LETTER) | addresses[gaps])   # a@b.frJ. D. Vance
    behind = initial & _has(r.roles(code), r.UPPER)
    gaps, sizes = gaps[behind], r.widths(code[behind])
    right = gaps + 1
    return gaps[(a.stops[right] - a.starts[right] == sizes) & (a.signs[right] == r.POINT_CODE)], gaps


def _over_blanks(a: _Atoms, addresses: Array) -> Array:
    """The gaps of blanks that are bonds."""
    mixed = a.mixed.nonzero()[0]
    gaps = np.append(mixed, mixed - 1)
    gaps = gaps[a.signs[gaps] < r.QUOTES]
    (left, before), code, next_ = a.last(gaps), a.signs[gaps], a.nexts[gaps]
    blank, head = r.roles(code), a.code[next_]
    width = r.widths(head)
    right, after, third = r.roles(head), r.roles(a.code[next_ + width]), r.roles(a.code[next_ + width + 1])
    alone = ~_has(after, r.LETTER | r.DIGIT)
    space = _has(blank, r.SPACE) & (a.gaps[gaps] == r.widths(code))
    number = _has(left & right & after & third, r.DIGIT)                                     # 10 000
    hour = _has(left, r.DIGIT) & _has(right, r.H_) & alone                                    # 20 h
    minutes = _has(left, r.H_) & ~_has(before, r.LETTER) & _has(right, r.TO_FIVE)             # h 30
    initial = _has(left, r.UPPER) & (~_has(before, r.LETTER) | addresses[gaps])
    ampersand = ((initial & _has(right, r.AMPERSAND))                                        # R &
                 | (_has(left, r.AMPERSAND) & _has(right, r.UPPER) & alone))                 # & D
    broken = _has(blank, r.NEWLINE) & _has(left, r.HYPHEN) & _has(right, r.LOWER)            # gouver-\nnement
    bonds: Array = gaps[broken | (space & (number | hour | minutes | ampersand))]
    return bonds


def _joined(a: _Atoms, bonds: Array, addresses: Array) -> Units:
    """The units that atoms are with these bonds."""
    bonded = bonds.nonzero()[0]
    odd, firsts = a.mixed | addresses, np.ones(len(bonds), np.bool_)
    odd[bonded] = odd[bonded + 1] = True
    firsts[bonded + 1] = False
    lasts = (~bonds).nonzero()[0]
    starts, stops = a.starts[firsts], a.stops[lasts]
    which = odd[firsts].nonzero()[0]
    last = lasts[which]
    (left, before), sign = a.last(last), r.roles(a.signs[last])
    # what a surface ends with, or does not end because of: (e), Saint-Jean-d' Illiac, U.S., an address
    more = (addresses[last] | (_has(sign, r.CLOSE) & _has(left, r.FEMININE) & a.open[last])
            | (_has(sign, r.APOSTROPHE) & _has(before, r.HYPHEN))
            | (_has(sign, r.POINT) & _has(left, r.LETTER) & _has(before, r.POINT | r.HYPHEN)))
    stops[which[more]] = a.nexts[last[more]]
    less = which[~more]
    for _ in range(_ASIDES):
        code = a.code[stops[less] - 1]
        role, width = r.roles(code), r.widths(code)
        aside = _has(role, r.ASIDE) & ~_has(role, r.PLUS) & (starts[less] < stops[less] - width)
        less = less[aside]
        stops[less] -= width[aside]
    return Units(starts, stops, which)
