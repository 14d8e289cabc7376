"""Front matter: the fields between two lines of --- (YAML) or +++ (TOML) at the top of a Markdown file.

The part of YAML 1.2 that people write there: scalars, quoted or not, lists in brackets or with dashes, texts
after | and >, and fields within a field or an item of a list (an author's name and address). Anything else is
passed over; nothing is ever constructed or run.
"""

from __future__ import annotations

import re
from typing import Any

_BLOCK = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\ufeff?\+\+\+[ \t]*\r?\n(.{0,16384}?)^\+\+\+[ \t]*\r?$\n?", re.DOTALL | re.MULTILINE)
_SAYS = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)  # more than blanks and comments
_KEY = re.compile(r"^[ \t]*[\w.-]+[ \t]*=", re.MULTILINE)
_FIELD = re.compile(r"([^\s#:'\"\[{-][^:#]{0,60}?)\s*:(?:\s+(.*))?$")
_COMMENT = re.compile(r"(?<!\s)\s+#.*$")  # tried at the first of several blanks only, not at each
_ITEM = re.compile(r"\s*-(?:\s+(.*))?$")
_INNER = re.compile(r"\s*[A-Za-z_]\w*:(?:\s|$)")
_PARTS = re.compile(r"\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^,]*)\s*(?:,|$)")
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


def split(text: str) -> tuple[dict[str, Any], str]:
    """The fields of a text's front matter, and the text below; ({}, text) where there is none.

    >>> split("---\\ntitle: La crue\\ntags: [Loire, eau]\\n---\\nLa Loire monte.")
    ({'title': 'La crue', 'tags': ['Loire', 'eau']}, 'La Loire monte.')
    """
    for pattern, read in ((_TOML, _toml), (_BLOCK, _yaml)):
        block = pattern.match(text)
        if block and ((found := read(block[1])) or not _is_text(block[1])):
            return found, text[block.end() :]
    return {}, text


def _is_text(block: str) -> bool:
    """Whether what is between two lines, and has no field that can be read, is text between two rules."""
    return bool(_SAYS.search(block)) and not _KEY.search(block)


def _toml(text: str) -> dict[str, Any]:
    """The fields of TOML 1.0; none where it is wrong."""
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return {}


def _yaml(text: str) -> dict[str, Any]:
    lines = text.splitlines()
    found: dict[str, Any] = {}
    at = 0
    while at < len(lines):
        field = _FIELD.match(lines[at])
        at += 1
        if not field:
            continue
        below = at
        while below < len(lines) and (not lines[below].strip() or lines[below][:1] in " \t-"):
            below += 1
        found[field[1].strip()] = _value((field[2] or "").strip(), lines[at:below])
        at = below
    return found


def _value(said: str, below: list[str]) -> Any:
    if said[:1] in ("|", ">"):
        joint = "\n" if said[0] == "|" else " "
        return joint.join(line.strip() for line in below).strip()
    if said.startswith("[") or (not said and below and below[0].strip().startswith("[")):
        inside = " ".join((said, *map(str.strip, below))).strip().strip("[]")
        return [text for part in _PARTS.findall(inside) if (text := _scalar(part))]
    if not said and any(map(_ITEM.match, below)):
        return [item for lines in _items(below) if (item := _item(lines))]
    if not said and (named := _named(below)):
        return named
    if said[:1] in ("'", '"'):
        return _scalar(" ".join((said, *map(str.strip, below))).strip())
    return _scalar(" ".join((_COMMENT.sub("", said), *map(str.strip, below))).strip())


def _items(lines: list[str]) -> list[list[str]]:
    """The lines of each item of a list, without its dash."""
    found: list[list[str]] = []
    for line in lines:
        if match := _ITEM.match(line):
            found.append([match[1] or ""])
        elif found:
            found[-1].append(line)
    return found


def _item(lines: list[str]) -> Any:
    return _named(lines) or _scalar(lines[0])


def _named(lines: list[str]) -> dict[str, str | None]:
    """The fields that these lines are, if one of them is a name."""
    lines = list(filter(str.strip, lines))  # an item may begin below its dash
    if not lines or not _INNER.match(lines[0]):
        return {}
    fields = {field[1]: _scalar(field[2] or "") for line in lines if (field := _FIELD.match(line.strip()))}
    return fields if fields.get("name") else {}


def _scalar(text: str) -> str | None:
    text = text.strip()
    for mark in "'\"":
        if text.startswith(mark) and (end := text.rfind(mark)) > 0:
            inside = text[1:end]
            if mark == "'":
                return inside.replace("''", "'")
            return re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[0]), inside)
    text = _COMMENT.sub("", text)
    return None if text in _NOTHING else text
