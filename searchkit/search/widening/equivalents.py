"""What else is written for a word, or for several: the acronyms that articles define and their long forms
(indexing/aliases.py), the spellings of a name that are known (entities/variants.py), units and numbers (35h,
COP26), words that are welded to the next, the verb of « mise en examen ».

An acronym that is also a French word (SAC, CAP, ART) is one only when typed in capitals, and nothing leads to
it. A long form of one word (« Les Républicains ») leads to no acronym.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from searchkit import analysis
from searchkit.analysis import tables
from searchkit.analysis.folding import fold, fold_word
from searchkit.analysis.inflection import inflect
from searchkit.analysis.lexicon import lookup
from searchkit.entities.recorded import long_key, short_key
from searchkit.entities.variants import variants
from searchkit.indexing.aliases import Acronyms, Alias, in_order
from searchkit.indexing.once import once
from searchkit.indexing.snapshot import Snapshot
from searchkit.moments import MONTHS

_UNITS = (("km", "kilomètres", "kilomètre"), ("kg", "kilos", "kilo"), ("kg", "kilogrammes", "kilogramme"),
          ("ha", "hectares", "hectare"), ("min", "minutes", "minute"), ("m²", "mètres carrés"),
          ("km²", "kilomètres carrés"), ("m³", "mètres cubes"),
          ("km/h", "kilomètres par heure", "kilomètres à l'heure", "kilomètres heure"), ("kmh", "km/h"))
"""Signs and the words for them, that in the plural first; several words are known in either number."""
_AMOUNTS = (("M€", "millions d'euros"), ("Md€", "milliards d'euros"), ("Mds€", "milliards d'euros"))
"""Signs and their words, which find the sign by themselves."""
_WORDS = {"m": "mètres", "t": "tonnes"} | {sign: word for sign, word, *_ in reversed(_UNITS)}
"""What a sign that is welded to a number stands for. (« m » and « t » alone are more often m' and t'.)"""
_WELDED = tables.words("""
agro anti aujourd auto bio co cyber e éco eco électro electro entr euro extra géo geo hydro hyper infra inter
intra macro méga mega méta meta micro mini mono moto multi narco néo neo para photo play poly post pré pre
pro prud pseudo radio rétro retro semi socio start super télé tele trans ultra uni vice vidéo video week wi
""")
"""First words that are often welded to the next: « anti terroriste » is antiterroriste, « prud hommes » are
prud'hommes.
"""
_NUMBERED = re.compile("([a-z]{2,}|[befgkprvx])([0-9]{1,3})")
"""A name with a number welded to it; a letter that may be a small word (à 13, d'13) begins none."""
_MEASURED = re.compile(f"([0-9]+)({'|'.join(sign for sign in _WORDS if sign.isalpha())})")
_PUT = {"mise": ("mis",), "remise": ("remis",), "prise": ("pris",), "reprise": ("repris",),
        "entree": ("entré", "entre"), "arrivee": ("arrivé",)}
"""Nouns of a verb that the press writes as often: whose « mise en examen » it tells was « mis en examen »."""


class Other(NamedTuple):
    """What else to search: its `spellings`, the first of them to be shown; `capitals`: only for a word typed
    so.
    """

    spellings: tuple[str, ...]
    capitals: bool = False


class Table:
    """What leads where in a snapshot: from one word, by its folded form, and from several, by their first
    term. Most acronyms are never asked for: each is looked into when it is.
    """

    def __init__(self, acronyms: Acronyms) -> None:
        self._acronyms = acronyms
        self._words: dict[str, list[Other]] = {}
        self._runs: dict[str, list[tuple[list[str], Other]]] = {}

    def word(self, key: str) -> Sequence[Other]:
        """What one word leads to."""
        if key not in self._acronyms:
            return _spelt().get(key) or _in_full(key)
        if key not in self._words:
            alias = self._alias(key)
            own = [Other(alias.spellings, _is_ordinary(alias))] if alias else []
            self._words[key] = [*own, *_spelt().get(key, ())]
        return self._words[key]

    def runs(self, first: str) -> Sequence[tuple[list[str], Other]]:
        """The runs of several words that begin with this term, and what each leads to."""
        if first not in self._acronyms.beginning:
            return _several(first) or _counted(first)
        if first not in self._runs:
            aliases = in_order(map(self._alias, self._acronyms.beginning[first]))
            runs = [(alias.long_key.split(" "), Other((alias.short,))) for alias in aliases
                    if not _is_ordinary(alias)]
            own = [(terms, other) for terms, other in runs if len(terms) > 1 and terms[0] == first]
            self._runs[first] = [*own, *_several(first)]
        return self._runs[first]

    def _alias(self, acronym: str) -> Alias | None:
        alias = self._acronyms.alias(acronym)
        return None if alias is None or analysis.is_stop(alias.short) else alias


def _in_full(word: str) -> Sequence[Other]:
    """What a word with a number welded to it stands for: 35h for « 35 heures », 5kg for « 5 kilos », COP26
    for « COP 26 ».
    """
    number = word.removesuffix("h")
    if number != word and _is_few(number):
        return (Other((f"{number} heures",)),)
    if measured := _MEASURED.fullmatch(word):
        return (Other((f"{measured[1]} {_WORDS[measured[2]]}",)),)
    numbered = _NUMBERED.fullmatch(word) if word[-1:].isdecimal() else None
    if not numbered or analysis.is_stop(numbered[1]):
        return ()
    return (Other((f"{numbered[1].upper()} {numbered[2]}",)),)


def _counted(number: str) -> Sequence[tuple[list[str], Other]]:
    """What words behind a number are written as: « 35 heures » as 35h, « 1 mai » as « 1er mai »."""
    if not _is_few(number):
        return ()
    hours = ([number, "heure"], Other((f"{number}h",)))
    months = MONTHS if number == "1" else ()
    return (hours, *(([number, fold_word(month)], Other((f"1er {month}",))) for month in months))


def _is_few(number: str) -> bool:
    return len(number) < 3 and number.isascii() and number.isdecimal() and number[0] != "0"


def _is_ordinary(alias: Alias) -> bool:
    """Whether an acronym is also a word."""
    return lookup(alias.short_key) is not None


@once
def table(snapshot: Snapshot) -> Table:
    """The aliases of a snapshot."""
    return Table(snapshot.acronyms)


@cache
def _spelt() -> dict[str, list[Other]]:
    """The ways to write a name or a unit in one word, each with the others."""
    found: dict[str, list[Other]] = {}
    for way, other in _pairs():
        if " " not in way:
            found.setdefault(short_key(way), []).append(other)
    return found


@cache
def _spelt_in_several() -> dict[str, list[tuple[str, Other]]]:
    """The same of those that are several words, by the first term."""
    found: dict[str, list[tuple[str, Other]]] = {}
    for way, other in _pairs():
        first, *more = way.replace("/", " ").split(" ")
        if more:
            found.setdefault(inflect(fold_word(first)), []).append((" ".join([first, *more]), other))
    return found


@lru_cache(1 << 10)
def _several(first: str) -> list[tuple[list[str], Other]]:
    return [(long_key(way.split(" ")).split(" "), other) for way, other in _spelt_in_several().get(first, ())]


def _pairs() -> list[tuple[str, Other]]:
    names = [(way, Other((other,))) for ways in variants() for way in ways for other in ways if other != way]
    signs = [(sign, Other(tuple(words))) for sign, *words in (*_UNITS, *_AMOUNTS)]
    return [*names, *signs, *((word, Other((sign,))) for sign, *words in _UNITS for word in words)]


def as_one(first: str, between: str, second: str) -> Other | None:
    """What else is written for two words: antiterroriste for « anti terroriste », COP26 for « COP 26 », « mis
    en examen » for « mise en examen ».
    """
    if between != " ":
        verbs = _PUT.get(fold_word(first).removesuffix("s"), ())
        is_put = verbs and fold(between) in (" en ", " a ", " au ", " aux ", " sous ")
        return Other(tuple([f"{verb}{between}{second}" for verb in verbs])) if is_put else None
    if second.isdecimal():
        is_one = _NUMBERED.fullmatch((first + second).lower()) is not None
    else:
        is_one = first.lower() in _WELDED and second.isalpha()
    return Other((first + second,)) if is_one else None
