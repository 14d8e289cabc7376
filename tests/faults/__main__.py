"""The table of faults: what was tried, and how often.

    python -m tests.faults [--kills 500] [--commits 200] [--damage 10000] [--crafted 2000]
        [--fuzz 1000000] [--soak 3600]

Every row stops at its first loss, with what repeats it. The sizes given here are the defaults; together they
take about two hours, most of it the soak.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from . import crafted, damage, disk, fuzz, kills, readers, soak


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--commits", type=int, default=200)
    parser.add_argument("--damage", type=int, default=10_000)
    parser.add_argument("--crafted", type=int, default=2_000)
    parser.add_argument("--fuzz", type=int, default=1_000_000)
    parser.add_argument("--soak", type=float, default=3600.0, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-calls", action="store_true", help="leave out the failing calls to the disk")
    asked = parser.parse_args()
    print("| fault | tried | lost |\n|---|---:|---:|")
    if asked.kills:
        row("processes killed (SIGKILL)", kills.kill(fresh(), asked.kills, asked.seed))
    if not asked.no_calls:
        kinds = len(disk.COMMITS)
        row(f"calls to the disk that failed: every one of {kinds} kinds of commit, 3 ways", every_call())
    if asked.commits:
        searches = readers.while_writing(fresh(), 4, asked.commits)
        row(f"searches of 4 readers during {asked.commits:,} commits", searches)
    if asked.damage:
        row("files damaged", damage.damage(asked.damage, asked.seed))
    if asked.crafted:
        row("segments crafted, with right checksums", crafted.craft(asked.crafted, asked.seed))
    if asked.fuzz:
        row("strange inputs", sum(number for number, _ in fuzz.fuzz(asked.fuzz, asked.seed).values()))
    if asked.soak:
        done = soak.soak(fresh(), asked.soak, asked.seed)
        files, memory = zip(done.early, done.late, strict=True)
        flat = f" (files {files[0]} → {files[1]}, memory {memory[0]:.0f} → {memory[1]:.0f} MB)"
        row(f"steps of a soak of {asked.soak:g} s", done.steps, flat)


def row(what: str, tried: int, note: str = "") -> None:
    """Nothing is lost: else there is no row."""
    print(f"| {what} | {tried:,} | 0{note} |", flush=True)


def every_call() -> int:
    folder = fresh()
    base, total = disk.base(folder), 0
    for commit in disk.COMMITS:
        for number, (after, onward) in enumerate([(False, False), (True, False), (False, True)]):
            total += disk.faults(base, folder / f"{commit}{number}", commit, after, onward, {})
    return total


def fresh() -> Path:
    return Path(tempfile.mkdtemp(prefix="searchkit-faults-"))


main()
