"""The jobs that are compared: the program's, and the same work done by others."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import corpus
from measuring import Command, Job, JobFailed

IDENTIFIER = re.compile(rb"urn:uuid:[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}")
EMPTY_PROGRAM = "int main(void) { return 0; }\n"
LIBRARIES = ("crypto", "sqlite3", "archive", "xml2", "qpdf")


def program(name):
    """A program beside this Python or where the shell finds it; else its bare name."""
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.exists() else shutil.which(name) or name


def quiet(*words, **options):
    """Runs something that is not measured."""
    try:
        subprocess.run([str(word) for word in words], check=True, capture_output=True, **options)
    except FileNotFoundError:
        raise JobFailed(f"{words[0]} absent") from None
    except subprocess.CalledProcessError as error:
        text = (error.stderr or error.stdout).decode("utf-8", "replace").strip()
        raise JobFailed(f"{words[0]} exit {error.returncode}: {text[-200:]}") from None


class Workspace:
    """A corpus with what the jobs make of it: archive, bags, repository."""

    def __init__(self, scratch, name, kind, amount, luutru):
        self.root = Path(scratch) / name
        shutil.rmtree(self.root, ignore_errors=True)
        self.name, self.luutru = name, luutru
        self.corpus, self.archive = self.root / "corpus", self.root / "archive"
        self.bags, self.repository = self.root / "bags", self.root / "borg"
        self.summary = corpus.make(kind, self.corpus, amount, 1)
        self.folders = [self.corpus / name for name in self.summary["dossiers"]]
        self.files = self.listing("files", (p for d in self.folders for p in d.rglob("*")))
        self.identifiers = []

    def listing(self, name, paths):
        """Writes the files among the paths as a list for xargs and gives the list's path."""
        target = self.root / (name + ".list")
        chosen = sorted(os.fsencode(path) for path in paths if path.is_file())
        target.write_bytes(b"".join(path + b"\0" for path in chosen))
        return str(target)

    def tars(self):
        """A list of the tars in the archive."""
        return self.listing("tars", self.archive.glob("stores/*/ocfl/**/*.tar"))

    def ours(self, *words):
        """The program on this archive."""
        return Command([*self.luutru, *words, "--archive", self.archive])

    def remember(self, output):
        """Takes the identifiers out of what `package --json` says."""
        found = [match.decode() for match in IDENTIFIER.findall(output)]
        self.identifiers = list(dict.fromkeys(found))

    def fresh_archive(self):
        """Makes an empty archive."""
        shutil.rmtree(self.archive, ignore_errors=True)
        quiet(
            *self.luutru,
            "init",
            self.archive,
            "--agency",
            "Sở Nội vụ tỉnh Vĩnh Long",
            "--agency-code",
            "H61.12",
            "--fonds-code",
            "H61.12.01",
            "--fonds-name",
            "Phông đo tốc độ",
        )

    def fresh_bags(self):
        """Copies the dossiers as hard links, for bagit works in place."""
        shutil.rmtree(self.bags, ignore_errors=True)
        self.bags.mkdir()
        quiet("cp", "-al", *self.folders, self.bags)

    def fresh_repository(self):
        """Makes an empty borg repository without encryption."""
        shutil.rmtree(self.repository, ignore_errors=True)
        quiet("borg", "init", "-e", "none", self.repository)

    def clear(self):
        """Removes it all."""
        shutil.rmtree(self.root, ignore_errors=True)


def bagged(space):
    """bagit with both digests, then a tar of each bag."""
    names = space.summary["dossiers"]
    kinds = ("--sha256", "--sha512", "--processes", "2")
    yield Command([program("bagit.py"), "--quiet", *kinds, *names], str(space.bags))
    for name in names:
        yield Command(["tar", "-cf", name + ".tar", name], str(space.bags))


# What OpenSSL, and luutru with it, leaves of the processor: everything but its own SHA-256.
PLAIN = ["env", "OPENSSL_ia32cap=:~0x20000000"]


def plain_packaging(space):
    """The two that goal 4 compares as on a machine without SHA-NI, for which it was set."""

    def plain(command):
        return Command([*PLAIN, *command.words], command.folder, command.arguments)

    return [
        Job(
            "luutru package, no SHA-NI",
            lambda: [plain(space.ours("package", *space.folders, "--json"))],
            space.fresh_archive,
            space.remember,
        ),
        Job(
            "openssl sha256 of files, no SHA-NI",
            lambda: [plain(Command(["openssl", "dgst", "-sha256"], arguments=space.files))],
        ),
    ]


def packaging(space, borg=True):
    """Taking in: the program, bare digests, bagit with tar, borg."""
    jobs = [
        Job(
            "luutru package",
            lambda: [space.ours("package", *space.folders, "--json")],
            space.fresh_archive,
            space.remember,
        ),
        Job(
            "openssl sha256 of files",
            lambda: [Command(["openssl", "dgst", "-sha256"], arguments=space.files)],
        ),
        Job("bagit both + tar", lambda: list(bagged(space)), space.fresh_bags),
        Job(
            "tar",
            lambda: [
                Command(
                    ["tar", "-cf", "/dev/stdout", *space.summary["dossiers"]], str(space.corpus)
                )
            ],
        ),
    ]
    if borg:
        jobs.append(
            Job(
                "borg create",
                lambda: [
                    Command(
                        [
                            "borg",
                            "create",
                            "-C",
                            "none",
                            f"{space.repository}::a",
                            *space.summary["dossiers"],
                        ],
                        str(space.corpus),
                    )
                ],
                space.fresh_repository,
            )
        )
    return jobs


def verification(space, borg=True):
    """Checking: the program on named bundles and on all, with all cores and on one; others."""
    jobs = [
        Job("luutru verify", lambda: [space.ours("verify", *space.identifiers)]),
        Job("luutru audit run", lambda: [space.ours("audit", "run")]),
        Job("luutru audit run, one core", lambda: [on_one_core(space.ours("audit", "run"))]),
        Job(
            "openssl sha512 of tars",
            lambda: [Command(["openssl", "dgst", "-sha512"], arguments=space.tars())],
        ),
        Job(
            "bagit validate",
            lambda: [
                Command(
                    [program("bagit.py"), "--quiet", "--validate", *space.summary["dossiers"]],
                    str(space.bags),
                )
            ],
        ),
    ]
    if borg:
        check = Command(["borg", "check", "--verify-data", space.repository])
        jobs.append(Job("borg check --verify-data", lambda: [check]))
    return jobs


def on_one_core(command):
    """The same command where it may run on the first core alone: an audit then has one reader."""
    first = min(os.sched_getaffinity(0))
    return Command(["taskset", "-c", str(first), *command.words], command.folder)


def retrieval(space, borg=True):
    """Taking out one document of 1 MB."""
    document = space.summary["document"]
    target = str(space.root / "document")
    jobs = [
        Job(
            "luutru get",
            lambda: [space.ours("get", space.identifiers[0], document["ordinal"], "-o", target)],
            lambda: remove(target),
        ),
        Job("luutru --version", lambda: [Command([*space.luutru, "--version"])]),
        Job("cat of the document", lambda: [Command(["cat", space.corpus / document["file"]])]),
    ]
    if borg:
        jobs.append(
            Job(
                "borg extract",
                lambda: [
                    Command(
                        ["borg", "extract", "--stdout", f"{space.repository}::a", document["file"]]
                    )
                ],
            )
        )
    return jobs


def remove(path):
    """Removes a file that an earlier round may have left."""
    Path(path).unlink(missing_ok=True)


def same_document(space):
    """Whether `get` gave the document's bytes."""
    target = space.root / "document"
    wanted = space.corpus / space.summary["document"]["file"]
    return target.is_file() and target.read_bytes() == wanted.read_bytes()


def start_up(scratch, luutru):
    """Starting: the program against an empty one linked with the same libraries."""
    source, binary = Path(scratch) / "empty.c", Path(scratch) / "empty"
    source.write_text(EMPTY_PROGRAM)

    def link():
        """Builds the empty program once."""
        if not binary.exists():
            libraries = ["-l" + name for name in LIBRARIES]
            quiet("cc", "-O2", "-o", binary, source, "-Wl,--no-as-needed", *libraries)

    return [
        Job("luutru --version", lambda: [Command([*luutru, "--version"])]),
        Job("empty C program", lambda: [Command([binary])], link),
    ]


def metsrw_job(space):
    """The METS part alone, by metsrw."""
    script = Path(__file__).with_name("metsrw_part.py")
    words = [sys.executable, "-B", script, space.folders[0], space.root / "metsrw.xml"]
    return Job("metsrw", lambda: [Command(words)])


def described(space):
    """The corpus in a few words."""
    counts = json.loads((space.corpus / "corpus.json").read_text("utf-8"))
    size = counts["bytes"] / (1 << 20)
    return f"{len(counts['dossiers'])} dossiers, {counts['files']} files, {size:.0f} MiB"
