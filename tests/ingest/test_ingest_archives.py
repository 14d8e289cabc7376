"""Mail and mailboxes, ZIP and web archives, and what a stranger may try with an archive."""

import gzip
import io
import quopri
import tarfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from samples import PAGE, TEXT, day, one, packed, put, reasons, titles

from searchkit import Article
from searchkit.ingest import read_source


def mail(number: int, body: str = f"<p>{TEXT}</p><p>Fin.</p>", kind: str = "html") -> bytes:
    return (
        f"From: Le Rivage <lettre@rivage.example>\nSubject: =?utf-8?q?L=C3=A9t=C3=A9?= {number}\n"
        f"Date: Thu, 06 Feb 2025 10:00:00 +0100\nMessage-ID: <m{number}@rivage.example>\n"
        f"Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}\n"
    ).encode()


@pytest.mark.parametrize(("charset", "encoding"), [("", "utf-8"), ("; charset=windows-1252", "cp1252")])
def test_a_page_saved_in_one_file_is_read_as_a_page(tmp_path: Path, charset: str, encoding: str) -> None:
    page = PAGE.replace("<p>", "<p class='author'>Par Rose Exemple</p><p>L’été finit. ")
    message = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://rivage.example/1
Subject: La crue | Le Rivage
Date: Sat, 1 Mar 2025 10:00:00 -0000
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html{charset}
Content-Transfer-Encoding: quoted-printable
Content-Location: https://rivage.example/1

{quopri.encodestring(page.encode(encoding)).decode()}
--b--
"""
    article = one(tmp_path, "a.mhtml", message)
    assert (article.title, article.body) == ("La crue", f"L’été finit. {TEXT}")
    assert (article.authors, article.published) == (("Rose Exemple",), None)
    assert (article.url, article.source) == ("https://rivage.example/1", "rivage.example")


def test_a_newsletter(tmp_path: Path) -> None:
    article = one(tmp_path, "a.eml", mail(1))
    assert (article.id, article.title, article.source) == ("m1@rivage.example", "Lété 1", "Le Rivage")
    assert article.body == f"{TEXT}\nFin." and day(article) == date(2025, 2, 6)
    assert one(tmp_path, "b.eml", mail(2, TEXT * 5, "plain")).body == TEXT * 5


@pytest.mark.parametrize("hidden", [
    '<div style="display:none;font-size:1px">Au sommaire <div>en bref</div>&zwnj;&nbsp;</div>',
    "<span class='a screen-reader-text'>Au sommaire</span>",
    "<SPAN class=a style='opacity:0; max-height: 0px'>Au sommaire</SPAN>",
])
def test_what_a_mail_hides_is_no_text(tmp_path: Path, hidden: str) -> None:
    shown = f"<div style='max-height:0.5em; display:block'>{TEXT}</div><b class='not-sr-only'>Fin.</b>"
    body = f"{hidden}{shown}<div style='display:none'>"
    assert one(tmp_path, "a.eml", mail(1, body)).body == f"{TEXT}\nFin."


def test_the_plain_text_of_a_newsletter_is_without_where_its_links_lead(tmp_path: Path) -> None:
    lead = "(https://lettre.example/track/click?u=5b2a&id=77aa)"
    text = f"Voir cette lettre en ligne {lead}\n\n{TEXT} Le maire <https://r.example/m>, lui, dort."
    text += f"\n\nVous recevez ce message car vous êtes abonné.\nSe désabonner [{lead[1:-1]}]\n"
    assert one(tmp_path, "a.eml", mail(1, text, "plain")).body == f"{TEXT} Le maire, lui, dort."


WRAPPED = """\
La Loire monte encore à Orléans, selon la préfecture du Loiret, et Rose
Exemple, la maire, demande aux habitants des quais de mettre leurs voitures
à l’abri. Les ponts restent ouverts, sauf celui du port, où l’eau passe par-
dessus la chaussée.
Lire la suite
- Les écoles ferment.
- Le marché a lieu."""
JOINED = WRAPPED.replace("Rose\n", "Rose ").replace("voitures\n", "voitures ").replace("par-\n", "par-")
VERSES = "Le long des quais fermés la Loire monte encore et nul ne passe plus\n" + "et l’eau\nnoire\n" * 3


@pytest.mark.parametrize(("parameters", "text", "body"), [
    ("", WRAPPED, JOINED),
    ("", f"{WRAPPED}\n{'=' * 79}\n{'https://rivage.example/' * 5}",
     f"{JOINED}\n{'=' * 79}\n{'https://rivage.example/' * 5}"),
    ("", VERSES.strip(), VERSES.strip()),
    ("", "> ".join(WRAPPED.splitlines(keepends=True)), "> ".join(WRAPPED.splitlines(keepends=True))),
    ("; format=flowed", "La crue \nmonte.\n  Fin.\n> Vu \n> là ?\n-- \nRose", "La crue monte.\n Fin.\n"
     "> Vu \n> là ?\n-- \nRose"),
    ("; format=Flowed; delsp=yes", "La crue mon \nte.", "La crue monte."),
])
def test_lines_that_a_mailer_cut_are_paragraphs(
    tmp_path: Path, parameters: str, text: str, body: str
) -> None:
    head = f"From: a@rivage.example\nSubject: Crue\nContent-Type: text/plain; charset=utf-8{parameters}\n\n"
    assert one(tmp_path, "a.eml", head + text).body == body


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
@pytest.mark.parametrize("type", ["", "Content-Type: text/plain; charset=x-unknown\n"])
def test_mail_of_letters_that_no_encoding_is_named_for(tmp_path: Path, encoding: str, type: str) -> None:
    text = f"From: Société <a@rivage.example>\nSubject: L’été\n{type}\nUn cœur d’été à Orléans.\n"
    article = one(tmp_path, "a.eml", text.encode(encoding))
    assert (article.source, article.title, article.body) == ("Société", "L’été", "Un cœur d’été à Orléans.")


@pytest.mark.parametrize(("encoding", "text"), [("utf-7", "L’été à Orléans."), ("iso-2022-jp", "日本")])
def test_mail_of_seven_bits(tmp_path: Path, encoding: str, text: str) -> None:
    head = f"From: a@rivage.example\nSubject: Crue\nContent-Type: text/plain; charset={encoding}\n\n"
    assert one(tmp_path, "a.eml", head.encode() + text.encode(encoding)).body == text


@pytest.mark.parametrize("divider", ["", "--abc\nContent-Type: text/plain; charset=utf-8\n\n"])
@pytest.mark.parametrize("parameter", ["", '; boundary="another"'])
def test_mail_of_parts_that_are_divided_otherwise_than_it_says(
    tmp_path: Path, divider: str, parameter: str
) -> None:
    head = f"From: a@rivage.example\nSubject: La crue\nContent-Type: multipart/alternative{parameter}\n\n"
    end = "--abc--\n" if divider else ""
    assert one(tmp_path, "a.eml", f"{head}{divider}{TEXT}\n{end}").body == TEXT


def test_the_parts_of_a_message_are_one_text_but_for_what_is_attached(tmp_path: Path) -> None:
    head = "From: a@rivage.example\nSubject: La crue\nContent-Type: multipart/mixed; boundary=B\n\n"
    parts = [
        f"Content-Type: text/plain\n\n{TEXT * 5}", "Content-Type: text/plain\n\nLa suite.",
        "Content-Type: multipart/alternative; boundary=C\n\n--C\nContent-Type: text/plain\n\nFin.\n"
        "--C\nContent-Type: text/html\n\n<p>Fin, en images.</p>\n--C--",
        "Content-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nPrivé.",
    ]
    text = head + "".join(f"--B\n{part}\n" for part in parts) + "--B--\n"
    assert one(tmp_path, "a.eml", text).body == f"{TEXT * 5}\n\nLa suite.\n\nFin, en images."


def test_a_forwarded_message_is_read_with_the_one_it_is_attached_to(tmp_path: Path) -> None:
    inner = f"From: b@rivage.example\nSubject: La crue\nContent-Type: text/plain\n\n{TEXT}\n"
    text = (
        "From: a@rivage.example\nSubject: Tr: La crue\nContent-Type: multipart/mixed; boundary=B\n\n"
        "--B\nContent-Type: text/plain\n\nPour toi.\n"
        f"--B\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n{inner}--B--\n"
    )
    assert one(tmp_path, "a.eml", text).body == f"Pour toi.\n\nLa crue\n\n{TEXT}"


def test_a_mailbox(tmp_path: Path) -> None:
    line = b"From a@rivage.example Thu Feb  6 10:00:00 2025\n"
    quoted = mail(2, ">From là, on voit la Loire.", "plain")
    found = put(tmp_path, "lettres.mbox", line + mail(1) + b"\n" + line + quoted + b"\n")
    assert titles(found) == ["Lété 1", "Lété 2"]
    assert isinstance(found[1], Article) and found[1].body.startswith("From là")


def test_an_archive_of_any_of_these(tmp_path: Path) -> None:
    members: dict[str, bytes | str] = {
        "presse/a.html": PAGE,
        "b.jsonl.gz": gzip.compress(b'{"title": "Deux"}\n{wrong\n'),
        "lettre.eml": mail(3),
        ".cache/x.txt": "caché",
        "__MACOSX/y.txt": "caché",
        "photo.jpg": b"\xff\xd8\x00",
        "dedans.zip": packed({"z.txt": "Titre"}),
    }
    found = put(tmp_path, "a.zip", packed(members))
    assert titles(found) == ["La crue", "Deux", "Lété 3"]
    assert [reason.split(": ")[0] for reason in reasons(found)] == [
        "b.jsonl.gz, line 2",
        "photo.jpg",
        "dedans.zip",
    ]
    assert titles(put(tmp_path, "a.zip.gz", gzip.compress(packed({"a.html": PAGE})))) == ["La crue"]


def test_names_in_an_archive_are_never_paths(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    before = set(tmp_path.rglob("*"))
    found = put(tmp_path / "in", "a.zip", packed({"../../evade.txt": "Titre", "/etc/evade.txt": "Deux"}))
    assert titles(found) == ["Titre", "Deux"]
    assert set(tmp_path.rglob("*")) - before == {tmp_path / "in" / "a.zip"}


def test_what_an_archive_expands_to_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({f"{n}.txt": b"a" * 2**20 for n in range(20)}))
    found = list(read_source(path, max_bytes=2**20))
    assert "expands more than 300 times" in reasons(found)[-1] and len(found) < 10


def test_a_damaged_or_encrypted_archive(tmp_path: Path) -> None:
    whole = packed({"a.txt": "Titre\n\n" + TEXT * 40})
    assert "damaged" in reasons(put(tmp_path, "cut.zip", whole[:-30]))[0]
    flipped = bytearray(whole)
    flipped[60] ^= 0xFF
    assert "damaged" in reasons(put(tmp_path, "flipped.zip", bytes(flipped)))[0]
    locked = bytearray(packed({"a.txt": "Titre"}, zipfile.ZIP_STORED))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in reasons(put(tmp_path, "locked.zip", bytes(locked)))[0]


def test_one_damaged_member_leaves_the_others(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": "Titre\n\n" + TEXT * 40, "b.txt": "Deux"}, zipfile.ZIP_LZMA))
    data[60:80] = bytes(byte ^ 0xFF for byte in data[60:80])
    found = put(tmp_path, "a.zip", bytes(data))
    assert titles(found) == ["Deux"] and reasons(found)[0].startswith("a.txt: damaged in this archive")


def test_zip_says_which_file_begins_before_the_archive(tmp_path: Path) -> None:
    data = bytearray(packed({"a.txt": "Un\n\nLa Loire.", "b.txt": "Deux\n\nLa Loire."}))
    data[-6] += 7  # where the list of files begins, and so where each file does
    found = put(tmp_path, "a.zip", bytes(data))
    assert [reason.split(":")[0] for reason in reasons(found)] == ["a.txt", "b.txt"]
    assert "damaged in this archive" in reasons(found)[0]


def tarred(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("lien.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return file.getvalue()


@pytest.mark.parametrize("name", ["a.tar", "a.tgz", "a.tar.gz", "a"])
def test_a_tar_archive(tmp_path: Path, name: str) -> None:
    data = tarred({"presse/a.html": PAGE.encode(), "../b.jsonl.gz": gzip.compress(b'{"title": "Deux"}\n{no'),
                   "presse/._a.html": b"x", "c.zip": packed({"d.txt": "Trois"}), "e.bin": b"\0"})
    found = put(tmp_path, name, gzip.compress(data) if "gz" in name else data)
    assert titles(found) == ["La crue", "Deux"]
    wrong, nested, unknown = reasons(found)
    assert wrong.startswith("../b.jsonl.gz, line 2: wrong") and nested.startswith("c.zip: an archive in")
    assert unknown.startswith("e.bin: no reader")


def test_a_damaged_tar_archive_keeps_what_came_before(tmp_path: Path) -> None:
    whole = tarred({"a.txt": b"La crue\n\nLa Loire monte.", "b.txt": b"La d\xc3\xa9crue\n\nElle va." * 99})
    for data in (whole[:1800], whole[:1024] + b"?" * 512 + whole[1024:]):
        found = put(tmp_path, "a.tar", data)
        assert titles(found) == ["La crue"] and "a damaged TAR archive" in reasons(found)[-1]


@pytest.mark.parametrize("size", [1024, 1025, 1535])
def test_a_tar_archive_that_is_cut_between_its_files_says_so(tmp_path: Path, size: int) -> None:
    whole = tarred({"a.txt": b"La crue\n\nLa Loire monte.", "b.txt": b"La d\xc3\xa9crue\n\nElle va."})
    for name, data in (("a.tar", whole[:size]), ("a.tgz", gzip.compress(whole[:size]))):
        found = put(tmp_path, name, data)
        assert titles(found) == ["La crue"] and "a TAR archive without its end" in reasons(found)[-1]
        assert not found[-1].kept  # type: ignore[union-attr]


def warc(*answers: tuple[str, str, str], encoding: str = "utf-8") -> bytes:
    """Each answer in a gzip member of its own, as web archives are written."""
    pytest.importorskip("warcio")
    members = []
    for address, status, kind in answers:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n{PAGE}".encode(encoding)
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        members.append(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return b"".join(members)


def test_a_web_archive(tmp_path: Path) -> None:
    data = warc(
        ("https://rivage.example/1", "200 OK", "text/html; charset=utf-8"),
        ("https://rivage.example/2", "404 Not Found", "text/html"),
        ("https://rivage.example/3", "200 OK", "image/png"),
    )
    article = one(tmp_path, "a.warc.gz", data)
    assert (article.title, article.url) == ("La crue", "https://rivage.example/1")
    assert article.id == Article("", "", url="https://rivage.example/1").id
    assert reasons(put(tmp_path, "cut.warc.gz", data[:-200]))
    assert (
        "no HTML page"
        in reasons(put(tmp_path, "b.warc", gzip.decompress(warc(("https://a.example", "404", "")))))[0]
    )


def test_a_packed_web_archive(tmp_path: Path) -> None:
    packages = {"archive/data.warc.gz": warc(("https://rivage.example/1", "200 OK", "text/html")),
                "pages/pages.jsonl": '{"title": "All Pages"}', "datapackage.json": "{}"}
    article = one(tmp_path, "a.wacz", packed(packages))
    assert (article.title, article.url) == ("La crue", "https://rivage.example/1")
    assert "no HTML page" in reasons(put(tmp_path, "b.wacz", packed({"archive/data.warc": warc()})))[0]
    twice = gzip.compress(gzip.compress(warc()))
    assert "compressed twice" in reasons(put(tmp_path, "c.wacz", packed({"archive/data.warc.gz": twice})))[0]


def test_an_answer_in_brotli_is_told_and_the_rest_is_read(tmp_path: Path) -> None:
    answer = "text/html\r\nContent-Encoding: br\r\n\r\n" + "\x1b\x03\x00\xf8" * 9
    found = put(tmp_path, "a.warc", warc(("https://rivage.example/1", "200 OK", answer),
                                         ("https://rivage.example/2", "200 OK", "text/html")))
    assert titles(found) == ["La crue"] and "Brotli" in reasons(found)[0]


def test_the_encoding_that_only_the_server_tells_is_believed(tmp_path: Path) -> None:
    kind = "text/html; charset=IBM850"
    article = one(tmp_path, "a.warc.gz", warc(("https://rivage.example/1", "200 OK", kind), encoding="cp850"))
    assert article.body == TEXT


def test_a_web_archive_with_a_wrong_record_keeps_what_came_before(tmp_path: Path) -> None:
    good = gzip.decompress(warc(("https://rivage.example/1", "200 OK", "text/html")))
    wrong = (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: 19\r\n\r\nHTTP/1.1 200 OK\r\n\r\n\r\n\r\n"
    )
    found = put(tmp_path, "a.warc", good + wrong)
    assert titles(found) == ["La crue"] and reasons(found)[0].startswith("a damaged web archive: ")


def test_reading_a_web_archive_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = gzip.decompress(warc(("https://rivage.example/\x1b[2J 1", "200 OK", "text/html")))
    second = gzip.decompress(warc(("https://rivage.example/2", "200 OK", "text/html")))
    found = put(tmp_path, "a.warc", first.removesuffix(b"\r\n\r\n") + b"\x1b[2J\r\n" + second)
    assert titles(found) == ["La crue", "La crue"]
    assert capsys.readouterr().err == ""
