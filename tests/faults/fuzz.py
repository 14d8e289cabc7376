"""Random input for everything that takes a stranger's: readers, the query parser, the opener of segments and
of tables of contents, the snippet maker. None may raise what it does not promise, nor take long.

Samples are damaged (bytes changed, cut, repeated, joined with another sample's) rather than made of noise, so
that they get past the first look. A segment's damage is also sealed with right checksums.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import sqlite3
import struct
import tarfile
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from importlib import import_module
from typing import Any

from searchkit.article import Article
from searchkit.errors import IndexCorrupt, IndexIncompatible, ReadError
from searchkit.index import Index
from searchkit.indexing import toc as tocs
from searchkit.indexing.segments.container import HEADER, Container
from searchkit.indexing.storage import Memory
from searchkit.ingest.dispatch.guard import _found
from searchkit.ingest.dispatch.registry import format_of, named
from searchkit.query import parse

from . import damage

LONGEST = 5.0
"""Seconds of the processor, which other programs do not lengthen: more for one input is a failure."""

Target = Callable[[random.Random], None]

PIECES = (
    '"', "«", "»", "(", ")", "OU", "ET", "SAUF", "-", "=", "~", "^", "*", "?", ":", "titre:", "date:",
    "depuis:", "il y a", "2025-02", "..", "PRES/5", "w/3", "atleast3", "mots:>", "&", "|", "+", "TIT_HEAD=",
    "sommet", "IA",
    "l’été", "Élysée", "R&D", "49-3", "\u202e", "\x00", "\ud800", "🏛️", "\n", "\t", " ", "é" * 40,
    "https://a.b/c?d=e",
)

SAMPLES: dict[str, list[bytes]] = {
    "text": ["Titre\n\nPar Rose Exemple\nPublié le 6 février 2025 à 10h15\n\nLa Loire monte.\n".encode()],
    "markdown": [b"---\ntitle: La crue\ndate: 2025-02-06\n---\n# Titre\n\n*La* [Loire](http://a.b) monte.\n"],
    "json": [b'[{"title": "La crue", "body": "x", "date": "2025-02-06", "tags": ["a"]}, {"uri": "u",'
             b'"headline": "h", "versioncreated": "2025", "bodies": [{"value": "<p>x"}]}]'],
    "jsonl": [b'{"title": "La crue", "body": "x", "entities": [{"name": "A"}]}\n{"title": 1}\n'],
    "csv": [b"titre;texte;date\nLa crue;\"La Loire\nmonte\";06/02/2025\n"],
    "feed": [b"<rss><channel><title>R</title><item><title>Crue</title><description>&lt;p&gt;x</description>"
             b"<pubDate>Thu, 06 Feb 2025 10:00:00 +0100</pubDate></item></channel></rss>"],
    "sitemap": [b"<urlset><url><loc>http://a.b</loc><news><title>x</title></news></url></urlset>"],
    "newsml": [b'<newsMessage><itemSet><newsItem guid="g"><contentMeta><headline>x</headline></contentMeta>'
               b"<contentSet><inlineXML><html><body><p>x</p></body></html></inlineXML></contentSet></newsItem>"
               b"</itemSet></newsMessage>"],
    "nitf": [b'<nitf><head><docdata><date.issue norm="2025"/></docdata></head><body><body.head><hedline><hl1>'
             b"</hl1></hedline></body.head><body.content><p>y</p></body.content></body></nitf>"],
    "mail": [b"From: a <a@b.c>\nSubject: =?utf-8?q?x?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
             b"Content-Type: text/html; charset=utf-8\n\n<p>x</p>\n--b--\n"],
    "mbox": [b"From a Thu Feb  6 10:00:00 2025\nSubject: x\n\ny\n\nFrom b Thu Feb  6 10:00:00 2025\n\nz\n"],
}
SLOW_SAMPLES: dict[str, list[bytes]] = {
    "html": [
        b'<html><head><title>La crue</title><meta property="og:title" content="x">'
        b'<script type="application/ld+json">'
        b'{"@type": "NewsArticle", "headline": "La crue", "datePublished": "2025"}</script></head><body>'
        b"<article><h1>La crue</h1><p>La Loire monte encore.</p><p>Par Rose</p></article></body></html>",
        b'<article><span class="DocPublicationName">R</span><p class="titreArticleVisu">x</p></article>',
        b'<div class="article frArticle"><table><tr><td><b>HD</b></td><td>x</td></tr></table></div>',
    ],
}


def binaries() -> dict[str, list[bytes]]:
    """A sample of each format that is no text, of those whose libraries are there."""
    found: dict[str, list[bytes]] = {}
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        members.writestr("a.jsonl", SAMPLES["jsonl"][0] * 3)
        members.writestr("b.txt", SAMPLES["text"][0])
    found["zip"] = [archive.getvalue()]
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as files:
        info = tarfile.TarInfo("a.jsonl")
        info.size = len(SAMPLES["jsonl"][0])
        files.addfile(info, io.BytesIO(SAMPLES["jsonl"][0]))
    found["tar"] = [tar.getvalue()]
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("create table articles(title text, body text)")
        database.execute("insert into articles values('La crue', 'La Loire monte.')")
        database.commit()
        found["sqlite"] = [database.serialize()]
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>La crue</h1><p>x</p>"
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
    found["warc"] = [gzip.compress(head % len(page) + page + b"\r\n\r\n")]
    with suppress(ImportError):
        found["docx"] = [saved(import_module("docx").Document())]
    with suppress(ImportError):
        found["odt"] = [saved(import_module("odfdo").Document("text"))]
    with suppress(ImportError):
        writer = import_module("pypdf").PdfWriter()
        writer.add_blank_page(100, 100)
        writer.add_metadata({"/Title": "La crue"})
        found["pdf"] = [saved(writer, "write")]
    with suppress(ImportError):
        table, file = import_module("pyarrow").table({"title": ["La crue"], "body": ["x"]}), io.BytesIO()
        import_module("pyarrow.parquet").write_table(table, file)
        found["parquet"] = [file.getvalue()]
    return found


def saved(document: Any, how: str = "save") -> bytes:
    """The bytes of a document of some library."""
    file = io.BytesIO()
    getattr(document, how)(file)
    return file.getvalue()


def mutated(samples: list[bytes], chance: random.Random) -> bytes:
    """A sample with up to four changes."""
    data = bytearray(chance.choice(samples))
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data) + 1)
        kind = chance.randrange(5)
        if kind == 0 and place < len(data):
            data[place] = chance.randrange(256)
        elif kind == 1:
            del data[place : place + chance.randint(1, 20)]
        elif kind == 2:
            data[place:place] = data[place : place + chance.randint(1, 60)] * chance.randint(1, 5)
        elif kind == 3:
            data[place:place] = chance.randbytes(chance.randint(1, 8))
        else:
            other = chance.choice(samples)
            data[place:] = other[chance.randrange(len(other)) :]
    return bytes(data)


def reader(samples: dict[str, list[bytes]]) -> Target:
    """Feeds the readers of these formats in turn; also asks for the format of what it feeds."""
    names = list(samples)

    def run(chance: random.Random) -> None:
        name = chance.choice(names)
        data = mutated(samples[name], chance)
        format_of(f"a{chance.choice(['.xml', '.html', '.json', '.txt', ''])}", data[:4096])
        for found in _found(named(name).reader(), data, "a", 2**20):
            assert isinstance(found, (Article, ReadError)), found

    return run


def query(chance: random.Random) -> None:
    parts = [chance.choice(PIECES) for _ in range(chance.randint(1, 12))]
    text = chance.choice(["", " "]).join(parts)
    parse(text, match=chance.choice(["auto", "all", "any"]))


def segment() -> Target:
    """Containers with damaged bytes, half of them sealed with right checksums."""
    files = damage.made()._files
    smallest = min((data for name, data in files.items() if name.endswith(".seg")), key=len)

    def run(chance: random.Random) -> None:
        data = mutated([smallest], chance)
        if chance.random() < 0.5:
            data = sealed(smallest, chance)
        try:
            container = Container(data, "x.seg")
            for name in list(container.views)[: chance.randint(1, 5)]:
                assert container[name].nbytes <= len(data)
        except (IndexCorrupt, IndexIncompatible):
            pass

    return run


def sealed(data: bytes, chance: random.Random) -> bytes:
    """A segment whose directory says something else (huge shapes, negative offsets, wrong types), and all
    checksums right.
    """
    magic, version, length, at, sums_at, _, sums_crc, _, _ = HEADER.unpack_from(data)
    directory = json.loads(data[at : at + length])
    arrays = directory["arrays"]
    name = chance.choice(sorted(arrays))
    strange: list[Any] = [-1, 0, 1 << 62, 1 << 70, 3.5, None, "x", [], {}, [[1]], True, 1e308]
    where = chance.randrange(4)
    if where == 3:
        directory[chance.choice(["meta", "arrays"])] = chance.choice(strange)
    elif where == 1:
        one, other = chance.choice(strange), chance.choice(strange)
        arrays[name][1] = chance.choice([[one], other, [1 << 40, 1 << 40]])
    else:
        arrays[name][where] = chance.choice([*strange, "u8", "O", "V8", "f16"])
    body = json.dumps(directory).encode()
    crc = zlib.crc32(body)
    front = HEADER.pack(magic, version, len(body), at, at + len(body), crc, sums_crc, b"", 0)[:60]
    return front + struct.pack("<I", zlib.crc32(front)) + data[64:at] + body + data[sums_at:]


def contents(chance: random.Random) -> None:
    """Tables of contents, damaged, half of them sealed."""
    item = {"id": "a" * 16, "documents": 3, "deleted": None}
    table: dict[str, Any] = {"format": 1, "generation": 1, "analyser": "x", "settings": {},
                             "segments": [item]}
    strange: list[Any] = [-1, 1 << 70, None, "x", [], {}, [[]], "../" * 5, 0.5, "A" * 16]
    if chance.random() < 0.5:
        (table if chance.random() < 0.5 else item)[chance.choice([*table, *item])] = chance.choice(strange)
    body = json.dumps(table).encode()
    data = b"searchkit" + body + tocs.MAGIC + struct.pack("<I", len(body))
    data += struct.pack("<I", zlib.crc32(data))
    if chance.random() < 0.5:
        data = mutated([data], chance)
    directory = Memory()
    directory.replace("_MAIN_1.toc", data)
    with suppress(IndexCorrupt, IndexIncompatible):
        tocs.open_newest(directory)


def snippets() -> Target:
    """Searches with snippets over texts made of hard pieces."""
    chance = random.Random(0)
    hard = [*PIECES, "sommets", "l'IA", "I.A.", "étudiant·e·s", "10\u202f000", "a" * 3000,
            "«\u00a0oui\u00a0»", "M."]
    index = Index.in_memory()
    index.add(
        Article(" ".join(chance.choices(hard, k=8)), " ".join(chance.choices(hard, k=200)), id=f"a{n}")
        for n in range(200)
    )

    def run(chance: random.Random) -> None:
        text = " ".join(chance.choices(PIECES, k=chance.randint(1, 4)))
        for hit in index.search(text, limit=3, match="any"):
            for shown in (hit.title, hit.snippet):
                ends = [place for mark in shown.marks for place in mark]
                assert ends == sorted(ends) and (not ends or (ends[0] >= 0 and ends[-1] <= len(shown.text)))

    return run


TARGETS: dict[str, tuple[Callable[[], Target], int]] = {
    "readers": (lambda: reader(SAMPLES), 25),
    "web pages": (lambda: reader(SLOW_SAMPLES), 1),
    "archives, offices, tables": (lambda: reader(binaries()), 2),
    "queries": (lambda: query, 33),
    "segments": (segment, 20),
    "tables of contents": (lambda: contents, 12),
    "snippets": (snippets, 7),
}
"""What is fuzzed, and its share of the inputs in percent."""


def fuzz(inputs: int, seed: int) -> dict[str, tuple[int, float]]:
    """Feeds about so many inputs; by target: how many, and the seconds that the longest took. Raises, with
    the seed that repeats it, for the first failure.
    """
    done = {}
    for name, (make, share) in TARGETS.items():
        target, longest = make(), 0.0
        number = max(1, inputs * share // 100)
        for n in range(number):
            key = f"{name} {seed} {n}"
            began = time.process_time()
            try:
                target(random.Random(key))
            except Exception as error:
                raise AssertionError(f"fuzz failed at {key!r}: {type(error).__name__}: {error}") from error
            longest = max(longest, time.process_time() - began)
            assert longest < LONGEST, f"{key!r} took {longest:.1f} s"
        done[name] = number, longest
    return done


def again(key: str) -> None:
    """Repeats one input by the key that a failure names."""
    name = key.rsplit(" ", 2)[0]
    TARGETS[name][0]()(random.Random(key))
