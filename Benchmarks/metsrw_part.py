#!/usr/bin/env python3
"""Writes METS with a PREMIS object a file through metsrw, digests given: only the XML is its work.

usage: metsrw_part.py DOSSIER OUT.xml      pip: metsrw==0.7.0
"""

import os
import sys
import uuid

import metsrw
from lxml import etree

PREMIS = "http://www.loc.gov/premis/v3"


def premis_object(name, size):
    """A PREMIS object with fixity and size."""
    item = etree.Element(f"{{{PREMIS}}}object", nsmap={"premis": PREMIS})
    facts = etree.SubElement(item, f"{{{PREMIS}}}objectCharacteristics")
    fixity = etree.SubElement(facts, f"{{{PREMIS}}}fixity")
    etree.SubElement(fixity, f"{{{PREMIS}}}messageDigestAlgorithm").text = "SHA-256"
    etree.SubElement(fixity, f"{{{PREMIS}}}messageDigest").text = "0" * 64
    etree.SubElement(facts, f"{{{PREMIS}}}size").text = str(size)
    etree.SubElement(item, f"{{{PREMIS}}}originalName").text = name
    return item


def entries(dossier):
    """An entry for every file."""
    for folder, _, names in os.walk(dossier):
        for name in sorted(names):
            path = os.path.join(folder, name)
            inside = os.path.relpath(path, dossier)
            entry = metsrw.FSEntry(
                path="data/" + inside,
                label=name,
                type="Item",
                use="original",
                file_uuid=str(uuid.uuid4()),
                checksum="0" * 64,
                checksumtype="SHA-256",
            )
            entry.add_premis_object(premis_object(inside, os.path.getsize(path)))
            yield entry


def main():
    """Writes the METS of the command line."""
    dossier, out = sys.argv[1:]
    document = metsrw.METSDocument()
    root = metsrw.FSEntry(path="data", type="Directory", children=list(entries(dossier)))
    document.append_file(root)
    document.write(out)


if __name__ == "__main__":
    main()
