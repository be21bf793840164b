#!/usr/bin/env python3
"""Measures search in a catalog of 1,000,000 documents that have no bytes: a few minutes, 1 GiB.

usage: search.py CLOCK [--out FILE.md] [--documents 1000000] [--rounds 8] [--catalog FILE]

Debian: python3. CLOCK is `SearchClock`. The words are those of holdings.py and the questions those
of amount.py; of each the median of the rounds counts. A catalog filled before may be given.
"""

import argparse
import datetime
import os
import random
import shlex
import statistics
import subprocess
import tempfile
from pathlib import Path

import amount
import corpus
import goals
import holdings
import run


def lines(documents, seed):
    """The documents, ten to a dossier."""
    kinds = list(holdings.KINDS.items())
    for number in range((documents + 9) // 10):
        chance = random.Random(f"{seed}-{number}")
        year = chance.randrange(1990, 2026)
        fonds = holdings.fonds_code(chance.randrange(1000))
        title = f"Hồ sơ {holdings.WORDS.subject(chance)}"
        for ordinal in range(1, 11):
            notation, kind = chance.choice(kinds)
            date = f"{chance.randrange(1, 29):02d}/{chance.randrange(1, 13):02d}/{year}"
            organ = f"Ủy ban nhân dân {holdings.WORDS.place(chance)}"
            facts = (number, fonds, title, ordinal, chance.randrange(1, 9999), f"{notation}-UBND")
            facts = (*facts, kind, corpus.KINDS[kind], date, organ, holdings.WORDS.subject(chance))
            yield "\t".join(map(str, facts)) + "\n"


def fill(choice, catalog):
    """Makes the catalog."""
    command = [*choice.clock, str(catalog), "fill"]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        file.writelines(lines(choice.documents, choice.seed))
        file.seek(0)
        subprocess.run(command, stdin=file, check=True)


def times(choice, catalog, kind, scratch):
    """Milliseconds of each question, the median of all rounds, and the questions."""
    chance = random.Random(kind)
    questions = [amount.question(kind, chance) for _ in range(amount.QUESTIONS)]
    path = Path(scratch) / "questions"
    path.write_text("\n".join(questions * choice.rounds) + "\n", "utf-8")
    words = [*choice.clock, str(catalog), str(path)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines()
    if not any(int(line.split("\t")[1]) for line in said):
        raise SystemExit(f"{catalog} answers nothing")
    taken = [int(line.split("\t")[0]) / 1000 for line in said]
    middle = [statistics.median(taken[index :: len(questions)]) for index in range(len(questions))]
    return middle, questions


def main():
    """Fills, asks and tells."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("clock", type=shlex.split)
    parser.add_argument("--out")
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--catalog")
    parser.add_argument("--seed", default="1")
    choice = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        catalog = Path(choice.catalog or Path(scratch) / "catalog.sqlite")
        if not catalog.exists():
            fill(choice, catalog)
        for kind, limit in amount.KINDS:
            taken, questions = times(choice, catalog, kind, scratch)
            p50, p95, p99 = (amount.percentile(taken, share) for share in (0.5, 0.95, 0.99))
            slowest = max(zip(taken, questions))
            print(f"{kind}: p50 {p50:.2f}, p95 {p95:.2f}, p99 {p99:.2f} ms, most {slowest}")
            kept = "met" if p99 <= limit else "**not met**"
            rows.append((kind, f"≤ {limit} ms", f"{p50:.2f}", f"{p95:.2f}", f"{p99:.2f}", kept))
    if choice.out:
        now = datetime.datetime.now(datetime.timezone.utc)
        table = goals.table(("goal 9", "p99", "p50 ms", "p95 ms", "p99 ms", ""), rows)
        text = (
            f"## {now:%Y-%m-%d %H:%M} UTC, search\n\n"
            f"- machine: {run.machine()}\n"
            f"- `Benchmarks/search.py`: {choice.documents:,} documents without bytes, "
            f"{amount.QUESTIONS} questions of each sort, of each the median of {choice.rounds}; "
            f"load {os.getloadavg()[0]:.1f}.\n\n{table}\n"
        )
        run.append(choice.out, text)


if __name__ == "__main__":
    main()
