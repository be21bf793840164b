"""Runs programs and counts what they take: cpu, wall clock and memory, in rounds that alternate."""

import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable

LAUNCHER = Path(__file__).with_name("launch.py")


@dataclass
class Command:
    """A program with its arguments; `arguments` is a list of NUL-ended ones for xargs."""

    words: list
    folder: str | None = None
    arguments: str | None = None

    def line(self):
        """What is executed."""
        words = [str(word) for word in self.words]
        return ["xargs", "-0", "-a", self.arguments, *words] if self.arguments else words


@dataclass
class Cost:
    """What one run of a job took: seconds of cpu and of wall clock, peak MiB of one process."""

    cpu: float = 0.0
    wall: float = 0.0
    memory: float = 0.0


class JobFailed(Exception):
    """A program ended with a status other than 0, or is not there."""


@dataclass
class Job:
    """Something to measure: the programs, and what comes before them unmeasured."""

    name: str
    commands: Callable[[], list]
    prepare: Callable[[], None] = lambda: None
    after: Callable[[bytes], None] = lambda output: None


@dataclass
class Results:
    """Costs of all rounds by corpus and job, and why a job has none."""

    costs: dict = field(default_factory=dict)
    failures: dict = field(default_factory=dict)

    def median(self, corpus, job, what):
        """The median of `cpu`, `wall` or `memory`; none when the job did not run."""
        costs = self.costs.get((corpus, job))
        if not costs or (corpus, job) in self.failures:
            return None
        return statistics.median(getattr(cost, what) for cost in costs)

    def floor(self):
        """The smallest peak of any job: what the measuring itself may add to every peak."""
        return min((cost.memory for costs in self.costs.values() for cost in costs), default=0.0)

    def fail(self, corpus, job, why):
        """Remembers the first reason."""
        self.failures.setdefault((corpus, job), why)


def execute(command, output):
    """Runs one program; its children count once it has waited for them (`wait4`)."""
    files = [output + ".facts", output, output + ".err", str(command.folder or ".")]
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER)]
    started = subprocess.run(
        [*launcher, *files, *command.line()], stderr=subprocess.PIPE, check=False
    )
    name = os.path.basename(str(command.words[0]))
    if started.returncode:
        reason = started.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise JobFailed(f"{name}: {' '.join(reason)}")
    with open(files[0], encoding="ascii") as facts:
        code, cpu, wall, peak = facts.read().split()
    if code != "0":
        raise JobFailed(f"{name} exit {code}: {last(output)}")
    return Cost(float(cpu), float(wall), int(peak) / 1024)


def last(output):
    """The last line of a program's complaint."""
    with open(output + ".err", "rb") as complaint:
        complaint.seek(max(0, os.path.getsize(output + ".err") - 300))
        lines = complaint.read().decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "no message"


def run_job(job, scratch):
    """One run of a job: the sum of its programs, the largest of their peaks."""
    total, output = Cost(), os.path.join(scratch, "output")
    job.prepare()
    for command in job.commands():
        cost = execute(command, output)
        total.cpu += cost.cpu
        total.wall += cost.wall
        total.memory = max(total.memory, cost.memory)
        with open(output, "rb") as file:
            job.after(file.read(1 << 24))
    return total


def interleave(results, corpus, jobs, rounds, scratch):
    """Runs the jobs in turn, round after round; one that fails is left out from then on."""
    for number in range(rounds):
        for job in jobs:
            if (corpus, job.name) in results.failures:
                continue
            print(f"{corpus} {number + 1}/{rounds} {job.name}", file=sys.stderr, flush=True)
            try:
                cost = run_job(job, scratch)
            except (JobFailed, OSError, subprocess.CalledProcessError) as why:
                results.fail(corpus, job.name, str(why))
            else:
                results.costs.setdefault((corpus, job.name), []).append(cost)
