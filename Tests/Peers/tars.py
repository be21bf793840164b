"""The files of one version of a bundle: tar, segments, sums, seal."""

import hashlib
import os
import tarfile
import tempfile
import unicodedata
from pathlib import Path

from peer import Fault, Noted, demand, digest, run, some, tool

SEGMENT = 1 << 20


def python_members(tar):
    """Name bytes and SHA-256 of every entry as Python reads it; all must be regular files."""
    members = []
    with tarfile.open(tar, "r:", encoding="utf-8", errors="surrogateescape") as archive:
        for member in archive:
            demand(member.isreg(), f"{member.name!r} is not a regular file")
            with archive.extractfile(member) as data:
                members.append(
                    (os.fsencode(member.name), hashlib.file_digest(data, "sha256").hexdigest())
                )
    return members


def unescaped(name):
    """Undoes the escapes that bsdtar prints for bytes that its locale has no letter for."""
    out, i = bytearray(), 0
    while i < len(name):
        if name[i : i + 1] == b"\\" and name[i + 1 : i + 4].isdigit():
            out.append(int(name[i + 1 : i + 4], 8))
            i += 4
        else:
            skip = 1 if name[i : i + 2] == b"\\\\" else 0
            out.append(name[i + skip])
            i += 1 + skip
    return bytes(out)


def locale_complaint(line):
    """Whether libarchive only says that its locale lacks letters; it keeps the bytes."""
    return "to current locale" in line or "Error exit delayed" in line


def listed(program, tar, locale):
    """The names that a tar program lists, as bytes."""
    quoting = ["--quoting-style=literal"] if program == "tar" else []
    output = run([tool(program), *quoting, "-tf", str(tar)], locale=locale, pardon=locale_complaint)
    lines = output.split(b"\n")[:-1]
    return [unescaped(line) for line in lines] if program == "bsdtar" else lines


def composed(names):
    """The names in Unicode's composed form."""
    return [unicodedata.normalize("NFC", os.fsdecode(name)) for name in names]


def note_composed(program, actual, expected):
    """Tells apart names that libarchive composed, as it does with pax names in a UTF-8 locale."""
    if program == "bsdtar" and set(composed(actual)) == set(composed(expected)):
        raise Noted("libarchive composes pax names in a UTF-8 locale; the C locale decides")


def check_listing(tar, program, locale):
    """The program lists the same names as Python, byte for byte."""
    expected = [name for name, _ in python_members(tar)]
    actual = listed(program, tar, locale)
    if actual == expected:
        return f"{len(actual)} names"
    if locale != "C":
        note_composed(program, actual, expected)
    raise Fault(f"differs: {some(set(actual) ^ set(expected)) or 'order'}")


def tree(root):
    """Name bytes and SHA-256 of every file below a folder."""
    top, found = os.fsencode(str(root)), {}
    for folder, _, files in os.walk(top):
        for name in files:
            path = os.path.join(folder, name)
            found[os.path.relpath(path, top)] = digest(path, "sha256")
    return found


def check_extraction(tar, program, locale):
    """The program extracts the same names and bytes as Python reads."""
    with tempfile.TemporaryDirectory() as folder:
        run([tool(program), "-xf", str(tar), "-C", folder], locale=locale, pardon=locale_complaint)
        actual, expected = tree(folder), dict(python_members(tar))
    if locale != "C" and actual != expected:
        note_composed(program, actual, expected)
    demand(actual == expected, f"differs: {some(set(actual.items()) ^ set(expected.items()))}")
    return f"{len(actual)} files"


def check_shape(tar, name, version):
    """One folder named after the object, no name twice, the guide first and METS last."""
    names = [os.fsdecode(member) for member, _ in python_members(tar)]
    demand(all(entry.startswith(name + "/") for entry in names), "an entry lies outside the folder")
    demand(
        not any(part in ("", ".", "..") for entry in names for part in entry.split("/")),
        "unsafe name",
    )
    demand(len(set(names)) == len(names), "a name occurs twice")
    demand(names[-1] == name + "/METS.xml", f"last entry is {names[-1]!r}")
    demand(
        version > 1 or names[0] == name + "/documentation/README.txt",
        f"first entry is {names[0]!r}",
    )


def check_sums(folder, stem, name):
    """`sha512sum -c` with nothing but the tar, its neighbours, earlier tars and METS.xml taken out of it."""
    version = int(stem.rsplit(".v", 1)[1])
    earlier = [f"{name}.v{number}.tar" for number in range(1, version)]
    with tempfile.TemporaryDirectory() as work:
        for number, tar in enumerate(earlier, 1):
            os.symlink(folder.parent.parent / f"v{number}" / "content" / tar, Path(work) / tar)
        for suffix in (".tar", ".segments", ".sums"):
            os.symlink(folder / (stem + suffix), Path(work) / (stem + suffix))
        run([tool("tar"), "-xf", stem + ".tar", name + "/METS.xml"], cwd=work)
        run([tool("sha512sum"), "--strict", "-c", stem + ".sums"], cwd=work)
        lines = (Path(work) / (stem + ".sums")).read_text("utf-8").splitlines()
    listed_names = [line.split("  ", 1)[1] for line in lines]
    demand(
        listed_names == [stem + ".tar", stem + ".segments", name + "/METS.xml"] + earlier,
        f"lists {listed_names}",
    )


def check_seal(folder, stem, certificate):
    """OpenSSL's own program accepts the CAdES seal over the sums."""
    run(
        [
            tool("openssl"),
            "cms",
            "-verify",
            "-binary",
            "-cades",
            "-inform",
            "DER",
            "-in",
            str(folder / (stem + ".sums.p7s")),
            "-content",
            str(folder / (stem + ".sums")),
            "-CAfile",
            str(certificate),
            "-purpose",
            "any",
            "-out",
            "/dev/null",
        ]
    )


def check_segments(folder, stem):
    """The digest of every MiB of the tar, computed again."""
    tar, expected = folder / (stem + ".tar"), []
    expected.append(f"luutru-segments 1 sha512 {SEGMENT} {tar.stat().st_size}")
    with open(tar, "rb") as file:
        while piece := file.read(SEGMENT):
            expected.append(hashlib.sha512(piece).hexdigest())
    text = (folder / (stem + ".segments")).read_bytes()
    demand(text == ("\n".join(expected) + "\n").encode(), "differs from the tar")
    return f"{len(expected) - 1} segments"
