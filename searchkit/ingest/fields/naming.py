"""What a field is called in the wild: the names that a record's values have, and which fields of an article
they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from searchkit.ingest.streams.twice import once

# Each field's names in the wild, the best first: of several in a record, the first that is not empty counts.
NAMES: dict[str, str] = {
    "id": "id _id identifiant identifier guid uuid identifiant_de_la_notice",
    "title": "title titre headline titre_de_l_article titre_article article_title post_title "
    "titre_propre",
    "body": "body text texte content contenu corps full_text article_body articlebody content_text "
    "content_html body_html maintext main_text plaintext plain_text texte_integral texte_de_l_article "
    "texte_article article_text body_text page_content post_content article html",
    "lede": "lede lead heading chapo chapeau standfirst description summary resume abstract excerpt "
    "post_excerpt abstract_note",
    "published": "published date published_at date_published datepublished pubdate pub_date published_date "
    "publication_date date_publication date_de_publication publie publie_le parution date_parution "
    "date_de_parution publish_date date_publish publishing_date date_article date_edition date_d_edition "
    "date_diffusion date_de_diffusion date_mise_en_ligne date_de_mise_en_ligne datetime post_date "
    "created_at created issued seendate",
    "modified": "modified date_modified datemodified modified_at updated updated_at lastmod last_modified "
    "date_modification date_de_modification mis_a_jour mise_a_jour date_maj date_modify changed "
    "post_modified",
    "source": "journal_clean source media journal publication publisher site titre_de_presse source_name "
    "nom_source nom_de_la_source media_name nom_du_media publication_name publication_title "
    "nom_de_la_publication container_title site_name source_hostname support source_domain domain_name "
    "hostname domain chaine chaine_de_diffusion societe_de_programmes",
    "url": "url link lien permalink canonical web_url page_url article_url url_article lien_article "
    "url_de_l_article lien_de_l_article canonical_url",
    "authors": "authors author auteurs auteur byline journaliste signature journalistes creator published_by "
    "post_author",
    "section": "section rubrique category categorie article_section section_name categories "
    "titre_collection",
    "tags": "tags tag keywords mots_cles mots_clefs motscles etiquettes themes topics descripteurs",
    "entities": "entities entites",
    "language": "language lang langue in_language meta_lang human_language langcode",
}

_HOUR = (
    "heure hour time heure_publication heure_de_publication heure_parution heure_de_parution heure_diffusion "
    "heure_de_diffusion publication_time pub_time"
)
"""What the hour beside a date is called: no field of an article, it goes into `published`."""

ABOVE_HEADER = 10
"""Rows of a table: its header is one of them, below a title and what it was made of."""
NAME_COLUMNS = "Name the columns: title, body, date, url, …"

_MARKUP = frozenset({"content_html", "body_html", "html"})
_RANKS = {
    name.replace("_", ""): (field, rank, name in _MARKUP)
    for field, names in (*NAMES.items(), ("hour", _HOUR))
    for rank, name in enumerate(names.split())
}
_HTTP = ("http://", "https://")
_LAST = 1000  # a rank below all


def fields(record: Mapping[Any, Any]) -> dict[str, Any]:
    """A record's values by the names of Article, and "hour"; what is empty or unknown is left out."""
    found: dict[str, Any] = {}
    ranks: dict[str, int] = {}
    address = ""
    for key, value in record.items():
        known = _known(key) if isinstance(key, str) and len(key) < 40 else None
        if known is None or is_nothing(value):
            continue
        field, rank, is_markup = known
        if field == "source" and isinstance(value, str) and value.startswith(_HTTP):
            address, rank = value, _LAST
        if rank <= ranks.get(field, rank):
            found[field], ranks[field] = {"rendered": value} if is_markup else value, rank
    if address and found["source"] != address:
        found.setdefault("url", address)  # trafilatura: "source" is the address, "source-hostname" the site
    return found


def has_articles(columns: Iterable[str]) -> bool:
    """Whether the rows of a table with these columns can be articles: one is a title or a body.

    >>> has_articles(["Titre", "Prix"]), has_articles(["Date", "Prix"])
    (True, False)
    """
    return is_header(columns, is_first=True)


def is_header(columns: Iterable[str], *, is_first: bool) -> bool:
    """Whether a row names the columns of a table: a title or a body, and another field where it is not its
    first row.

    >>> is_header(["Titre", "Date"], is_first=False), is_header(["Article"], is_first=False)
    (True, False)
    """
    found = fields(dict.fromkeys(columns, "x"))
    return not {"title", "body"}.isdisjoint(found) and (is_first or len(found) > 1)


@lru_cache(maxsize=1024)
def _known(key: str) -> tuple[str, int, bool] | None:
    """The field that a name means, its rank among those that do, and whether the value is HTML."""
    plain = unicodedata.normalize("NFD", once(key).casefold())
    return _RANKS.get(re.sub(r"[\W_]+", "", plain))


def is_nothing(value: Any) -> bool:
    """Whether a field is empty; NaN, which no value equals, is how tables of figures write that it is."""
    return value is None or value == "" or (isinstance(value, float) and value != value)
