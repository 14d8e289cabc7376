"""Random articles, states of an index and query trees; and the articles in an index that Whoosh wrote."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from whoosh import fields, query
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import RamStorage

from searchkit import analysis
from searchkit.article import Article, Entity
from searchkit.index import Index

WORDS = """sommet sommets Sommet journal journaux l'IA IA I.A. à a sûr sur été étés Paris parisien parisiens
porte-parole porte parole Canal+ canal R&D 10000 10 000 3,5 3.5 XXIe 21e étudiant·e·s étudiante député(e)s
@LeMonde #IA le la de et économie économique Économie grève grèves aujourd'hui d'or or eau eaux climat
climatique vert verte www.lemonde.fr jo JO M€ McDonald's élection élections électeur vote votes voté
voter""".split()  # noqa: SIM905
SOURCES = ("", "Le Monde", "Libération", "LE MONDE", "Ouest-France")
PEOPLE = ("Emmanuel Macron", "Élisabeth Borne", "Zoé Été")
TAGS = ("IA", "ia", "Économie", "Grève", "grande école")
ENTITIES = (
    Entity("Paris", "LOC"),
    Entity("Emmanuel Macron", "PER"),
    Entity("ONU", "ORG"),
    Entity("Canal+", "ORG"),
)
START = datetime(2024, 1, 1, tzinfo=UTC)


def text(random: random.Random, longest: int) -> str:
    return " ".join(random.choices(WORDS, k=random.randint(1, longest)))


def article(random: random.Random, id: int) -> Article:
    published = None if random.random() < 0.2 else START + timedelta(hours=random.randint(0, 9000))
    return Article(
        title=text(random, 6),
        body=text(random, random.choice((5, 40, 120))),
        id=f"a{id}",
        lede=random.choice(("", text(random, 8), text(random, 90))),
        published=published,
        source=random.choice(SOURCES),
        authors=tuple(random.sample(PEOPLE, random.randint(0, 2))),
        section=random.choice(("", "Monde", "Éco")),
        tags=tuple(random.sample(TAGS, random.randint(0, 3))),
        url=random.choice(("", f"https://exemple.fr/{id}")),
        entities=tuple(random.sample(ENTITIES, random.randint(0, 3))),
        language=random.choice(("fr", "fr", "fr", "en")),
    )


def build(random: random.Random, index: Index, commits: int, most: int) -> None:
    """Several commits with additions, updates and deletions; sometimes everything is merged at the end."""
    last = 0
    for _ in range(commits):
        new = [article(random, last + i) for i in range(random.randint(1, most))]
        again = [article(random, random.randrange(last)) for _ in range(random.randint(0, 2))] if last else []
        last += len(new)
        index.add(again + new)
        if random.random() < 0.7:
            index.delete([f"a{random.randrange(last)}" for _ in range(random.randint(1, 3))])
    if random.random() < 0.2:
        index.optimize()


# --- query trees

WORD_FIELDS = ("text", "text", "text", "title", "lede", "body", "entities")
EXACT_FIELDS = ("text_exact", "title_exact", "lede_exact", "body_exact", "entities_exact")
VALUE_FIELDS = {
    "source": SOURCES[1:],
    "author": PEOPLE,
    "tag": TAGS,
    "section": ("Monde", "Éco"),
    "language": ("fr", "en"),
    "entity": tuple(e.name for e in ENTITIES),
    "id": ("a1", "a2", "a10"),
}
TERMS = sorted({piece.term for word in WORDS for piece in analysis.expand(word).pieces} | {"absent"})
EXACTS = sorted({piece.exact for word in WORDS for piece in analysis.expand(word).pieces} | {"absent"})


class Trees:
    """Random query trees of every stock kind."""

    def __init__(self, random: random.Random) -> None:
        self._random = random

    def tree(self, depth: int) -> query.Query:
        r = self._random
        if depth == 0 or r.random() < 0.2:
            return self.leaf()
        several = [self.tree(depth - 1) for _ in range(r.randint(2, 4))]
        one, two = several[:2]
        boost = r.choice((1.0, 1.0, 2.5))
        return r.choice(
            (
                lambda: query.And(several, boost=boost),
                lambda: query.Or(several, boost=boost),
                lambda: query.And([one, query.Not(two)]),
                lambda: query.Or([one, query.Not(two)]),
                lambda: query.Not(one),
                lambda: query.AndNot(one, two),
                lambda: query.AndMaybe(one, two),
                lambda: query.Require(one, two),
                lambda: query.DisjunctionMax(several, boost=boost),
                lambda: query.ConstantScoreQuery(one, 2.0),
            )
        )()

    def leaf(self) -> query.Query:
        r = self._random
        field, terms = r.choice(((r.choice(WORD_FIELDS), TERMS), (r.choice(EXACT_FIELDS), EXACTS)))
        term = r.choice(terms)
        return r.choice(
            (
                self._term,
                self._term,
                self._value,
                self._number,
                self._phrase,
                self._pattern,
                self._pattern,
                lambda *_: query.Every(r.choice((None, "title", "published", "tag", "source"))),
            )
        )(field, term)

    def _term(self, field: str, term: str) -> query.Query:
        return query.Term(field, term, boost=self._random.choice((1.0, 3.0)))

    def _value(self, *_: str) -> query.Query:
        field = self._random.choice(sorted(VALUE_FIELDS))
        value = self._random.choice(VALUE_FIELDS[field])
        if field == "id" or self._random.random() < 0.7:
            return query.Term(field, value if field == "id" else analysis.fold(value))
        return query.Prefix(field, analysis.fold(value)[:3])

    def _number(self, *_: str) -> query.Query:
        r = self._random
        low, high = (START + timedelta(hours=r.randint(0, 9000)) for _ in range(2))
        excluded = (r.random() < 0.5, r.random() < 0.5)
        if r.random() < 0.3:
            return query.NumericRange("words", r.choice((None, 5)), r.choice((None, 50)), *excluded)
        bounds = sorted((int(low.timestamp()), int(high.timestamp())))
        return query.NumericRange(
            "published", r.choice((None, bounds[0])), r.choice((None, bounds[1])), *excluded
        )

    def _phrase(self, field: str, term: str) -> query.Query:
        field = field if field in WORD_FIELDS else "text"
        words = [
            piece.term
            for word in self._random.choices(WORDS, k=self._random.randint(1, 3))
            for piece in analysis.expand(word).pieces[-1:]
        ]
        return query.Phrase(field, words, slop=self._random.choice((1, 1, 2, 5)))

    def _pattern(self, field: str, term: str) -> query.Query:
        r = self._random
        cut = r.randint(1, max(1, len(term)))
        return r.choice(
            (
                lambda: query.Prefix(field, term[:cut]),
                lambda: query.Wildcard(field, term[:cut] + "*" + term[-1:]),
                lambda: query.Wildcard(field, "*" + term[cut:]),
                lambda: query.Wildcard(field, term[: cut - 1] + "?" + term[cut:]),
                lambda: query.FuzzyTerm(
                    field, term, maxdist=r.randint(1, 2), prefixlength=min(r.randint(0, 2), len(term))
                ),
                lambda: query.TermRange(field, term, term[:1] + "zz", r.random() < 0.5, r.random() < 0.5),
                lambda: query.TermRange(field, None, term),
                lambda: query.TermRange(field, term, None),
            )
        )()


# --- what stock Whoosh would have written


class Given(Analyzer):
    """Takes the tokens as they are: JSON, [[term, position], …]."""

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, mode: str = "", **options: object
    ) -> Iterator[Token]:
        token = Token(positions, chars, mode=mode, **options)
        for token.text, token.pos in json.loads(value):
            token.boost = 1.0
            yield token


def stock_index(articles: list[Article]) -> object:
    """The articles in an index of Whoosh's own format, made without anything of searchkit.indexing."""
    names = ("text", "title", "lede", "body", "entities")
    schema = fields.Schema(
        **{n: fields.TEXT(Given()) for n in names},
        **{f"{n}_exact": fields.TEXT(Given()) for n in names},
        **{n: fields.KEYWORD(analyzer=Given(), stored=n == "id") for n in VALUE_FIELDS},
        published=fields.NUMERIC(int, 64),
        words=fields.NUMERIC(int, 64),
    )
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for a in articles:
        writer.add_document(**_fields(a))
    writer.commit()
    return index


def _fields(a: Article) -> dict[str, object]:
    """Lede, body, title and each entity name follow one another with 64 free positions between them."""
    columns: dict[str, list[tuple[str, str, int]]] = {"lede": [], "body": [], "title": [], "entities": []}
    at = words = 0
    for column, part in (
        ("lede", a.lede),
        ("body", a.body),
        ("title", a.title),
        *(("entities", e.name) for e in a.entities),
    ):
        if column == "entities":
            at += 64
        for surface in analysis.surfaces(part):
            expansion = analysis.expand(surface, "fr" if a.language == "fr" else "und")
            columns[column] += [(p.term, p.exact, at + p.offset) for p in expansion.pieces]
            at += expansion.width
            words += expansion.width if column in ("lede", "body") else 0
        if column == "body" or (column == "lede" and part):
            at += 64
    columns["body"] = columns["lede"] + columns["body"]
    columns["text"] = columns["body"] + columns["title"] + columns["entities"]
    values = {
        "source": [a.source],
        "author": a.authors,
        "tag": a.tags,
        "section": [a.section],
        "language": [a.language],
        "entity": [e.name for e in a.entities],
    }
    out: dict[str, object] = {
        name: json.dumps([(term, p) for term, _, p in tokens]) for name, tokens in columns.items()
    }
    out |= {
        f"{name}_exact": json.dumps([(exact, p) for _, exact, p in tokens])
        for name, tokens in columns.items()
    }
    out |= {
        name: json.dumps([(analysis.fold(v), 0) for v in several if v]) for name, several in values.items()
    }
    out |= {"id": json.dumps([(a.id, 0)]), "_stored_id": a.id, "words": words}
    return out | ({"published": int(a.published.timestamp())} if a.published else {})


def states(seed: int, count: int, folder: Path) -> Iterator[tuple[random.Random, Index, str]]:
    """Random states of indexes, each in a folder of its own."""
    for number in range(count):
        chance = random.Random(f"{seed} {number}")
        path = str(folder / str(number))
        index = Index.create(path, entities="none")
        build(chance, index, chance.randint(1, 5), chance.choice((2, 10, 25)))
        yield chance, index, path
