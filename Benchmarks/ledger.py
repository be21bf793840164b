#!/usr/bin/env python3
"""Measures a ledger of 1,000,000 entries: appending, proving an entry, verifying it whole.

usage: ledger.py LUUTRU CLOCK --out FILE.md [--entries 1000000] [--dossiers 1000] [--archive DIR]

Debian: python3, eatmydata (its fsync returns at once: what appending costs beyond the disk).
CLOCK is `LedgerClock` of the same build. An archive that was filled before may be given.
"""

import argparse
import datetime
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import goals
import holdings
import run

ENTRIES = 1_000_000
SAMPLE = 1000


def clocked(words):
    """Microseconds of every turn, in the order of the turns."""
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, check=True)
    return [int(line) for line in done.stdout.split()]


def percentile(values, share):
    """The value below which that share of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def fill(choice, archive):
    """An archive with dossiers whose acts fill the ledger."""
    holdings.Holdings(choice.luutru, archive, choice).grow(choice.dossiers)
    clocked(["eatmydata", *choice.clock, archive, "fill", choice.entries])


def measured(choice, archive):
    """The rows of the table: work, limit, figures."""
    ledger = next(Path(archive).glob("stores/*/ledger/entries.jsonl"))
    entries = sum(chunk.count(b"\n") for chunk in iter_chunks(ledger))
    beyond = clocked(["eatmydata", *choice.clock, archive, "append", SAMPLE])
    disk = clocked([*choice.clock, archive, "append", SAMPLE])
    proofs = clocked([*choice.clock, archive, "prove", SAMPLE])
    whole = statistics.median(clocked([*choice.clock, archive, "verify", 3])) / 1e6
    rate = (entries + 2 * SAMPLE) / whole

    def row(work, limit, values, most):
        middle = statistics.median(values) / 1000
        figures = f"{middle:.2f} ms (p99 {percentile(values, 0.99) / 1000:.2f})"
        return work, limit, figures, "met" if middle <= most else "**not met**"

    kept = "met" if rate >= 200_000 else "**not met**"
    return entries, [
        row("an act with its entry, tree and catalog, without fsync: p50", "≤ 1 ms", beyond, 1),
        ("the same with this disk's fsync: p50", "–", f"{statistics.median(disk) / 1000:.2f} ms", ""),
        row("proof of an entry: p50", "≤ 5 ms", proofs, 5),
        ("verifying all entries and tiles", "≥ 200,000 /s", f"{rate:,.0f} /s", kept),
    ]


def iter_chunks(path):
    """A file in pieces."""
    with open(path, "rb") as file:
        while chunk := file.read(1 << 22):
            yield chunk


def report(choice, entries, rows):
    """The section of the page."""
    now = datetime.datetime.now(datetime.timezone.utc)
    lines = [
        f"## {now:%Y-%m-%d %H:%M} UTC, the ledger",
        "",
        f"- luutru: {run.version(choice.luutru)}",
        f"- machine: {run.machine()}",
        f"- load at the end: {os.getloadavg()[0]:.1f}",
        f"- {entries:,} entries; {SAMPLE} acts and proofs in one process each; verified 3 times",
        "",
        goals.table(("work", "limit", "measured", ""), rows),
    ]
    return "\n".join(lines)


def main():
    """Fills, measures, prints, appends."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("luutru", type=run.absolute)
    parser.add_argument("clock", type=shlex.split)
    parser.add_argument("--out", required=True)
    parser.add_argument("--archive")
    parser.add_argument("--entries", type=int, default=ENTRIES)
    holdings.add_options(parser)
    parser.set_defaults(fonds=1, dossiers=1000, documents=1)
    choice = parser.parse_args()
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory(prefix="luutru-ledger-", dir=choice.scratch) as scratch:
        archive = choice.archive or f"{scratch}/kho"
        if not choice.archive:
            fill(choice, archive)
        section = report(choice, *measured(choice, archive))
    print(section)
    run.append(choice.out, section)
    sys.exit(0)


if __name__ == "__main__":
    main()
