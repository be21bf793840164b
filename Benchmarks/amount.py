#!/usr/bin/env python3
"""Measures one large archive: what a dossier costs at its end, what commands take, search, rebuild.

usage: amount.py LUUTRU CLOCK --out FILE.md [--archive DIR] [--rounds 5] [--small]
                 [--fonds 1000] [--dossiers 100000] [--documents 10] [--scratch DIR]

Debian: python3, eatmydata (fills the archive without waiting for the disk; what is measured waits).
CLOCK is `SearchClock` of the same build. An archive that holdings.py made may be given; it grows by
the rounds' dossiers. --small makes 2,000 dossiers and shows only that the run works.
"""

import argparse
import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

import goals
import holdings
import run
from measuring import Command, Job, Results, interleave

QUESTIONS = 200
BATCH = 200
KINDS = (
    ("2 words, newest", 1),
    ("prefix, newest", 20),
    ("2 words + agency + 3 years", 50),
    ("2 words, ranked", 50),
)


def without_marks(text):
    """As people type who have no Vietnamese keyboard."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def question(kind, chance):
    """A line for the clock: sort, words, agency, first and last day."""
    words = list(dict.fromkeys(holdings.WORDS.subject(chance).split()[2:]))
    if chance.random() < 0.5:
        words = [without_marks(word) for word in words]
    sort, agency, first, last = "newest", "", "", ""
    text = " ".join(chance.sample(words, 2))
    if kind.startswith("prefix"):
        text = without_marks(chance.choice(words))[: chance.choice((2, 3))] + "*"
    if "agency" in kind:
        year = chance.randrange(1990, 2022)
        agency, first, last = chance.choice(holdings.PLACES), f"{year}-01-01", f"{year + 2}-12-31"
    if "ranked" in kind:
        sort = "relevance"
    return "\t".join((sort, text, agency, first, last))


def percentile(values, share):
    """The value below which that share of all lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def search_times(clock, catalog, scratch):
    """Milliseconds of every question by kind, each asked once before in another order."""
    times = {}
    for kind, _ in KINDS:
        chance = random.Random(kind)
        lines = [question(kind, chance) for _ in range(QUESTIONS)]
        path = Path(scratch) / "questions"
        for order in (sorted(lines), lines):
            path.write_text("\n".join(order) + "\n", "utf-8")
            done = subprocess.run(
                [*clock, catalog, path], capture_output=True, text=True, check=True
            )
        times[kind] = [int(line.split("\t")[0]) / 1000 for line in done.stdout.splitlines()]
    return times


class Amount:
    """The large archive, a small one of the same kind beside it, and the jobs on both."""

    def __init__(self, choice, scratch):
        self.choice, self.scratch = choice, scratch
        self.large = Path(choice.archive or Path(scratch) / "large")
        self.small = Path(scratch) / "small"
        self.identifier, self.next = "", {}

    def fill(self):
        """Brings both archives to their size."""
        filler = [*(["eatmydata"] if shutil.which("eatmydata") else []), *self.choice.luutru]
        for archive, count in ((self.large, self.choice.dossiers), (self.small, 1000)):
            growing = holdings.Holdings(filler, archive, self.choice)
            growing.grow(min(count, self.choice.dossiers))
            # An archive that was measured before has dossiers beyond those it was filled with.
            self.next[archive] = 1_000_000 + self.status(archive)["dossiers"]
        listed = self.ours(self.large, "search", "--limit", "1", "--json").line()
        answer = subprocess.run(listed, capture_output=True, text=True, check=True).stdout
        self.identifier = json.loads(answer.splitlines()[0])["payload"]["dossier"]["id"]

    def status(self, archive):
        """What the program says an archive holds."""
        line = self.ours(archive, "status", "--json").line()
        answer = subprocess.run(line, capture_output=True, text=True, check=False).stdout
        return json.loads(answer.splitlines()[0])["payload"]

    def ours(self, archive, *words):
        """The program on an archive."""
        return Command([*self.choice.luutru, *words, "--archive", archive])

    def packaging(self, archive, name):
        """The job of adding some dossiers to an archive."""
        folder = Path(self.scratch) / "batch"

        def prepare():
            shutil.rmtree(folder, ignore_errors=True)
            first = self.next[archive]
            self.next[archive] = first + BATCH
            for number in range(first, first + BATCH):
                holdings.write_dossier(folder, number, self.choice)

        def commands():
            return [self.ours(archive, "package", *sorted(folder.iterdir()))]

        return Job(name, commands, prepare)

    def packaging_jobs(self):
        """The same work in the small and in the large archive."""
        return [self.packaging(self.small, "package, small"), self.packaging(self.large, "package")]

    def short_jobs(self):
        """Commands of which each should answer at once."""
        number = random.Random("amend")
        asked = {
            "list --tree": ("list", "--tree"),
            "status": ("status",),
            "show": ("show", self.identifier),
            "search, 2 words": ("search", "ngân", "sách"),
            "search, prefix": ("search", "ngh*"),
            "search, agency and years": (
                *("search", "quyết", "toán", "--organ", "xã"), *("--from", "2001", "--to", "2003"),
            ),
            "search, ranked": ("search", "cấp nước", "--sort", "relevance"),
        }  # fmt: skip

        def amend():
            title = f"title=Hồ sơ thử {number.randrange(1 << 30)}"
            words = ("amend", self.identifier, "--set", title, "--reason", "đo thời gian")
            return [self.ours(self.large, *words)]

        jobs = [Job("--version", lambda: [Command([*self.choice.luutru, "--version"])])]
        for name, words in asked.items():
            jobs.append(Job(name, lambda words=words: [self.ours(self.large, *words)]))
        return [*jobs, Job("amend", amend)]


def judged(results, times, counts, small):
    """Goals 7, 9 and 10 and the answers of commands, as rows."""
    table = goals.Goals(results)
    large, little = table.cost("amount", "package"), table.cost("amount", "package, small")
    title = f"cpu a dossier at {counts['dossiers']} dossiers / at {min(1000, counts['dossiers'])}"
    table.ratio(7, title, 1.15, large, little)
    for name in ("list --tree", "status", "show", "amend"):
        table.add("–", f"wall of `{name}`", 100, milliseconds(table, name), "ms")
    for name in sorted(job for _, job in results.costs if job.startswith("search")):
        table.add("–", f"wall of `{name}`", 100, milliseconds(table, name), "ms")
    for kind, limit in KINDS:
        table.add(9, f"{kind}: p99 in process", limit, percentile(times[kind], 0.99), "ms")
    cpu = table.cost("amount", "catalog rebuild")
    per = None if cpu is None else cpu / counts["documents"] * 20_000
    table.add(10, "cpu of `catalog rebuild` for 20,000 documents", 1, per, "s")
    table.add(10, "its peak memory", 256, table.cost("amount", "catalog rebuild", "memory"), "MiB")
    return [(*row[:-1], "–") for row in table.rows] if small else table.rows


def milliseconds(table, job):
    """The median wall clock of a job."""
    wall = table.cost("amount", job, "wall")
    return None if wall is None else wall * 1000


def report(results, times, counts, choice):
    """The section of this run."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    lines = [f"## {now}, a large archive" + (", small: no verdict" if choice.small else ""), ""]
    lines += [
        f"- luutru: {run.version(choice.luutru)}",
        f"- machine: {run.machine()}",
        f"- load at the end: {os.getloadavg()[0]:.1f}",
        f"- {choice.rounds} rounds in turn, warm cache; medians; cpu = user + system",
        f"- one archive: {counts['dossiers']} dossiers, {counts['documents']} documents, "
        f"{choice.fonds} fonds; catalog {counts['catalog'] / (1 << 20):.0f} MiB",
        "",
        goals.table(
            ("goal", "work", "limit", "measured", ""), judged(results, times, counts, choice.small)
        ),
        goals.cost_table(results),
    ]
    rows = [
        (kind, *(f"{percentile(times[kind], share):.2f}" for share in (0.5, 0.95, 0.99)))
        for kind, _ in KINDS
    ]
    lines.append(goals.table((f"{QUESTIONS} questions", "p50 ms", "p95 ms", "p99 ms"), rows))
    return "\n".join(lines) + "\n"


def holding(amount):
    """How much the large archive holds."""
    facts = amount.status(amount.large)
    size = (amount.large / "catalog.sqlite").stat().st_size
    return {"dossiers": facts["dossiers"], "documents": facts["documents"], "catalog": size}


def options():
    """The command line."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("luutru", type=run.absolute)
    parser.add_argument("clock", type=run.absolute)
    parser.add_argument("--out", required=True)
    parser.add_argument("--archive")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--small", action="store_true")
    holdings.add_options(parser)
    choice = parser.parse_args()
    if choice.small:
        choice.fonds, choice.dossiers = 20, 2000
    return choice


def main():
    """Fills, measures, prints, appends."""
    choice = options()
    os.environ["LC_ALL"] = "C.UTF-8"
    results = Results()
    with tempfile.TemporaryDirectory(prefix="luutru-amount-", dir=choice.scratch) as scratch:
        amount = Amount(choice, scratch)
        amount.fill()
        interleave(results, "amount", amount.packaging_jobs(), choice.rounds, scratch)
        interleave(results, "amount", amount.short_jobs(), choice.rounds * 2 + 1, scratch)
        rebuild = Job("catalog rebuild", lambda: [amount.ours(amount.large, "catalog", "rebuild")])
        interleave(results, "amount", [rebuild], 1, scratch)
        times = search_times(choice.clock, amount.large / "catalog.sqlite", scratch)
        section = report(results, times, holding(amount), choice)
    print(section)
    run.append(choice.out, section)
    sys.exit(0)


if __name__ == "__main__":
    main()
