"""METS, PREMIS and descriptions of an unpacked bundle, read with nothing but Python."""

import os
import xml.etree.ElementTree as ET
from collections import Counter
from urllib.parse import unquote

from peer import Fault, demand, digest, some

METS = "{http://www.loc.gov/METS/}"
PREMIS = "{http://www.loc.gov/premis/v3}"
HREF = "{http://www.w3.org/1999/xlink}href"
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
REPRESENTATION = "representations/rep1/"
PRESERVATION = "metadata/preservation/"
SUPERSEDED = "MetadataLink/Superseded"


def below(package, pattern):
    """Paths below the package's folder that fit a pattern."""
    return sorted(str(path.relative_to(package)) for path in package.glob(pattern))


def mets_files(package):
    """The METS of the package and of each representation."""
    return ["METS.xml"] + below(package, "representations/*/METS.xml")


def premis_files(package):
    """Every PREMIS file, of every version."""
    return below(package, PRESERVATION + "PREMIS*.xml") + below(
        package, "representations/*/" + PRESERVATION + "PREMIS_*.xml"
    )


def parsed(path):
    """The root element."""
    return ET.parse(path).getroot()


def referenced(package, mets):
    """Path, element and `SIZE`/`CHECKSUM` carrier of every reference in a METS file."""
    base = os.path.dirname(mets)
    root = parsed(package / mets)
    for carrier in root.iter():
        if carrier.tag == METS + "mptr" or carrier.tag == METS + "mdRef":
            yield os.path.normpath(os.path.join(base, unquote(carrier.get(HREF)))), carrier
        elif carrier.tag == METS + "file":
            for place in carrier.findall(METS + "FLocat"):
                yield os.path.normpath(os.path.join(base, unquote(place.get(HREF)))), carrier


def package_files(package):
    """Every file of the unpacked bundle, below its folder."""
    return {
        os.path.relpath(os.path.join(folder, name), package)
        for folder, _, names in os.walk(package)
        for name in names
    }


def check_references(package):
    """Every METS reference meets a file, and no file is without one."""
    targets = {path for mets in mets_files(package) for path, _ in referenced(package, mets)}
    files = package_files(package)
    demand(not targets - files, f"no such file: {some(targets - files)}")
    rest = files - targets - {"METS.xml"}
    demand(not rest, f"not referenced: {some(rest)}")
    return f"{len(files)} files"


def check_mets_fixity(package):
    """Size and SHA-256 of every referenced file, computed again."""
    count = 0
    for mets in mets_files(package):
        for path, carrier in referenced(package, mets):
            if carrier.tag == METS + "mptr":
                continue
            demand(
                carrier.get("CHECKSUMTYPE") == "SHA-256", f"{path}: {carrier.get('CHECKSUMTYPE')}"
            )
            demand(
                carrier.get("SIZE") == str((package / path).stat().st_size), f"{path}: size differs"
            )
            checksum = carrier.get("CHECKSUM", "").lower()
            demand(checksum == digest(package / path, "sha256"), f"{path}: digest differs")
            count += 1
    return f"{count} digests"


def check_mets_identifiers(package):
    """Identifiers occur once and everything that names one meets it."""
    for mets in mets_files(package):
        root = parsed(package / mets)
        ids = Counter(element.get("ID") for element in root.iter() if element.get("ID"))
        demand(max(ids.values()) == 1, f"{mets}: twice: {some(i for i, n in ids.items() if n > 1)}")
        named = {
            word
            for element in root.iter()
            for attribute in ("DMDID", "ADMID", "FILEID")
            for word in element.get(attribute, "").split()
        }
        demand(named <= ids.keys(), f"{mets}: dangling: {some(named - ids.keys())}")


def data_files(package):
    """Identifier and path of every file in the representation's `Data` group."""
    groups = parsed(package / (REPRESENTATION + "METS.xml")).iter(METS + "fileGrp")
    return {
        file.get("ID"): unquote(file.find(METS + "FLocat").get(HREF))
        for group in groups
        if group.get("USE") == "Data"
        for file in group.iter(METS + "file")
    }


def check_links(package):
    """Every document's description is joined to one file and every file to one description."""
    root, files = parsed(package / (REPRESENTATION + "METS.xml")), data_files(package)
    sections = {
        section.get("ID"): unquote(section.find(METS + "mdRef").get(HREF))
        for section in root.findall(METS + "dmdSec")
    }
    described, current, joined = Counter(), Counter(), set()
    for div in root.iter(METS + "div"):
        for pointer in div.findall(METS + "fptr"):
            if div.get("DMDID") and pointer.get("FILEID") in files:
                described.update(div.get("DMDID").split())
                joined.add(pointer.get("FILEID"))
                if div.get("LABEL") != SUPERSEDED:
                    current[pointer.get("FILEID")] += 1
    unjoined = described.keys() ^ sections.keys()
    demand(described == Counter(sections.keys()), f"descriptions: {some(unjoined) or 'twice'}")
    demand(joined == files.keys(), f"files: {some(joined ^ files.keys())}")
    demand(max(current.values()) == 1, f"files: {some(f for f, n in current.items() if n > 1)}")
    return f"{len(current)} documents"


def current_sections(mets, kind):
    """Paths, below the METS, of the descriptions of a type that are not superseded."""
    return [
        unquote(section.find(METS + "mdRef").get(HREF))
        for section in parsed(mets).findall(METS + "dmdSec")
        if section.get("STATUS") == "CURRENT" and section.find(METS + "mdRef").get("MDTYPE") == kind
    ]


def flat(path):
    """The elements of a flat description."""
    return {element.tag: element.text or "" for element in parsed(path)}


def check_totals(package):
    """`totalDoc` counts the descriptions, `numberOfPage` adds up theirs, codes agree."""
    names = current_sections(package / "METS.xml", "DC")
    demand(len(names) == 1, f"current descriptions of the dossier: {some(names)}")
    dossier = flat(package / names[0])
    representation = package / REPRESENTATION
    documents = [
        flat(representation / path) for path in current_sections(representation / "METS.xml", "DC")
    ]
    total = dossier.get("totalDoc")
    demand(total == str(len(documents)), f"totalDoc {total}, but {len(documents)}")
    pages = sum(int(document.get("numberOfPage") or 0) for document in documents)
    demand(
        dossier.get("numberOfPage") == str(pages),
        f"numberOfPage {dossier.get('numberOfPage')}, {pages}",
    )
    codes = Counter(document.get("docCode") for document in documents)
    demand(None not in codes and max(codes.values()) == 1, "docCode absent or twice")
    owners = {document["arcFileCode"] for document in documents if "arcFileCode" in document}
    demand(owners <= {dossier.get("arcFileCode")}, f"arcFileCode {some(owners)}")
    return f"{len(documents)} documents, {pages} pages"


def identifiers(element, kind):
    """Type and value of the identifiers that stand in an element."""
    return [
        (part.findtext(f"{PREMIS}{kind}Type"), part.findtext(f"{PREMIS}{kind}Value"))
        for part in element.findall(PREMIS + kind)
    ]


def premis_path(package_id, item):
    """Where a PREMIS file lies: its identifier is the package's with the path behind it."""
    for kind, value in identifiers(item, "objectIdentifier"):
        if kind == "File" and value.startswith(package_id + "/"):
            return value[len(package_id) + 1 :]
    raise Fault(f"no path in {identifiers(item, 'objectIdentifier')}")


def premis_file_objects(package):
    """Path and element of every PREMIS file object."""
    package_id = parsed(package / "METS.xml").get("OBJID")
    for premis in premis_files(package):
        for item in parsed(package / premis).findall(PREMIS + "object"):
            if (item.get(XSI_TYPE) or "").split(":")[-1] == "file":
                yield premis_path(package_id, item), item


def check_premis_fixity(package):
    """Size and digest of every PREMIS file, computed again; each document's file has one."""
    seen = set()
    for path, item in premis_file_objects(package):
        facts = item.find(PREMIS + "objectCharacteristics")
        fixity = facts.find(PREMIS + "fixity")
        demand(
            fixity.findtext(PREMIS + "messageDigestAlgorithm") == "SHA-256",
            f"{path}: another algorithm",
        )
        demand(
            fixity.findtext(PREMIS + "messageDigest").lower() == digest(package / path, "sha256"),
            f"{path}: digest differs",
        )
        size = str((package / path).stat().st_size)
        demand(facts.findtext(PREMIS + "size") == size, f"{path}: size differs")
        seen.add(path)
    payload = {REPRESENTATION + href for href in data_files(package).values()}
    demand(seen >= payload, f"no PREMIS object: {some(payload - seen)}")
    return f"{len(seen)} digests"


def check_premis_identifiers(package):
    """Objects, events and agents have identifiers of their own, and links meet them."""
    owned, known, linked = Counter(), set(), set()
    for premis in premis_files(package):
        root = parsed(package / premis)
        agents = own_identifiers(root, "agent")
        objects = own_identifiers(root, "object")
        # A later version speaks again of the package and its documents, but brings files of its own.
        owned.update(found for found in objects if found[0] == "File")
        owned.update(own_identifiers(root, "event"))
        known |= set(objects)
        linked |= linked_identifiers(root, "Object")
        linked |= related_identifiers(root)
        once(premis, [element.get("xmlID") for element in root.iter() if element.get("xmlID")])
        once(premis, agents)
        rest = linked_identifiers(root, "Agent") - set(agents)
        demand(not rest, f"{premis}: dangling agent: {some(rest)}")
    once("PREMIS", owned.elements())
    demand(linked <= known, f"dangling object: {some(linked - known)}")
    return f"{len(owned)} files and events"


def related_identifiers(root):
    """The identifiers of files that relationships inside the package name."""
    found = (
        pair
        for element in root.iter(PREMIS + "relationship")
        for pair in identifiers(element, "relatedObjectIdentifier")
    )
    return {pair for pair in found if pair[0] == "File"}


def own_identifiers(root, kind):
    """The identifiers that objects, events or agents carry."""
    items = root.findall(PREMIS + kind)
    return [found for item in items for found in identifiers(item, kind + "Identifier")]


def linked_identifiers(root, kind):
    """The identifiers that links name."""
    name = f"linking{kind}Identifier"
    return {found for element in root.iter() for found in identifiers(element, name)}


def once(place, found):
    """No identifier occurs twice."""
    twice = [item for item, count in Counter(found).items() if count > 1]
    demand(not twice, f"{place}: twice: {some(twice)}")
