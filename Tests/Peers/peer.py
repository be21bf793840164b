"""What every check needs: verdicts, the tools of others, the fixtures beside the package."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

FIXTURES = Path(__file__).resolve().parents[2].parent / "shared" / "fixtures"


class Fault(Exception):
    """What is wrong with a bundle."""


class NotRun(Exception):
    """What a check needs and does not find."""


class Noted(Exception):
    """A tool's own known peculiarity: neither passed nor failed."""


class Tally:
    """Counts checks and prints a line for each."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, subject, name, body, *arguments):
        """Runs one check; a crash of the check is a failure, never a pass."""
        try:
            note = body(*arguments)
        except NotRun as missing:
            print(f"not run: {missing} ({subject}: {name})")
        except Noted as note:
            print(f"noted   {subject}: {name}: {note}")
        except Fault as fault:
            self.fail(subject, name, fault)
        except Exception as error:
            self.fail(subject, name, f"{type(error).__name__}: {error}")
        else:
            self.passed += 1
            print(f"passed  {subject}: {name}" + (f" ({note})" if note else ""))

    def fail(self, subject, name, why):
        """Counts a failure and says why."""
        self.failed += 1
        print(f"FAILED  {subject}: {name}: {why}")


def tool(name):
    """The program's path: beside this Python first, then where the shell finds it."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if not found:
        raise NotRun(f"{name} absent")
    return found


def run(command, cwd=None, locale="C.UTF-8", pardon=None):
    """Runs a program and gives its output; an exit status other than 0 is a fault.

    `pardon` says of one line of complaint whether it is of no account.
    """
    environment = {**os.environ, "LC_ALL": locale}
    done = subprocess.run(command, cwd=cwd, capture_output=True, env=environment)
    complaint = done.stderr.decode("utf-8", "replace").strip()
    pardoned = pardon and complaint and all(pardon(line) for line in complaint.splitlines())
    if done.returncode and not pardoned:
        text = (complaint or done.stdout.decode("utf-8", "replace").strip())[-300:]
        raise Fault(f"{os.path.basename(command[0])} exit {done.returncode}: {text}")
    return done.stdout


def fixture(path):
    """A file of the fixtures."""
    found = FIXTURES / path
    if not found.exists():
        raise NotRun("fixtures absent")
    return found


def demand(condition, why):
    """Fails the check unless the condition holds."""
    if not condition:
        raise Fault(why)


def some(names, limit=3):
    """A few of the names for a message."""
    return ", ".join(repr(name) for name in sorted(names)[:limit])


def digest(path, algorithm):
    """A file's digest in hexadecimal, lower case."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, algorithm).hexdigest()
