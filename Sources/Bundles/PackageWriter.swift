import Cryptography
import Records
import SystemPackage
import XML

/// Writes what stands above the representation: descriptions, received lists, PREMIS, schemas, and METS last.
struct PackageWriter {
    private let bundle: BundleWriter

    init(_ bundle: BundleWriter) { self.bundle = bundle }

    /// Writes it all; gives the SHA-512 of `METS.xml` for the sums.
    func write(
        _ dossier: Dossier, from folder: FilePath, received: [SourceFile], readMe: PackagedFile,
        representation: PackagedFile
    ) throws -> Digest {
        var metadata = [
            PackagedMetadata(
                type: "DC", otherType: nil, version: "1.1",
                file: try add(BundleLayout.description, DescriptionText.dossier(dossier))),
            PackagedMetadata(
                type: "OTHER", otherType: "LUUTRU-ARRANGEMENT", version: "1",
                file: try add(BundleLayout.arrangement, DescriptionText.arrangement(dossier))),
        ]
        for source in received {
            metadata.append(
                PackagedMetadata(
                    type: "OTHER", otherType: "LUUTRU-RECEIVED", version: nil,
                    file: try receive(source, folder)))
        }
        let premis = try add(BundleLayout.preservation, preservation(dossier))
        let schemas = try BundleSchemas.all.map { schema in
            try bundle.add(
                "schemas/" + schema.name, Array(schema.text.utf8), mimeType: "application/xml",
                below: "")
        }
        let bytes = try mets(
            dossier, metadata: metadata, premis: premis, schemas: schemas, readMe: readMe,
            representation: representation)
        _ = try bundle.add(BundleLayout.mets, bytes, mimeType: "text/xml", below: "")
        return Digest(sha512: Hasher.digest(.sha512, of: bytes))
    }

    private func add(_ href: String, _ bytes: [UInt8]) throws -> PackagedFile {
        try bundle.add(href, bytes, mimeType: "text/xml", below: "")
    }

    private func receive(_ source: SourceFile, _ folder: FilePath) throws -> PackagedFile {
        let href = BundleLayout.received + source.path.text
        let digest = try bundle.copy(source, from: folder, to: bundle.plan.layout.entry(href))
        let mimeType = href.hasSuffix(".csv") ? "text/csv" : "application/yaml"
        return PackagedFile(
            href: href, size: source.size, sha256: digest, created: source.modified,
            mimeType: mimeType)
    }

    private func preservation(_ dossier: Dossier) throws -> [UInt8] {
        let premis = bundle.premis
        let object = (type: "urn", value: bundle.plan.layout.object.text)
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        try premis.begin(&writer)
        try premis.container(
            &writer, kind: "intellectualEntity",
            identifiers: [("urn", object.value), ("arcFileCode", dossier.code)],
            relationships: dossier.links.map(PREMISElements.relationship))
        try premis.event(
            &writer,
            .init(
                type: "ingestion",
                detail:
                    "\(bundle.documentCount) tài liệu, \(bundle.payloadBytes) byte; documents, bytes"
            ),
            on: object)
        try premis.event(
            &writer,
            .init(type: "information package creation", detail: "AIP_hoso, TT 05/2025/TT-BNV"),
            on: object)
        try premis.agents(&writer)
        try premis.rights(&writer, dossier)
        try writer.end()
        try writer.finish()
        return bytes
    }

    private func mets(
        _ dossier: Dossier, metadata: [PackagedMetadata], premis: PackagedFile,
        schemas: [PackagedFile],
        readMe: PackagedFile, representation: PackagedFile
    ) throws -> [UInt8] {
        let mets = bundle.mets
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        try mets.begin(
            &writer, objectID: bundle.plan.layout.object.text, label: dossier.title,
            profile: "http://www.ra.ee/METS/v01/IP.xml", isRoot: true,
            submission: dossier.arrangement[.accession])
        for item in metadata {
            try mets.descriptionSection(&writer, id: section(item.file), item)
        }
        try mets.preservationSection(&writer, premis)
        try writer.start("fileSec", [("ID", bundle.identifiers.section("fileSec"))])
        try group(&writer, "Schemas", schemas)
        try group(&writer, "Documentation", [readMe])
        try group(&writer, "Representations/rep1", [representation])
        try writer.end()
        try structure(&writer, metadata: metadata, premis: premis, representation: representation)
        try writer.end()
        try writer.finish()
        return bytes
    }

    private func section(_ file: PackagedFile) -> String {
        bundle.identifiers.section("dmdSec " + file.href)
    }

    private func groupID(_ use: String) -> String { bundle.identifiers.section("fileGrp " + use) }

    private func group(_ writer: inout XMLWriter, _ use: String, _ files: [PackagedFile]) throws {
        try bundle.mets.beginGroup(&writer, id: groupID(use), use: use)
        for file in files {
            try bundle.mets.file(&writer, id: bundle.identifiers.file(file.href), file)
        }
        try writer.end()
    }

    /// The structure both the circular and CSIP103/107 accept: `Representations/rep1` with a pointer to its METS, and
    /// a further `Representations` that names the file group.
    private func structure(
        _ writer: inout XMLWriter, metadata: [PackagedMetadata], premis: PackagedFile,
        representation: PackagedFile
    ) throws {
        let ids = bundle.identifiers
        try writer.start(
            "structMap",
            [("ID", ids.section("structMap")), ("TYPE", "PHYSICAL"), ("LABEL", "CSIP")])
        try writer.start(
            "div", [("ID", ids.section("div")), ("LABEL", bundle.plan.layout.object.text)])
        try writer.empty(
            "div",
            [
                ("ID", ids.section("div Metadata")), ("LABEL", "Metadata"),
                ("DMDID", metadata.map { section($0.file) }.joined(separator: " ")),
                ("ADMID", ids.section("digiprovMD " + premis.href)),
            ])
        for use in ["Schemas", "Documentation"] { try division(&writer, use, group: use) }
        try writer.start(
            "div",
            [("ID", ids.section("div Representations/rep1")), ("LABEL", "Representations/rep1")])
        try writer.empty(
            "mptr",
            [
                ("LOCTYPE", "URL"), ("xlink:type", "simple"), ("xlink:href", representation.href),
                ("xlink:title", groupID("Representations/rep1")),
            ])
        try writer.end()
        try division(&writer, "Representations", group: "Representations/rep1")
        try writer.end()
        try writer.end()
    }

    private func division(_ writer: inout XMLWriter, _ label: String, group: String) throws {
        try writer.start(
            "div", [("ID", bundle.identifiers.section("div " + label)), ("LABEL", label)])
        try writer.empty("fptr", [("FILEID", groupID(group))])
        try writer.end()
    }
}
