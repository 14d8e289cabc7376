"""Bylines: « Par Rose Exemple et Luc Essai (avec AFP) » names two people and an agency."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BY = re.compile(
    r"^\W*(?:(?:un |une )?(?:article|texte|propos|reportage|enquête|analyse|entretien|interview|récit)s? "
    r"(?:recueillis? |réalisée? |écrite? )?(?:de|par) |"
    r"(?:écrit|rédigé|publié|posté|soumis|(?:propos )?recueillis?|signé) par |"
    r"par |(?:written )?by |"
    r"de notre (?:correspondante?|envoyée? spéciale?) |textes?(?: et photos?)? ?: |auteure? ?: |"
    r"source ?:? (?=(?:AFP|AP|ATS|Belga|Reuters)\b))\W*",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*(?:[;|/•·&]|\bet\b|\band\b)\s*")
_WITH = re.compile(r"\s*,?\s*\b(?:avec|with)\s+(?:l['’])?")
_ARTICLES = ("Le ", "La ", "Les ", "L'", "L’")
_ADDRESS = re.compile(r"[^\s()]+@[^\s()]+|https?://[^\s()]*|www\.[^\s()]*|(?<!\w)@\w+")
_PARTICLE = r"(?:d[eu]s?|la|le|van|von|der|den|ter|ben|bin|al|el|da|dos|di|y)"
_TOKEN = r"(?:[dDlLOM]['’]|Mc|Mac)?[A-ZÀ-ÖØ-ÞŒŠŽ](?:[\w’'-]*\w|\.)?\.?"
_NAME = re.compile(rf"{_TOKEN}(?: (?:{_TOKEN}|{_PARTICLE})){{0,3}} {_TOKEN}")
_DATE_OR_TIME = re.compile(
    r"(?:\s*[-–—,|•·]\s*|\s+)"
    r"(?:(?:publi(?:ée?|shed)|mise? à jour|modifiée?|updated)\b|le (?:\d|[a-z]{3}[.,] \d)"
    r"|(?:à )?\d{1,2}(?:[/.h:]\d| \w+ \d{4})).*$",
    re.IGNORECASE,
)
_FUNCTION = re.compile(r"\s+(?:envoyée?s? spécia|correspondante?s?\b|journalistes?\b).*$", re.IGNORECASE)
_ACCOUNT = re.compile(
    r"(?:admin\w*|super ?user|root|webmaster|user|auteur|author|null|none|undefined|anonyme|[a-z._-]+\d+)",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?…][»”\"')\s]*$")
_LONGEST = 400


def is_name(text: str) -> bool:
    """Whether a text looks like a person's first and last name, and like nothing else.

    >>> is_name("Rose-Amélie Bécel"), is_name("Charles de Gaulle"), is_name("Une grève")
    (True, True, False)
    """
    return len(text) <= 60 and bool(_NAME.fullmatch(text.strip()))


def says_by(text: str) -> bool:
    """Whether a line begins with « Par » or another word that names who wrote."""
    return bool(_BY.match(text.strip()))


def is_function(text: str) -> bool:
    """Whether a text is what a person is for a newspaper, and nothing else.

    >>> is_function("envoyée spéciale à Brest"), is_function("Le journaliste")
    (True, False)
    """
    return bool(_FUNCTION.fullmatch(f" {text}"))


def byline(text: str) -> tuple[str, ...] | None:
    """The names of a line that says who wrote: "Par …", or nothing but names; None for any other line.

    >>> byline("Par Jean Dupont, correspondant à Brest, et Marie Essai")
    ('Jean Dupont', 'Marie Essai')
    """
    line = text.strip()
    if not line or len(line) > 160 or line.endswith((".", "?", "!")):
        return None
    said = _BY.match(line)
    names = authors(line)
    if said and names and (line[said.end()].isupper()) and len(line.split()) <= 18:
        return names
    bare = [
        _person(part)
        for part in re.split(r"\s*(?:,|&|\bet\b|\bavec\b)\s*", re.sub(r"\s*\([^()]*\)", "", line))
        if part
    ]
    return (
        names
        if bare and all(is_name(part) or part.isupper() for part in bare) and any(map(is_name, bare))
        else None
    )


def unsigned(lines: list[str], known: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines without a signature below them, and its names: "Par …", the known ones once more, or where
    nobody is known one name below the end of a sentence.

    >>> unsigned(["La crue monte.", "Rose Exemple"], ()), unsigned(["Ont voté :", "Rose Exemple"], ())
    ((['La crue monte.'], ('Rose Exemple',)), (['Ont voté :', 'Rose Exemple'], ()))
    """
    *above, last = [at for at, line in enumerate(lines) if line] or [0]
    names = (lines and byline(lines[last])) or ()
    is_alone = not known and len(names) == 1 and bool(above) and _STOP.search(lines[above[-1]]) is not None
    if last and names and (is_alone or says_by(lines[last]) or set(names) <= set(known)):
        return lines[:last], names
    return lines, ()


def authors(text: str) -> tuple[str, ...]:
    """The names in a byline or an author field, without « Par », functions, places, addresses and dates.

    >>> authors("Par Rose Exemple avec AFP, publié le 3 mars 2025")
    ('Rose Exemple', 'AFP')
    >>> authors("Le Rivage avec AFP")  # a newsroom and its agency sign as one
    ('Le Rivage avec AFP',)
    """
    line = _BY.sub("", " ".join(_ADDRESS.sub(" ", text[:_LONGEST]).split()))
    line = _DATE_OR_TIME.sub("", re.sub(r"\s*\([^()]*\)", "", line))
    found: dict[str, None] = {}
    for part in (half for whole in _SEPARATORS.split(line) for half in _halves(whole)):
        first, *others = (_trimmed(piece) for piece in part.split(","))
        for name in (first, *filter(is_name, others)):
            if any(map(str.isalpha, name)) and not _ACCOUNT.fullmatch(name):
                found.setdefault(_BY.sub("", name))
    return tuple(found)


def _trimmed(name: str) -> str:
    """A name without marks around it, or a person's function; the full stop of an initial stays."""
    name = _person(name).strip(' :-–—"«»').lstrip(".")
    return name if re.search(r"\b[A-Z]\.$", name) else name.rstrip(" .")


def _person(name: str) -> str:
    person = _FUNCTION.sub("", name)
    return person if is_name(person) else name


def _halves(part: str) -> list[str]:
    """A person « avec AFP » are two; a newsroom « avec AFP » is one."""
    first, *others = _WITH.split(part)
    person = is_name(first.split(",")[0]) and not first.startswith(_ARTICLES)
    return [first, *others] if person or not first else [part]
