"""Folders, encodings, compression, limits, and bytes that mean harm."""

import bz2
import gzip
import io
import itertools
import lzma
import os
import random
import time
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import one, packed

from searchkit import Article
from searchkit.errors import ReadError
from searchkit.ingest import formats, read, read_source, sources
from searchkit.ingest.dispatch.watching import _batches, is_readable_below
from searchkit.ingest.streams.compression import expanded
from searchkit.ingest.streams.encodings import decode

LINE = '{"title": "Été %d", "body": "La Loire monte à Orléans."}\n'
COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".bz2": partial(bz2.compress, compresslevel=1),
    ".zst": zstandard.compress,
}


def reason(path: Path, max_bytes: int = 2**26) -> str:
    (error,) = read_source(path, max_bytes=max_bytes)
    assert isinstance(error, ReadError) and error.path == str(path)
    assert error.kept == (path.name == "blank.jsonl")  # that was read to its end
    return error.reason


def test_folders_are_walked_in_order_without_hidden_files_and_links(tmp_path: Path) -> None:
    folder, outside = tmp_path / "in", tmp_path / "outside"
    (folder / "b" / ".hidden").mkdir(parents=True)
    outside.mkdir()
    for place in (
        folder / "z.txt",
        folder / "b" / "a.txt",
        folder / ".h.txt",
        folder / "b" / ".hidden" / "h.txt",
        folder / "README.md",
        outside / "secret.txt",
    ):
        place.write_text("Titre\n\nCorps.")
    (folder / "loop").symlink_to(folder)
    (folder / "out").symlink_to(outside)
    (folder / "secret.txt").symlink_to(outside / "secret.txt")
    os.mkfifo(folder / "pipe")
    found = list(sources([folder, outside / "secret.txt"]))
    assert [source.path for source in found] == [
        str(path) for path in (folder / "b" / "a.txt", folder / "z.txt", outside / "secret.txt")
    ]
    assert {(source.size, source.reader) for source in found} == {(13, "text")}
    seen = [path for path in folder.rglob("*") if not path.is_dir() and is_readable_below(path, folder)]
    assert sorted(seen) == [folder / "b" / "a.txt", folder / "z.txt"]


def test_a_folder_is_listed_once_for_all_that_changes_in_it(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    (tmp_path / "depeches").mkdir()
    made = [tmp_path / "depeches" / f"{number}.txt" for number in range(50)]
    with mock.patch.object(Path, "glob", autospec=True, side_effect=Path.glob) as listed:
        seen = {(1, str(path)) for path in [*made, tmp_path / ".cache"]}
        batches = _batches(str(tmp_path), tmp_path, lambda: iter([seen]))
        assert next(batches) == sorted(map(str, made))
    assert listed.call_count == 2  # the folder itself, and the one below


def test_what_a_browser_saved_with_a_page_is_no_article(tmp_path: Path) -> None:
    for folder in ("La crue_fichiers", "La crue_files", "autres_fichiers"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "cadre.html").write_text("<p>Une publicité.</p>")
    (tmp_path / "La crue.html").write_text("<p>La Loire monte.</p>")
    wanted = [tmp_path / "La crue.html", tmp_path / "autres_fichiers" / "cadre.html"]
    assert [source.path for source in sources([tmp_path])] == [str(path) for path in wanted]
    for path in tmp_path.rglob("*.html"):
        assert is_readable_below(path, tmp_path) == (path in wanted)
    assert len(list(sources([tmp_path / "La crue_files"]))) == 1


@pytest.mark.parametrize("suffix", COMPRESS)
def test_compressed_files_whole_and_truncated(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.jsonl{suffix}"
    data = COMPRESS[suffix]("".join(LINE % (n * 7919 % 20_011) for n in range(20_000)).encode())
    path.write_bytes(data)
    assert sum(isinstance(item, Article) for item in read([path])) == 20_000
    path.write_bytes(data[: len(data) // 2])
    *before, error = read([path])
    assert len(before) > 100 and all(isinstance(item, Article) for item in before[:-1])
    assert isinstance(error, ReadError) and "truncated" in error.reason and error.line is not None
    path.write_bytes(data[:40])
    assert "truncated" in reason(path)


@pytest.mark.parametrize("suffix", COMPRESS)
def test_a_bomb_is_stopped(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.txt{suffix}"
    path.write_bytes(COMPRESS[suffix](b" " * 10_000_000))
    assert reason(path, 10_000).endswith(
        ("larger than the limit of 0.00953674 MB a document", "more than 300 times")
    )
    path = tmp_path / f"a.jsonl{suffix}"
    path.write_bytes(COMPRESS[suffix](b"\n" * 10_000_000))
    assert "expands more than" in reason(path, 10_000)


def test_what_shrinks_to_nothing_is_read_in_one_pass() -> None:
    data = zstandard.compress(b" " * 2**26)  # what one step gives was copied for each bite of it: 30 GB
    stream = expanded(io.BytesIO(data), "a.zst", 2**26)
    before = time.process_time()
    assert sum(len(bite) for bite in iter(lambda: stream.read(2**12), b"")) == 2**26
    assert time.process_time() - before < 3


def test_a_damaged_archive_says_so(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(LINE.encode() * 1000))
    data[-8] ^= 255  # its checksum
    (tmp_path / "a.jsonl.gz").write_bytes(data)
    *_, error = read([tmp_path])
    assert isinstance(error, ReadError) and "damaged" in error.reason


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.jsonl", "a.json", "a.csv", "a.html"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "utf-32"]
)
def test_encodings(tmp_path: Path, name: str, encoding: str) -> None:
    curly = "" if encoding == "latin-1" else " l’œuvre"
    title = f"L'été à Orléans, ça coûte{curly}"
    text = {
        ".txt": f"{title}\n\nCorps.",
        ".md": f"# {title}\n\nCorps.",
        ".csv": f'title,body\n"{title}",Corps\n',
        ".html": f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>Corps.</p>",
    }.get(Path(name).suffix, f'{{"title": "{title}"}}\n')
    (tmp_path / name).write_bytes(text.encode(encoding))
    (article,) = read([tmp_path / name])
    assert isinstance(article, Article) and article.title == title


@pytest.mark.parametrize(("data", "title"), [
    ("Un cœur, l'œuvre à 5 €".encode("iso-8859-15"), "Un cœur, l'œuvre à 5 €"),
    ("Une ½ heure à 2½ km".encode("latin-1"), "Une ½ heure à 2½ km"),
    ("Une ½tape à « 5 € »".encode("cp1252"), "Une ½tape à « 5 € »"),
])
def test_latin_9_is_known_by_its_letters(tmp_path: Path, data: bytes, title: str) -> None:
    (tmp_path / "a.txt").write_bytes(data + b"\n\nCorps.")
    (article,) = read([tmp_path])
    assert isinstance(article, Article) and article.title == title


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize(("name", "data"), [
    ("a.html", "<meta charset='utf-8'><title>{0}</title><h1>{0}</h1><p>Par Élise Été</p><p>{1}</p>"),
    ("a.csv", "Titre;Catégorie;Résumé;Auteur\n{0};Société;{1};Élise Été\n"),
    ("a.jsonl", '{{"title": "{0}", "auteurs": ["Élise Été"], "résumé": "{1}"}}\n'),
])
def test_what_was_made_utf_8_twice_is_so_once(tmp_path: Path, encoding: str, name: str, data: str) -> None:
    title, text = "Été à Évreux : l’œuvre vendue", "« L’été s’achève », dit-on. À l’hôtel, ça dure."
    again = data.format(title, text).encode().decode(encoding)
    article = one(tmp_path, name, again)
    assert (article.title, article.authors) == (title, ("Élise Été",)) and text in article.lede + article.body


def test_a_text_that_is_utf_8_once_stays(tmp_path: Path) -> None:
    text = "SÃO PAULO, cet été : « Ã© » se lit « é » dans un mauvais fichier"
    assert one(tmp_path, "a.txt", text).title == text


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.html"])
@pytest.mark.parametrize("encoding", ["mac_roman", "cp850"])
def test_encodings_of_older_machines(tmp_path: Path, name: str, encoding: str) -> None:
    title, body = "L'été à Orléans, ça coûte", "Très élevée, la Loire a débordé : les élèves évacués."
    text = {
        ".txt": f"{title}\n\n{body}",
        ".csv": f'title,body\n"{title}","{body}"\n',
        ".html": f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{body}</p>",
    }[Path(name).suffix]
    (tmp_path / name).write_bytes(text.encode(encoding))
    (article,) = read([tmp_path / name])
    assert isinstance(article, Article) and (article.title, article.body) == (title, body)


@pytest.mark.parametrize("text", ["un mot… deux… trois… quatre… cinq‚ six‚", "l’œuvre d’été…" * 9])
def test_windows_1252_is_no_older_encoding(text: str) -> None:
    assert decode(text.encode("cp1252")) == text


def test_decomposed_letters_are_kept_as_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("E\u0301te\u0301\n\nCorps.")
    (article,) = read([tmp_path])
    assert isinstance(article, Article) and article.title == "E\u0301te\u0301"


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    for name, data, why in [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n ", "empty"),
        ("blank.jsonl", b"\n\n", "empty"),
        ("image.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("late.txt", b"Titre " * 2000 + b"\x00", "binary"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00", "no reader"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        ("a.ods", packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "save it as .xlsx"),
        ("large.txt", b"a" * 2000, "larger than the limit"),
        ("line.jsonl", b'"' + b"a" * 2000, "larger than the limit"),
        ("furniture.txt", b"Partager\nImprimer", "neither a title nor a body"),
        ("empty.gz", gzip.compress(b""), "empty"),
    ]:
        (tmp_path / name).write_bytes(data)
        assert why in reason(tmp_path / name, 1500 if "larger" in why else 2**26), name
    assert reason(tmp_path / "absent.txt") == "no such file or folder"
    assert [str(error) for error in read(["nul\x00byte"])]


def test_a_file_that_goes_while_its_folder_is_listed_takes_no_other_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "c.txt"):
        (tmp_path / name).write_text("Titre")
    listed = os.scandir

    def late(path: str) -> Any:
        (tmp_path / "b.txt").write_text("Titre")
        with listed(path) as entries:
            found = list(entries)
        (tmp_path / "b.txt").unlink()
        return nullcontext(found)

    monkeypatch.setattr(os, "scandir", late)
    assert [(Path(s.path).name, s.problem) for s in sources([tmp_path])] == [("a.txt", ""), ("c.txt", "")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Titre")
    (tmp_path / "a.txt").chmod(0)
    assert reason(tmp_path / "a.txt") == "no permission to read it"


def test_reading_is_lazy(tmp_path: Path) -> None:
    read_fd, write_fd = os.pipe()
    with os.fdopen(write_fd, "wb") as writer:
        writer.write((LINE % 1).encode() * 200)
        writer.flush()
        found = read([f"/dev/fd/{read_fd}"])  # the pipe never ends: only a stream gets this far
        first = list(itertools.islice(found, 100))
        found.close()  # type: ignore[attr-defined]
    os.close(read_fd)
    assert len(first) == 100 and all(isinstance(item, Article) for item in first)


STARTS = [
    b"",
    b"{",
    b'[{"title":"a"},',
    b'{"title":"a"}\n',
    b"<html><body><p>",
    b"<?xml version='1.0'?><rss><channel><item>",
    b"---\ntitle: ",
    b"title,body\n",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1f\x8b\x08",
    b"BZh9",
    b"(\xb5/\xfd",
    b"\xfd7zXZ\x00",
    b"<script type='application/ld+json'>{",
    b"Par Rose Exemple\nPubli\xe9 le 31/02/2025\n",
]
PIECES = st.sampled_from(
    [
        b"<p>",
        b"</div>",
        b'","',
        b"&#0;",
        b"&amp;",
        b"\n---\n",
        b"\r",
        b"\x00",
        b"\\u",
        b"{}",
        b"]",
        b"\xed\xa0\x80",
        b"<meta property='article:published_time' content='",
        b'"author":{"@id":1}',
        b"Partager\n",
        b"2025-13-45",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.sampled_from(STARTS),
    rest=st.lists(st.one_of(PIECES, st.binary(max_size=60)), max_size=12).map(b"".join),
)
def test_no_bytes_break_a_reader(tmp_path: Path, start: bytes, rest: bytes) -> None:
    for format in formats():
        path = tmp_path / f"a{format.suffixes[0]}"
        path.write_bytes(start + rest)
        found = list(read_source(path))
        assert found and all(isinstance(item, (Article, ReadError)) for item in found)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(RecursionError(), "nested too deep"), (KeyError("x"), "cannot be read: KeyError: 'x'")],
)
def test_a_reader_that_breaks_ends_one_document_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, reason: str
) -> None:
    def broken(*args: object) -> None:
        raise fault

    (tmp_path / "a.md").write_text("Titre")
    (tmp_path / "b.txt").write_text("Titre")
    monkeypatch.setattr("searchkit.ingest.readers.markdown.decode", broken)
    error, article = read([tmp_path])
    assert isinstance(error, ReadError) and error.reason == reason
    assert isinstance(article, Article)


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_a_source_knows_how_far_it_was_read(tmp_path: Path, compress: Callable[[bytes], bytes]) -> None:
    file = tmp_path / "many.jsonl"
    # More than any decompressor reads ahead (128 KB in Python 3.13), and hardly to be compressed.
    lines = "".join(f'{{"title": "Titre {n}", "body": "{random.Random(n).randbytes(300).hex()}"}}\n'
                    for n in range(2000))
    file.write_bytes(compress(lines.encode()))
    source, = sources([file])
    places = [source.position for _ in read_source(source)]
    assert places == sorted(places)
    assert 0 < places[0] < source.size / 2 < places[-1] <= source.position == source.size


def test_an_index_in_the_folder_is_not_read_as_articles(tmp_path: Path) -> None:
    from searchkit import Index

    (tmp_path / "a.txt").write_text("Titre\n\nCorps.")
    with Index.create(tmp_path / "index") as index:
        index.add([Article("Crue", "Corps.")])
    assert [Path(source.path).name for source in sources([tmp_path])] == ["a.txt"]


def test_an_index_that_is_given_as_a_path_is_told(tmp_path: Path) -> None:
    from searchkit import Index

    Index.create(tmp_path).close()
    (tmp_path / "a.txt").write_text("Titre\n\nCorps.")
    assert [source.problem for source in sources([tmp_path])] == ["an index, not a folder of articles"]
