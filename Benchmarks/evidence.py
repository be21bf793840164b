#!/usr/bin/env python3
"""Measures time-stamps over very many versions: stamping, renewing, one record.

usage: evidence.py LUUTRU --out FILE.md --dossier FOLDER [--versions 1000000] [--batches 1]
                   [--scratch DIR]

One real dossier is packaged; the ledger then gets an entry for each other version, as `package`
makes it, with digests drawn by chance: stamping reads digests from the ledger, never a bundle.
The catalog takes the entries up unmeasured. With --batches the first versions
get a batch each, so that a renewal has as many tokens to cover. Needs 6 GiB below DIR and, for a million, an hour.
"""

import argparse
import datetime
import hashlib
import json
import os
import platform
import random
import subprocess
import tempfile
import uuid
from pathlib import Path

from measuring import Command, Job, JobFailed, run_job

MIB = 1 << 20
STAMPING_LIMIT = (64 * MIB, 100)
RENEWAL_SECONDS = 5


def canonical(value):
    """A line of the ledger, RFC 8785; the entries have plain ASCII and whole numbers only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def pretend(archive, count):
    """Appends entries of versions that no store holds, after the last line of the ledger."""
    path = Path(archive) / "stores/chinh/ledger/entries.jsonl"
    lines = path.read_bytes().splitlines()
    pattern = next(json.loads(line) for line in lines if b'"act":"package"' in line)
    entry, last = json.loads(lines[-1]), lines[-1]
    number = entry["n"]
    time = datetime.datetime.fromisoformat(entry["at"].rstrip("Z"))
    chance = random.Random(number)
    with open(path, "ab") as ledger:
        for step in range(1, count + 1):
            at = time + datetime.timedelta(microseconds=step)
            line = canonical(
                {
                    **pattern,
                    "n": number + step,
                    "prev": hashlib.sha256(last).hexdigest(),
                    "at": at.isoformat(timespec="microseconds") + "Z",
                    "object": f"urn:uuid:{uuid.UUID(int=chance.getrandbits(128), version=4)}".upper()
                    .replace("URN:UUID", "urn:uuid"),
                    "digests": {
                        kind: "sha512:" + chance.randbytes(64).hex()
                        for kind in ("tar", "segments", "sums", "seal", "inventory")
                    },
                }
            )
            last = line.encode()
            ledger.write(last + b"\n")


def measure(luutru, archive, *words):
    """Cost of one command."""
    job = Job(words[-1], lambda: [Command([luutru, *words, "--archive", archive])])
    with tempfile.TemporaryDirectory() as scratch:
        cost = run_job(job, scratch)
    print(words, cost, flush=True)
    return cost


def fill(choice, archive):
    """An archive of one real dossier and so many pretended ones, taken up by the catalog."""
    named = ["--agency", "UBND", "--agency-code", "H61", "--fonds-code", "H61", "--fonds-name", "P"]
    subprocess.run([choice.luutru, "init", archive, *named, "--trial-tsa"], check=True)
    subprocess.run(
        [choice.luutru, "package", choice.dossier, "--archive", archive, "--json"],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    stamp = [choice.luutru, "evidence", "stamp", "--archive", archive, "--json"]
    for _ in range(choice.batches - 1):
        subprocess.run(stamp, stdout=subprocess.DEVNULL, check=True)
        pretend(archive, 1)
    pretend(archive, choice.versions - choice.batches)
    return measure(choice.luutru, archive, "evidence", "renew")


def row(name, cost, limit, met):
    """A line of the table."""
    verdict = "met" if met else "**not met**"
    return f"| {name} | {limit} | {cost.wall:.1f} s, {cost.memory:.0f} MiB | {verdict} |"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("luutru")
    parser.add_argument("--out", required=True)
    parser.add_argument("--dossier", required=True)
    parser.add_argument("--versions", type=int, default=1_000_000)
    parser.add_argument("--batches", type=int, default=1)
    parser.add_argument("--scratch")
    choice = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=choice.scratch) as scratch:
        archive = os.path.join(scratch, "kho")
        taking = fill(choice, archive)
        stamping = measure(choice.luutru, archive, "evidence", "stamp")
        renewing = measure(choice.luutru, archive, "evidence", "renew", "--force")
        again = measure(choice.luutru, archive, "evidence", "renew", "--force")
        first = next(
            json.loads(line)["object"]
            for line in open(Path(archive) / "stores/chinh/ledger/entries.jsonl", "rb")
            if b'"act":"package"' in line
        )
        target = os.path.join(scratch, "giao")
        os.mkdir(target)
        try:
            record = measure(choice.luutru, archive, "evidence", "export", "-o", target, first)
        except JobFailed as failure:
            record, why = None, failure
        last = f"stores/chinh/evidence/{choice.batches:06}/leaves"
        size = os.path.getsize(Path(archive) / last)
    most = (STAMPING_LIMIT[0] + STAMPING_LIMIT[1] * choice.versions) / MIB
    lines = [
        "",
        f"## {datetime.datetime.now(datetime.timezone.utc):%Y-%m-%d %H:%M} UTC, evidence of"
        f" {choice.versions:,} versions in {choice.batches:,} batches",
        "",
        f"By `Benchmarks/evidence.py`; {platform.machine()}, {os.cpu_count()} cores, load"
        f" {os.getloadavg()[0]:.1f}; `leaves` has {size / MIB:.0f} MiB. The catalog took the"
        f" entries up in {taking.wall:.0f} s.",
        "",
        "| work | limit | measured |  |",
        "|---|---|---|---|",
        row("`evidence stamp`, the last batch", stamping, f"≤ {most:.0f} MiB", stamping.memory <= most),
        row("`evidence renew`, one token", renewing, "≤ 5 s", renewing.wall <= RENEWAL_SECONDS),
        row("the same again", again, "≤ 5 s", again.wall <= RENEWAL_SECONDS),
    ]
    if record:
        lines.append(row("`evidence export`, one dossier", record, "", True))
    else:
        lines.append(f"| `evidence export`, one dossier | | {why} | **not measured** |")
    with open(choice.out, "a", encoding="utf-8") as out:
        out.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
