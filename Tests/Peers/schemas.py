"""Verdicts of eark-validator, and of published and own XML schemas."""

import io
import json
import subprocess
import sys
import tempfile

from peer import Fault, NotRun, demand, fixture, run, some

REPRESENTATION = "representations/rep1/"
PUBLISHED = {
    "http://www.loc.gov/standards/xlink/xlink.xsd": "xlink.xsd",
    "http://www.loc.gov/standards/mets/mets.xsd": "mets.xsd",
    "http://www.loc.gov/standards/premis/premis.xsd": "premis-v3.xsd",
    "http://www.w3.org/2001/xml.xsd": "xml.xsd",
    "https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd": "DILCISExtensionMETS.xsd",
}


def eark_statuses(report):
    """The three verdicts of eark-validator in one of its JSON reports."""
    metadata = report.get("metadata") or {}
    return (
        report["structure"]["status"],
        (metadata.get("schema_results") or {}).get("status"),
        (metadata.get("schematron_results") or {}).get("status"),
    )


def eark_errors(report):
    """The rules that eark-validator says are broken."""
    metadata = report.get("metadata") or {}
    parts = [report["structure"]]
    parts += [metadata.get(kind) or {} for kind in ("schema_results", "schematron_results")]
    messages = [message for part in parts for message in part.get("messages", [])]
    return {message["rule_id"] for message in messages if message["severity"] == "Error"}


def check_eark(path):
    """eark-validator's JSON says well formed and valid; its exit status says nothing."""
    script = fixture("tools/eark_offline.py")
    if subprocess.run(
        [sys.executable, "-c", "import eark_validator"], capture_output=True
    ).returncode:
        raise NotRun("eark-validator absent")
    with tempfile.TemporaryDirectory() as work:
        output = run([sys.executable, str(script), str(path)], cwd=work).decode("utf-8")
    reports = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    demand(len(reports) == 1, f"{len(reports)} reports: {output.strip()[-200:]}")
    statuses = eark_statuses(reports[0])
    demand(
        statuses == ("WellFormed", "VALID", "VALID"),
        f"{statuses}: {some(eark_errors(reports[0]), 9)}",
    )


def schema_parser():
    """lxml, and a parser that reads published schemas from the fixtures, never the network."""
    try:
        from lxml import etree
    except ImportError:
        raise NotRun("lxml absent") from None

    class Local(etree.Resolver):
        """Answers each schema's address with its local copy."""

        def resolve(self, url, public_id, context):
            """A local file, or an error."""
            if "://" not in url or url.startswith("file://"):
                return None
            if url not in PUBLISHED:
                raise Fault(f"a schema names the address {url}")
            return self.resolve_filename(str(fixture("schemas/" + PUBLISHED[url])), context)

    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(Local())
    return etree, parser


def validate(etree, schema, path):
    """Fails with the schema's first complaint."""
    schema.validate(
        etree.parse(str(path), etree.XMLParser(no_network=True, resolve_entities=False))
    )
    if schema.error_log:
        first = schema.error_log[0]
        raise Fault(f"{path.name} line {first.line}: {first.message}")


def check_published_schema(package, files, schemas):
    """The files are valid to the schemas that the standards' owners publish."""
    etree, parser = schema_parser()
    places = [(space, fixture("schemas/" + name).as_uri()) for space, name in schemas]
    imports = "".join(
        f'<xs:import namespace="{s}" schemaLocation="{place}"/>' for s, place in places
    )
    driver = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    schema = etree.XMLSchema(etree.parse(io.BytesIO(driver.encode()), parser))
    for path in files:
        validate(etree, schema, package / path)


def own_schema_for(path, schemas):
    """The bundle's schema for a metadata file: EAD_doc.xsd for EAD_doc_0000001.xml."""
    matching = [s for s in schemas if path.stem == s.stem or path.stem.startswith(s.stem + "_")]
    return max(matching, key=lambda s: len(s.stem), default=None)


def check_own_schemas(package):
    """The bundle's own schemas compile and its metadata are valid to them."""
    etree, parser = schema_parser()
    schemas = sorted((package / "schemas").glob("*.xsd"))
    demand(schemas, "no schema in schemas/")
    compiled = {path: etree.XMLSchema(etree.parse(str(path), parser)) for path in schemas}
    count = 0
    for path in sorted(package.rglob("*.xml")):
        inside = path.relative_to(package).as_posix()
        if inside.startswith(("metadata/other/received/", REPRESENTATION + "data/")):
            continue
        schema = own_schema_for(path, schemas)
        if schema:
            validate(etree, compiled[schema], path)
            count += 1
    descriptions = len(list((package / REPRESENTATION / "metadata/descriptive").glob("*.xml"))) + 1
    demand(count >= descriptions, f"only {count} files have a schema, {descriptions} descriptions")
    return f"{len(schemas)} schemas, {count} files"
