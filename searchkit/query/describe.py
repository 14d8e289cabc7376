"""A query in plain French words, so that its author sees how it was understood."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from searchkit.query import groups, leaves
from searchkit.query.grammar import Grammar
from searchkit.query.parsed import NOTHING
from searchkit.query.said import period
from searchkit.query.tree import Query, query

_WHERE = {
    "text": "dans tout le texte", "title": "dans le titre", "lede": "dans le chapô", "body": "dans le corps",
    "entities": "dans les noms",
}
_VALUE = {
    "source": "source", "section": "rubrique", "author": "auteur", "tag": "tag", "entity": "nom",
    "person": "personne", "organisation": "organisation", "place": "lieu", "url": "adresse",
    "id": "identifiant",
}
_PATTERN = {
    query.Prefix: "les mots en « {}… »", query.Wildcard: "les mots de la forme « {} »",
    query.FuzzyTerm: "les mots proches de « {} »",
}
_EVERYTHING = "tous les articles"
_PRESENT = {
    "source": "une source", "section": "une rubrique", "author": "un auteur", "tag": "un tag",
    "entity": "un nom", "person": "une personne", "organisation": "une organisation", "place": "un lieu",
    "url": "une adresse", "id": "un identifiant",
}


class Requirement(NamedTuple):
    """One of the things that a query requires: in words, where it was typed, and its tree."""

    said: str
    start: int
    end: int
    node: Query


def describe(text: str, match: str = "auto", now: datetime | None = None) -> str:
    """The query in words.

        >>> describe("sommet IA depuis:2025-02")
        '« sommet » et « IA » dans tout le texte, depuis le 1er février 2025'
    """
    try:
        group = Grammar(text, now).read()
        return _sentence(group, "ou" if match == "any" and not group.explicit else "et") or NOTHING
    except Exception:  # as in `grammar.read`: a search box never fails
        return f"les mots de « {' '.join(text.split())} »"


def requirements(text: str) -> tuple[Requirement, ...]:
    """What a query requires, one by one; empty where that is no list of requirements. Never raises.

        >>> [(one.said, one.start) for one in requirements("sommet IA depuis:2025-02 -Macron")]
        [('« sommet »', 0), ('« IA »', 7), ('depuis le 1er février 2025', 10)]
    """
    try:
        parser = Grammar(text, None)
        nodes = [node for node in parser.read().kept() if not isinstance(node, groups.Except)]
        found = [(node, node.query(parser)) for node in nodes]
        return tuple(Requirement(_filter(node) if node.is_filter else _node(node), *_place(node), tree)
                     for node, tree in found if tree is not None)
    except Exception:  # as in `grammar.read`: a search box never fails
        return ()


def _place(node: Any) -> tuple[int, int]:
    """From where to where a node was typed."""
    if not isinstance(node, groups.Group):
        return node.startchar, node.endchar
    places = [_place(inner) for inner in node.nodes]
    return min(start for start, _ in places), max(end for _, end in places)


def _sentence(group: groups.Group, link: str = "et") -> str:
    nodes = group.kept()
    texts = [node for node in nodes if not node.is_filter and not isinstance(node, groups.Except)]
    without = [node[0] for node in nodes if isinstance(node, groups.Except)]
    excluded = [node for node in without if not node.is_filter]
    fields = {_field(node) for node in (*texts, *excluded)}
    where = fields.pop() if len(fields) == 1 else None
    sentence = []
    if texts or excluded:
        said = _listed_without(texts, excluded, link, located=where is None)
        sentence = said if where is None else [f"{' '.join(said)} {_WHERE[where]}"]
    sentence += [_filter(node) for node in nodes if node.is_filter and not isinstance(node, groups.Except)]
    sentence += ["sauf " + _filter(node) for node in without if node.is_filter]
    if without and not texts:
        sentence.insert(0, _EVERYTHING)
    return ", ".join(sentence)


def _listed_without(nodes: Sequence[Any], excluded: Sequence[Any], link: str, *, located: bool) -> list[str]:
    """What is asked for, and what is excluded from all of it."""
    said = [_listed(nodes, link, located=located)] if nodes else []
    if not excluded:
        return said
    if nodes and not located and (link == "ou" if len(nodes) > 1 else _is_choice(nodes[0])):
        said = [f"({said[0]})"]
    return [*said, "sans " + _listed(excluded, "ni", located=located)]


def _is_choice(node: Any) -> bool:
    return type(node) is groups.Any_ and bool(node.boost == 1.0)


def _listed(nodes: Sequence[Any], link: str, *, located: bool) -> str:
    """Nodes joined by a word, those of one field together with the field's place in the sentence."""
    if len(nodes) == 1 and _is_choice(nodes[0]):
        return _listed(nodes[0].nodes, "ou", located=located)
    part = _part if len(nodes) > 1 else _node
    if not located:
        return f" {link} ".join(map(part, nodes))
    runs = [(field, list(run)) for field, run in groupby(nodes, _field)]
    return f" {link} ".join(
        f" {link} ".join(map(part, run)) + (f" {_WHERE[field]}" if field else "") for field, run in runs)


def _field(node: Any) -> str | None:
    """The one word field of a node, None where it has several or none."""
    if not isinstance(node, groups.Group):
        return node.field if not node.is_filter else None
    fields = {_field(inner) for inner in node.nodes}
    return fields.pop() if len(fields) == 1 else None


def _part(node: Any) -> str:
    """A node beside others: « à 5 mots au plus de « Xi » ou « Berlin » » could be near either."""
    return f"({_node(node)})" if isinstance(node, groups.NearGroup) else _node(node)


def _node(node: Any) -> str:
    words = _leaf(node) if isinstance(node, leaves.Leaf) else _group(node)
    return words if node.boost == 1.0 or node.is_filter else f"{words} (× {node.boost:g})"


def _group(node: Any) -> str:
    if isinstance(node, groups.NearGroup):
        first, last, within = _node(node[0]), _node(node[1]), f"à {_count(node.distance)} au plus"
        return f"{first} suivi de {last} {within}" if node.ordered else f"{first} {within} de {last}"
    if isinstance(node, groups.AtLeastGroup):
        return f"{_node(node[0])} au moins {node.count} fois"
    if isinstance(node, groups.QuorumGroup):
        return f"au moins {min(node.count, len(node.nodes))} parmi ({', '.join(map(_node, node.nodes))})"
    if isinstance(node, groups.Except):
        return f"tout sauf {_node(node[0])}"
    link = "ou" if isinstance(node, groups.Any_) else "et"
    inner = node.kept()
    located = _field(node) is None
    excluded = [one[0] for one in inner if isinstance(one, groups.Except)]
    others = [one for one in inner if not isinstance(one, groups.Except)]
    if link == "et" and excluded and others and not any(one.is_filter for one in inner):
        return f"({' '.join(_listed_without(others, excluded, link, located=located))})"
    words = _listed(inner, link, located=located)
    return words if len(inner) == 1 and type(inner[0]) is not groups.Any_ else f"({words})"


def _leaf(node: Any) -> str:
    if node.is_filter:
        return _filter(node)
    text = " ".join(node.text.split())
    if isinstance(node, leaves.PhraseLeaf):
        if node.distance is not None:
            return f"« {text} » à {_count(node.distance)} au plus"
        return f"l’expression « {text} »" if " " in text else f"« {text} »"
    if isinstance(node, leaves.ExactLeaf):
        return f"exactement « {text} »"
    if isinstance(node, leaves.PatternLeaf):
        return _PATTERN[node.kind].format(node.pattern)
    if isinstance(node, leaves.UrlLeaf):
        return f"l’adresse « {text} »"
    return f"« {text} »"


def _filter(node: Any) -> str:
    if isinstance(node, leaves.EveryLeaf):
        return f"avec {_PRESENT[node.field]}" if node.field in _PRESENT else _EVERYTHING
    if isinstance(node, leaves.RangeLeaf):
        if node.name == "words":
            return _length(node.low, node.high)
        words = period(node.low, node.high) or _EVERYTHING
        return f"modifié {words}" if node.name == "modified" else words
    if isinstance(node, leaves.Leaf):
        return f"{_VALUE[node.field]} « {' '.join(node.text.split())} »"
    return _group(node)


def _length(low: int | None, high: int | None) -> str:
    if low is not None and high is not None:
        return _count(low) if low == high else f"de {low} à {_count(high)}"
    return f"plus de {_count(low - 1)}" if low is not None else f"moins de {_count((high or 0) + 1)}"


def _count(number: int) -> str:
    return f"{number} mot" if number < 2 else f"{number} mots"
