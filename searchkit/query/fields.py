"""The names of the fields, French, English and of Google, and the codes of Europresse and Factiva, folded."""

from __future__ import annotations

WORD_FIELDS = {
    "title": "titre title headline intitle",
    "lede": "chapo chapeau lede lead",
    "body": "texte body corps",
    "text": "text tout intext",
    "entities": "entites entities",
}
VALUE_FIELDS = {
    "source": "source journal media",
    "section": "section rubrique",
    "author": "auteur auteure author signature",
    "tag": "tag motcle",
    "entity": "entite entity",
    "person": "personne person",
    "organisation": "organisation organization",
    "place": "lieu place",
    "url": "url site inurl",
    "id": "id",
}
DATE_FIELDS = {
    "on": "date publie published",
    "since": "depuis since",
    "before": "avant before",
    "after": "apres after",
    "until": "jusque jusqu'a jusqu'au jusqu'en until",
    "modified": "modifie modified",
}
COUNTED = {"language": "langue", "day": "jour", "week": "semaine", "month": "mois", "year": "annee"}
"""What answers are counted by besides the fields that are values, and its French names."""
LENGTH_FIELDS = {"words": "mots words"}
CODES = {
    "title": "tit_head hd", "lede": "lp", "text": "text", "body": "td", "author": "aut_by by",
    "source": "pub_name sn", "section": "se", "words": "wc", "on": "pd",
}


def _names(*tables: dict[str, str]) -> dict[str, str]:
    return {name: field for table in tables for field, names in table.items() for name in names.split()}


NAMES = _names(WORD_FIELDS, VALUE_FIELDS, DATE_FIELDS, LENGTH_FIELDS)
FACET_NAMES = _names(VALUE_FIELDS, COUNTED)
NAMES_BEFORE_EQUALS = NAMES | _names(CODES)
