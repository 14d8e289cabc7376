"""Small and middling runs of what `python -m tests.faults` runs at length."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from . import crafted, damage, fuzz, readers, soak

REPOSITORY = Path(__file__).parents[2]


def test_readers_see_whole_commits_only(tmp_path: Path) -> None:
    assert readers.while_writing(tmp_path, readers=2, commits=15) > 0


@pytest.mark.slow
def test_four_readers_through_two_hundred_commits(tmp_path: Path) -> None:
    assert readers.while_writing(tmp_path, readers=4, commits=200) > 500


def test_damage_in_any_file_is_named_and_never_searched() -> None:
    assert damage.damage(300, seed=1) == 300


@pytest.mark.slow
def test_damage_at_length() -> None:
    assert damage.damage(1500, seed=2) == 1500


def test_a_crafted_segment_is_refused_or_searched_in_bounds() -> None:
    assert crafted.craft(4, seed=1) == 4


@pytest.mark.slow
def test_two_hundred_crafted_segments() -> None:
    assert crafted.craft(200, seed=2) == 200


def test_an_index_stays_equal_to_a_dict(tmp_path: Path) -> None:
    assert soak.soak(tmp_path, seconds=1).steps >= 20


@pytest.mark.slow
def test_memory_and_files_stay_flat(tmp_path: Path) -> None:
    done = soak.soak(tmp_path, seconds=10, seed=3)
    assert done.late[0] <= done.early[0] + 1 and done.late[1] < done.early[1] + 40


def test_strange_input_raises_nothing_and_takes_no_time() -> None:
    assert sum(number for number, _ in fuzz.fuzz(500, seed=1).values()) >= 400


@pytest.mark.slow
def test_strange_input_at_length() -> None:
    assert sum(number for number, _ in fuzz.fuzz(20_000, seed=2).values()) >= 19_500


@pytest.mark.slow
def test_the_table_is_made_by_one_command() -> None:
    sizes = "--kills 1 --commits 2 --damage 5 --crafted 2 --fuzz 100 --soak 0.1 --no-calls"
    command = [sys.executable, "-m", "tests.faults", *sizes.split()]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert [line.split("|")[1].strip() for line in done.stdout.splitlines()[2:]] == [
        "processes killed (SIGKILL)",
        "searches of 4 readers during 2 commits",
        "files damaged",
        "segments crafted, with right checksums",
        "strange inputs",
        "steps of a soak of 0.1 s",
    ]
