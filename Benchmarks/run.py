#!/usr/bin/env python3
"""Measures a release of luutru against other programs doing the same work, in one run.

usage: run.py LUUTRU --out FILE.md [--scratch DIR] [--rounds 5] [--small]

Debian: python3 openssl coreutils util-linux findutils tar borgbackup gcc libssl-dev libsqlite3-dev
libarchive-dev libxml2-dev libqpdf-dev libp11-dev. pip: bagit==1.9.0 metsrw==0.7.0.
Needs 20 GiB below DIR and half an hour; --small divides every corpus by 64 and shows only that
the run works. A program that is absent is reported, its goals are `not measured`.
"""

import argparse
import datetime
import os
import platform
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import goals
import jobs
from measuring import Results, interleave

GIB = 1 << 30
CORPORA = (
    ("papers", "papers", GIB),
    ("tiny-small", "tiny", 5_000),
    ("tiny", "tiny", 20_000),
    ("huge-small", "huge", GIB // 4),
    ("huge", "huge", 4 * GIB),
)
SHORT_ROUNDS = 4


def warm(space):
    """Reads the corpus once, so that every round finds it in memory."""
    subprocess.run(["xargs", "-0", "-a", space.files, "cat"], stdout=subprocess.DEVNULL, check=True)


def measure(space, results, choice):
    """All jobs on one corpus."""
    warm(space)
    borg = space.name in ("papers", "tiny", "huge")
    first = jobs.packaging(space, borg)
    if space.name == "papers" and "sha_ni" in facts_of_processor().get("flags", "").split():
        first += jobs.plain_packaging(space)
    if space.name.startswith("tiny"):
        first.append(jobs.metsrw_job(space))
    interleave(results, space.name, first, choice.rounds, choice.scratch)
    if not space.identifiers:
        for job in ("luutru verify", "luutru audit run", "openssl sha512 of tars", "luutru get"):
            results.fail(space.name, job, "nothing was packaged")
    interleave(results, space.name, jobs.verification(space, borg), choice.rounds, choice.scratch)
    if space.summary["document"] and borg:
        short = jobs.retrieval(space, borg)
        interleave(results, space.name, short, choice.rounds * SHORT_ROUNDS + 1, choice.scratch)
        if (space.name, "luutru get") in results.costs and not jobs.same_document(space):
            results.fail(space.name, "luutru get", "gave other bytes than the document's")


def facts_of_processor():
    """What the system says of the first processor."""
    facts = {}
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        facts.setdefault(name.strip(), value.strip())
    return facts


def machine():
    """What the figures depend on."""
    facts = facts_of_processor()
    flags = facts.get("flags", "").split()
    wanted = ("sha_ni", "avx2", "avx512f", "avx512bw", "avx512vl")
    present = ", ".join(f"{flag} {'yes' if flag in flags else 'no'}" for flag in wanted)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    model = facts.get("model name", platform.machine())
    system = f"{memory:.0f} GiB; {present}; Linux {platform.release()}"
    return f"{model}, {os.cpu_count()} cores, {system}"


def version(luutru):
    """What the program says of itself."""
    try:
        done = subprocess.run([*luutru, "--version"], capture_output=True, text=True, check=False)
    except OSError as error:
        return str(error)
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[0] if lines else "?"


def report(results, sizes, descriptions, choice):
    """The section of this run."""
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")
    lines = [f"## {now}" + (", small corpora: no verdict" if choice.small else ""), ""]
    lines += [
        f"- luutru: {version(choice.luutru)}",
        f"- machine: {machine()}",
        f"- load at the end: {os.getloadavg()[0]:.1f}",
        f"- {choice.rounds} rounds in turn, warm cache; medians; cpu = user + system",
        f"- peaks up to {results.floor():.0f} MiB may be the measuring's own",
    ]
    lines += [f"- {name}: {text}" for name, text in descriptions.items()]
    wide = "avx512vl yes" in machine() and "avx512bw yes" in machine()
    verdicts = goals.judged(results, sizes, choice.small, wide)
    lines += ["", goals.table(("goal", "work", "limit", "measured", ""), verdicts)]
    return "\n".join(lines) + "\n" + goals.cost_table(results) + "\n"


def append(path, section):
    """Adds the section to the file, which begins with a heading."""
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        target.write_text("# Measurements\n\nEach run of `make bench` adds a section.\n\n", "utf-8")
    with open(target, "a", encoding="utf-8") as file:
        file.write(section)


def options():
    """The command line."""
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("luutru", type=absolute)
    parser.add_argument("--out", required=True)
    parser.add_argument("--scratch", default=tempfile.gettempdir())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--small", action="store_true")
    return parser.parse_args()


def absolute(text):
    """The words that start the program; its path no longer depends on the folder."""
    words = shlex.split(text)
    return [os.path.abspath(words[0]) if os.path.exists(words[0]) else words[0], *words[1:]]


def main():
    """Measures, prints, appends."""
    choice = options()
    os.environ.update(LC_ALL="C.UTF-8", BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK="yes")
    results, sizes, descriptions = Results(), {}, {}
    with tempfile.TemporaryDirectory(prefix="luutru-bench-", dir=choice.scratch) as scratch:
        choice.scratch = scratch
        os.environ["BORG_BASE_DIR"] = scratch + "/borg-home"
        for name, kind, amount in CORPORA:
            if choice.small:
                amount //= 64
            space = jobs.Workspace(scratch, name, kind, amount, choice.luutru)
            sizes[name], descriptions[name] = space.summary, jobs.described(space)
            measure(space, results, choice)
            space.clear()
        short = jobs.start_up(scratch, choice.luutru)
        interleave(results, "start", short, choice.rounds * SHORT_ROUNDS + 1, scratch)
        section = report(results, sizes, descriptions, choice)
    print(section)
    append(choice.out, section)
    sys.exit(0)


if __name__ == "__main__":
    main()
