"""Kills a release at its calls of the system, as a power cut would: check_kills.py LUUTRU [STRIDE]

Each act of evidence and ledger is killed by SIGKILL at every STRIDE-th (1 unless told) fsync,
rename and removal and at every 8 × STRIDE-th write. After each, the next commands must find a
sound archive and end the act, and a checkpoint signed before must still agree with the ledger.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from check_evidence import Archive
from peer import NotRun, Tally, demand, tool

CALLS = (
    ("fsync", "fsync,fdatasync", 1),
    ("rename", "rename,renameat,renameat2,link,linkat", 1),
    ("removal", "unlink,unlinkat,rmdir", 1),
    ("write", "write,pwrite64,writev,pwritev", 8),
)
ACTS = (
    ("packaging", ["package", "DOSSIER"]),
    ("packaging of several", ["package", "DOSSIER", "SECOND", "THIRD"]),
    ("an act of the ledger", ["fonds", "add", "--code", "P1", "--name", "Phông một"]),
    ("a stamp", ["evidence", "stamp"]),
    ("a renewal of time-stamps", ["evidence", "renew", "--force"]),
    ("a renewal of hash trees", ["evidence", "renew", "--hash-tree", "--force"]),
    ("a new key of the ledger", ["key", "rotate", "--use", "ledger"]),
    ("a new key of the seal", ["key", "rotate", "--use", "seal"]),
)


class Rehearsal:
    """One archive that is put back before each run."""

    def __init__(self, luutru, place):
        self.archive = Archive(luutru, place, 2)
        self.archive.run("package", self.archive.dossier(3))
        self.dossiers = {
            "DOSSIER": str(self.archive.dossier(4)),
            "SECOND": str(self.archive.dossier(5)),
            "THIRD": str(self.archive.dossier(6)),
        }
        self.before = place / "before"
        shutil.copytree(self.archive.home, self.before, symlinks=True)
        self.checkpoint = place / "checkpoint"
        shutil.copy(self.signed(), self.checkpoint)

    def signed(self):
        """The checkpoint that lies in the store."""
        return self.archive.home / "stores" / "chinh" / "ledger" / "checkpoint"

    def put_back(self):
        """The archive as it was."""
        shutil.rmtree(self.archive.home)
        shutil.copytree(self.before, self.archive.home, symlinks=True)

    def killed(self, words, calls, number):
        """Runs an act that dies at its number-th call; false when it came to its end."""
        inject = f"inject={calls}:signal=KILL:when={number}"
        command = [tool("strace"), "-f", "-qq", "-o", "/dev/null", "-e", f"trace={calls}"]
        command += ["-e", inject, str(self.archive.luutru), *words]
        done = subprocess.run(
            command, env=self.archive.environment, capture_output=True, check=False
        )
        return done.returncode in (-9, 137)

    def ask(self, *words, allowed=(0,)):
        """Runs the program; an exit that is not allowed is a fault."""
        command = [str(self.archive.luutru), *map(str, words)]
        done = subprocess.run(
            command, env=self.archive.environment, capture_output=True, check=False
        )
        said = (done.stdout[-600:] + done.stderr[-600:]).decode("utf-8", "replace")
        demand(done.returncode in allowed, f"{' '.join(words[:3])}: {done.returncode}: {said}")
        return done.stdout.decode()

    def judge(self, words):
        """What must hold after a death, before and after the act is done again."""
        after = self.archive.place / "after"
        shutil.copy(self.signed(), after)
        self.ask("status", allowed=(0, 3))
        self.ask("ledger", "verify", "--from", str(self.checkpoint))
        # Done already: packaging and fonds say so with 1, 6 or 64.
        self.ask(*words, allowed=(0, 1, 6, 64))
        for point in (self.checkpoint, after):
            self.ask("ledger", "verify", "--from", str(point))
        self.ask("catalog", "check")
        self.ask("evidence", "stamp")
        self.ask("audit", "run", "--deep")
        for line in self.ask("list", "--json").splitlines():
            name = json.loads(line).get("payload", {}).get("id")
            if name:
                self.ask("verify", name)
        self.ask("evidence", "export", "--all", "-o", str(after) + ".d")
        shutil.rmtree(str(after) + ".d")

    def sweep(self, words, calls, stride):
        """Kills at one call after another until the act comes to its end."""
        number, count = 1, 0
        while True:
            self.put_back()
            if not self.killed(words, calls, number):
                return f"{count} deaths"
            try:
                self.judge(words)
            except Exception as fault:
                raise type(fault)(f"at call {number}: {fault}") from fault
            count += 1
            number += stride


def main():
    """Kills the program of the command line."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    stride = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    tally = Tally()
    with tempfile.TemporaryDirectory() as work:
        try:
            tool("strace")
        except NotRun as missing:
            return print(f"not run: {missing}")
        rehearsal = Rehearsal(Path(sys.argv[1]).resolve(), Path(work))
        for title, words in ACTS:
            words = [rehearsal.dossiers.get(word, word) for word in words]
            for name, calls, factor in CALLS:
                step = stride * factor
                tally.check(title, f"killed at {name}", rehearsal.sweep, words, calls, step)
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
