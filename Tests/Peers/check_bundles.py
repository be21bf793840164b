#!/usr/bin/env python3
"""Lets tools that are not ours judge every bundle of an archive.

usage: check_bundles.py ARCHIVE [EXPORT...]      (ARCHIVE/stores/*/ocfl, ARCHIVE/keys/seal.crt)

An EXPORT is a folder that `luutru export` made, in any of its forms.

Debian: python3 coreutils tar libarchive-tools openssl.
pip: eark-validator==1.1.3 ocfl-py==2.1.0 lxml.
Independent schemas and the offline start of eark-validator lie in ../shared/fixtures beside the
package; without them, or without a tool, the check says `not run` and the others go on.
One line a check; exit status 1 when one failed.
"""

import sys
import tempfile
import zipfile
from pathlib import Path

import metadata
import schemas
import tars
from peer import Tally, demand, run, tool

TARS = tuple((program, locale) for program in ("tar", "bsdtar") for locale in ("C", "C.UTF-8"))


def check_ocfl_object(path):
    """ocfl-py calls the object valid, in words too."""
    output = run([tool("ocfl-validate.py"), str(path)]).decode("utf-8", "replace")
    demand("is VALID" in output, output.strip()[-200:])


def check_ocfl_root(path):
    """ocfl-py accepts the root; of damaged objects this verdict says nothing."""
    run([tool("ocfl-validate.py"), str(path)])


def check_tar(tally, tar, certificate):
    """The files of one version as they lie in the store."""
    folder, stem = tar.parent, tar.name[: -len(".tar")]
    name, version = stem.rsplit(".v", 1)
    tally.check(
        stem, "one folder, guide first, METS last", tars.check_shape, tar, name, int(version)
    )
    for program, locale in TARS:
        tally.check(
            stem,
            f"{program} lists the same names ({locale})",
            tars.check_listing,
            tar,
            program,
            locale,
        )
    for program, locale in TARS:
        tally.check(
            stem,
            f"{program} extracts the same bytes ({locale})",
            tars.check_extraction,
            tar,
            program,
            locale,
        )
    tally.check(stem, "sha512sum -c", tars.check_sums, folder, stem, name)
    tally.check(stem, "openssl cms -verify", tars.check_seal, folder, stem, certificate)
    tally.check(stem, "segments", tars.check_segments, folder, stem)


def check_package(tally, name, package):
    """The package that the tars of all versions make when they are unpacked in order."""
    mets = ("http://www.loc.gov/METS/", "mets.xsd"), (
        "https://DILCIS.eu/XML/METS/CSIPExtensionMETS",
        "DILCISExtensionMETS.xsd",
    )
    premis = (("http://www.loc.gov/premis/v3", "premis-v3.xsd"),)
    tally.check(name, "eark-validator, folder", schemas.check_eark, package)
    tally.check(
        name,
        "METS 1.12 and CSIP schemas",
        schemas.check_published_schema,
        package,
        metadata.mets_files(package),
        mets,
    )
    tally.check(
        name,
        "PREMIS 3.0 schema",
        schemas.check_published_schema,
        package,
        metadata.premis_files(package),
        premis,
    )
    for title, body in (
        ("schemas of its own", schemas.check_own_schemas),
        ("METS references", metadata.check_references),
        ("METS fixity", metadata.check_mets_fixity),
        ("METS identifiers", metadata.check_mets_identifiers),
        ("descriptions joined to files", metadata.check_links),
        ("totals and codes", metadata.check_totals),
        ("PREMIS fixity", metadata.check_premis_fixity),
        ("PREMIS identifiers", metadata.check_premis_identifiers),
    ):
        tally.check(name, title, body, package)


def version_of(tar):
    """The version that a tar's name states."""
    return int(tar.name[: -len(".tar")].rsplit(".v", 1)[1])


def check_object(tally, path, certificate):
    """One OCFL object: its versions' files, then the package they make."""
    tally.check(path.name, "ocfl-validate.py", check_ocfl_object, path)
    tars = sorted(path.glob("v*/content/*.tar"), key=version_of)
    if not tars:
        tally.fail(path.name, "bundle", "the object holds no tar")
        return
    for tar in tars:
        check_tar(tally, tar, certificate)
    name = tars[0].name.rsplit(".v", 1)[0]
    tally.check(name, "eark-validator, tar", schemas.check_eark, tars[0])
    with tempfile.TemporaryDirectory() as work:
        for tar in tars:
            run([tool("tar"), "-xf", str(tar), "-C", work])
        check_package(tally, name, Path(work) / name)


def check_archive(tally, archive):
    """Every object of every store."""
    certificate = archive / "keys" / "seal.crt"
    roots = sorted(archive.glob("stores/*/ocfl"))
    objects = [
        path for root in roots for path in sorted({p.parent for p in root.rglob("0=ocfl_object_*")})
    ]
    for root in roots:
        tally.check(root.parent.name, "ocfl-validate.py, root", check_ocfl_root, root)
    for path in objects:
        check_object(tally, path, certificate)
    if not objects:
        tally.fail(str(archive), "bundles", "no bundle found")


def check_manifest(export):
    """sha512sum accepts every line of the manifest, and no file is left out of it."""
    run([tool("sha512sum"), "-c", "--quiet", "--strict", "manifest-sha512.txt"], cwd=export)
    lines = (export / "manifest-sha512.txt").read_bytes().splitlines()
    files = [path for path in export.rglob("*") if path.is_file()]
    demand(len(lines) == len(files) - 1, f"{len(lines)} lines for {len(files)} files")


def check_export(tally, export, certificate):
    """An export as a stranger finds it: its manifest, then what its form holds."""
    tally.check(export.name, "sha512sum -c manifest", check_manifest, export)
    if (export / "ocfl").is_dir():
        tally.check(export.name, "ocfl-validate.py, root", check_ocfl_root, export / "ocfl")
        for path in sorted({p.parent for p in export.rglob("0=ocfl_object_*")}):
            check_object(tally, path, certificate)
    for package in sorted(p for p in export.glob("dossiers/*/urn_uuid_*") if p.is_dir()):
        check_package(tally, "export/" + package.name, package)
    for package in sorted(export.glob("dossiers/*/urn_uuid_*.zip")):
        with tempfile.TemporaryDirectory() as work, zipfile.ZipFile(package) as zipped:
            zipped.extractall(work)
            check_package(tally, "zip/" + package.stem, Path(work) / package.stem)


def main():
    """Checks the archive and the exports of the command line."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    tally = Tally()
    archive = Path(sys.argv[1]).resolve()
    check_archive(tally, archive)
    for export in sys.argv[2:]:
        check_export(tally, Path(export).resolve(), archive / "keys" / "seal.crt")
    print(f"{tally.passed} passed, {tally.failed} failed")
    sys.exit(1 if tally.failed else 0)


if __name__ == "__main__":
    main()
