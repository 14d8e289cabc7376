"""What only a whole process shows: exit statuses, pipes, signals, encodings, what is imported."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer

from searchkit import Index
from searchkit.cli.command import guarded
from searchkit.ingest.dispatch.watching import changes

HEAVY = {"whoosh", "numpy", "trafilatura", "dateparser", "feedparser", "rich", "pydantic", "zstandard"}


def searchkit(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "searchkit", *words], input=stdin, capture_output=True,
                          text=True, encoding="utf-8", env={**os.environ, **environment}, timeout=60)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of 1,000 articles, more than a pipe holds, read from standard input."""
    folder = str(tmp_path_factory.mktemp("process") / "index")
    lines = (json.dumps({"id": f"a{n}", "title": f"Sommet {n} à l’Élysée", "body": "Un corps. " * 10})
             for n in range(1000))
    done = searchkit("index", "-", "--index", folder, "--entities", "none", stdin="\n".join(lines))
    assert done.returncode == 0, done.stderr
    return folder


def test_found_nothing_found_and_errors(index: str) -> None:
    assert searchkit("query", "sommet", "--index", index).returncode == 0
    assert searchkit("query", "introuvablement", "--index", index).returncode == 1
    failed = searchkit("query", "sommet", "--index", f"{index}/no")
    assert failed.returncode == 2
    assert failed.stdout == ""
    assert failed.stderr.startswith(f"Error: No index at {index}/no.")
    assert "Traceback" not in failed.stderr


def test_version_and_python_m() -> None:
    done = searchkit("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("searchkit ")


def test_piped_output_is_plain_whatever_the_environment(index: str) -> None:
    plain = searchkit("query", "sommet", "--index", index).stdout
    assert "\x1b" not in plain
    for environment in ({"NO_COLOR": "1"}, {"COLUMNS": "20", "TERM": "xterm", "FORCE_COLOR": "1"}):
        assert searchkit("query", "sommet", "--index", index, **environment).stdout == plain


def test_a_closed_pipe_is_quiet(index: str) -> None:
    command = [sys.executable, "-m", "searchkit", "query", "sommet", "--index", index, "-n", "0", "--jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        assert json.loads(process.stdout.readline())["rank"] == 1
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait() == 0


@pytest.mark.parametrize("reader", ["/dev/full", "one that goes"])
def test_messages_that_nobody_reads_stop_no_work(tmp_path: Path, reader: str) -> None:
    (tmp_path / "a.txt").write_text("Un sommet\n\nParis accueille le monde.")
    if reader == "/dev/full":
        end: int = os.open(reader, os.O_WRONLY) if Path(reader).exists() else pytest.skip("a device of Linux")
    else:
        gone, end = os.pipe()
        os.close(gone)
    index = str(tmp_path / "index")
    command = [sys.executable, "-m", "searchkit", "index", str(tmp_path / "a.txt"), str(tmp_path / "no.txt")]
    assert subprocess.run([*command, "--index", index], stderr=end).returncode == 0
    assert subprocess.run([*command[:-2], command[-1], "--index", index], stderr=end).returncode == 2
    os.close(end)
    with Index.open(index) as opened:
        assert len(opened) == 1


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes streams")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_error(index: str, closed: str) -> None:
    command = f"{shlex.quote(sys.executable)} -m searchkit query sommet --index {shlex.quote(index)} {closed}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True)
    assert done.returncode == 0 and "rror" not in done.stderr
    assert bool(done.stdout) == (closed in ("<&-", "2>&-"))


def test_data_is_utf_8_in_any_locale(index: str) -> None:
    done = searchkit("query", "sommet", "--index", index, "--json", "-n", "1", LC_ALL="C", PYTHONUTF8="0",
                     PYTHONIOENCODING="ascii")
    assert "à l’Élysée" in json.loads(done.stdout)["hits"][0]["title"]


@pytest.mark.skipif(os.name != "posix", reason="arguments are bytes")
def test_arguments_are_utf_8_in_any_locale(tmp_path: Path) -> None:
    bare = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    folder = str(tmp_path / "éte")
    for source in ("Ouest-Éclair", "Phare"):
        line = json.dumps({"title": "Un été", "id": f"à-{source}", "body": "Corps.", "source": source})
        done = searchkit("index", "-", "--index", folder, "--entities", "none", stdin=line, **bare)
        assert done.returncode == 0, done.stderr
    done = searchkit("query", "été", "--source", "éclair", "--index", folder, "--ids", **bare)
    assert done.stdout == "à-Ouest-Éclair\n"
    assert searchkit("show", "à-Phare", "--index", folder, **bare).returncode == 0
    assert "été" in searchkit("analyze", "été", **bare).stdout
    deleted = searchkit("delete", "-", "--index", folder, stdin="à-Phare\r\n\nà-rien\n", **bare)
    assert deleted.stderr == "1 article deleted. 1 id not in the index.\n"


def heed_interrupts() -> None:
    """What a shell runs in the background ignores Ctrl-C, and so would its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_while_indexing_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    folder = str(tmp_path / "index")
    command = [sys.executable, "-m", "searchkit", "index", "-", "--index", folder, "--entities", "none"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          preexec_fn=heed_interrupts) as process:
        assert process.stdin and process.stderr
        # More than a pipe holds: once it is written, the reader is at work.
        process.stdin.write((json.dumps({"title": "Un", "body": "Corps."}) + "\n") * 10_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        process.stdin.close()
        *_, last = process.stderr.read().splitlines()  # behind how far it came, on a slow machine
        assert last == "Interrupted. The index is as it was before this run."
        assert process.wait() == 130
    assert searchkit("query", "un", "--index", folder).returncode in (1, 2)


def test_ctrl_c_that_an_import_replaces_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    class Interrupts:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    with pytest.raises(typer.Exit) as stopped, guarded():
        try:
            type("Imported", (), {"member": Interrupts()})
        except KeyboardInterrupt as interrupt:  # as Python is up to 3.11
            raise RuntimeError("Error calling __set_name__") from interrupt
    assert stopped.value.exit_code == 130
    assert capsys.readouterr().err == "Interrupted.\n"


@pytest.mark.parametrize("asked", ["--help", "query --help", "--version"])
def test_help_into_a_closed_pipe_is_quiet(asked: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([sys.executable, "-m", "searchkit", *asked.split()], stdout=writing,
                              stderr=subprocess.PIPE, text=True, timeout=60)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


def test_debugging_shows_the_traceback(index: str) -> None:
    assert "Traceback" in searchkit("query", "x", "--index", f"{index}/no", SEARCHKIT_DEBUG="1").stderr


def test_help_imports_nothing_heavy() -> None:
    asked = (["--help"], ["query", "--help"], ["--version"], ["index", "--help"])
    assert imported(*asked) & HEAVY == set()


def test_a_piped_query_imports_only_what_it_uses(index: str) -> None:
    unused = HEAVY - {"whoosh", "numpy", "zstandard"} | {
        "searchkit.ingest", "searchkit.indexing.writing.writer", "multiprocessing",
        "searchkit.entities.acronyms", "searchkit.entities.lexicon", "searchkit.entities.folding"}
    assert imported(["query", "sommet IA", "--index", index]) & unused == set()


def imported(*asked: list[str]) -> set[str]:
    """What a process has imported once it was asked all of these."""
    code = (f"import sys\nfrom searchkit.cli import main\nfor words in {asked!r}:\n    sys.argv[1:] = words\n"
            "    try:\n        main()\n    except SystemExit:\n        pass\nprint('\\n@', *sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.rsplit("@", 1)[1].split())


def test_watch_follows_a_folder_until_ctrl_c(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    folder, index = tmp_path / "presse", tmp_path / "presse" / "index"
    folder.mkdir()
    (folder / "a.txt").write_text("La crue\n\nLa Loire monte.")
    command = [sys.executable, "-m", "searchkit", "watch", str(folder), "--index", str(index)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr
        said = iter(process.stderr.readline, "")
        assert "1 added" in next(line for line in said if "added" in line)
        (folder / "b.txt").write_text("La décrue\n\nLa Loire baisse.")
        assert "1 added" in next(line for line in said if "added" in line)
        (folder / "a.txt").unlink()
        assert "1 deleted" in next(line for line in said if "added" in line)
        os.killpg(process.pid, signal.SIGINT)
        assert "Stopped. 1 article in the index." in process.stderr.read()
    assert process.returncode == 130
    assert searchkit("query", "décrue", "--index", str(index)).returncode == 0


@pytest.mark.slow
def test_what_watch_saw_while_another_process_wrote_is_read_when_that_has_finished(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    folder, index = tmp_path / "presse", tmp_path / "index"
    folder.mkdir()
    command = [sys.executable, "-m", "searchkit", "watch", str(folder), "--index", str(index)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = iter(process.stderr.readline, "")
        assert "0 added" in next(line for line in said if "added" in line)
        with Index.open(index)._writer(1, 64):
            (folder / "a.txt").write_text("La crue\n\nLa Loire monte.")
            assert f"Process {os.getpid()} is writing" in next(said)
        try:
            assert "1 added" in next(said)
        finally:
            process.kill()


def test_watch_knows_a_folder_behind_a_link_by_its_name(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    (tmp_path / "presse").mkdir()
    (tmp_path / "lien").symlink_to("presse")
    batches = changes(str(tmp_path / "lien"))
    assert next(batches) == []
    (tmp_path / "presse" / "a.txt").write_text("La crue")
    assert next(batches) == [str(tmp_path / "lien" / "a.txt")]


@pytest.mark.slow
def test_watch_sees_a_file_whose_name_is_no_utf8(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    batches = changes(str(tmp_path))
    assert next(batches) == []
    for name in ("café.txt", "crue.txt"):
        (tmp_path / os.fsdecode(name.encode("latin-1"))).write_text("La crue")
    assert next(batches) == [str(tmp_path)]
    (tmp_path / "vote.txt").write_text("Le vote")
    assert next(batches) == [str(tmp_path / "vote.txt")]


@pytest.mark.slow
def test_a_watched_folder_that_vanishes_takes_no_article_with_it(tmp_path: Path) -> None:
    pytest.importorskip("watchfiles")
    folder, index = tmp_path / "presse", str(tmp_path / "index")
    folder.mkdir()
    (folder / "a.txt").write_text("La crue\n\nLa Loire monte.")
    (tmp_path / "autre.txt").write_text("Le vote\n\nD’un autre dossier.")
    searchkit("index", str(tmp_path / "autre.txt"), "--index", index)
    (tmp_path / "autre.txt").unlink()
    command = [sys.executable, "-m", "searchkit", "watch", str(folder), "--index", index]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = next(line for line in iter(process.stderr.readline, "") if "added" in line)
        assert "1 added" in said and "0 deleted" in said
        folder.rename(tmp_path / "ailleurs")
        try:
            assert "the folder is gone" in process.communicate(timeout=60)[1]
        finally:
            process.kill()
    assert process.returncode == 2
    assert searchkit("query", "crue OU vote", "--index", index, "--ids").stdout.count("\n") == 2


def test_backup_reindex_and_salvage(index: str, tmp_path: Path) -> None:
    exported = searchkit("export", "--index", index)
    assert exported.returncode == 0 and len(exported.stdout.splitlines()) == 1000
    copy = str(tmp_path / "copy")
    done = searchkit("index", "-", "--index", copy, "--entities", "none", stdin=exported.stdout)
    assert done.returncode == 0 and searchkit("export", "--index", copy).stdout == exported.stdout
    assert "1,000 articles analysed anew" in searchkit("reindex", "--index", copy).stderr
    (segment,) = Path(copy).glob("*.seg")
    segment.write_bytes(segment.read_bytes()[:-50])
    damaged = searchkit("check", "--index", copy)
    assert damaged.returncode == 2 and segment.name in damaged.stdout and "--salvage" in damaged.stderr
    out = str(tmp_path / "saved.jsonl")
    assert searchkit("check", "--index", copy, "--salvage", out).returncode == 2
    assert len(Path(out).read_text().splitlines()) == 1000
    again = searchkit("check", "--index", copy, "--salvage", out)
    assert again.returncode == 2 and "File exists" in again.stderr  # nothing is written over


def test_a_second_writer_waits_or_names_the_first(tmp_path: Path) -> None:
    folder = str(tmp_path / "index")
    slow = [sys.executable, "-m", "searchkit", "index", "-", "--index", folder, "--entities", "none"]
    line = json.dumps({"id": "a", "title": "Crue", "body": "La Loire."})
    other = json.dumps({"id": "b", "title": "Crue", "body": "La Loire."})
    assert searchkit("index", "-", "--index", folder, "--entities", "none", stdin="{}").returncode == 2
    with subprocess.Popen(slow, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as first:
        assert first.stdin
        lock = Path(folder, "MAIN_WRITELOCK")
        deadline = time.monotonic() + 30
        while not (lock.exists() and lock.read_text().strip() == str(first.pid)):
            assert time.monotonic() < deadline
            time.sleep(0.01)
        failed = searchkit("index", "-", "--index", folder, stdin=other)
        assert failed.returncode == 2 and f"process {first.pid}" in failed.stderr
        with subprocess.Popen([*slow, "--wait"], stdin=subprocess.PIPE, text=True) as second:
            assert second.stdin
            second.stdin.write(other)
            second.stdin.close()
            time.sleep(0.3)
            assert second.poll() is None
            first.stdin.write(line)
            first.stdin.close()
            assert first.wait(30) == 0 and second.wait(30) == 0
    assert searchkit("query", "crue", "--index", folder, "--ids").stdout.split() == ["a", "b"]
