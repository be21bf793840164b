#!/usr/bin/env python3
"""Runs one program and writes what it took, as one line of numbers, to FACTS.

usage: python3 -I -S launch.py FACTS OUTPUT ERRORS FOLDER PROGRAM [ARGUMENT ...]

A process of its own because Linux counts the memory of whoever starts a program into the
program's peak: this one is small. The line: exit status, cpu and wall seconds, peak KiB.
"""

import os
import sys
import time

WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def main():
    """Starts the program of the command line and waits for it."""
    facts, output, errors, folder, *words = sys.argv[1:]
    redirections = [
        (os.POSIX_SPAWN_OPEN, 1, output, WRITE, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, errors, WRITE, 0o600),
    ]
    os.chdir(folder)
    begun = time.perf_counter()
    child = os.posix_spawnp(words[0], words, os.environ, file_actions=redirections)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    code = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    with open(facts, "w") as file:
        file.write(f"{code} {cpu} {wall} {usage.ru_maxrss}\n")


if __name__ == "__main__":
    main()
