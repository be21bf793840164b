import Containers
import Cryptography
import Files
import Records
import SystemPackage
import XML

/// Writes `representations/rep1`: the documents, their descriptions, PREMIS and METS, in constant memory.
struct RepresentationWriter {
    private let bundle: BundleWriter
    private let descriptions: Spool
    private let descriptionSections: Spool
    private let files: Spool
    private let links: Spool
    private let objects: Spool

    /// What a document gives to METS and PREMIS once its bytes are in the tar.
    private struct Packaged {
        let document: Document
        let file: PackagedFile
        let description: PackagedFile
        let sectionID: String
        let fileID: String
    }

    init(_ bundle: BundleWriter) throws {
        self.bundle = bundle
        descriptions = try bundle.spool("descriptions")
        descriptionSections = try bundle.spool("dmdSec")
        files = try bundle.spool("files")
        links = try bundle.spool("links")
        objects = try bundle.spool("objects")
    }

    /// Writes it all; gives the representation's METS as the package's METS names it.
    func write(_ arranged: some ArrangedDossier, from folder: FilePath) throws -> PackagedFile {
        var sections = XMLWriter { [descriptionSections] in try descriptionSections.append($0) }
        var fileElements = XMLWriter { [files] in try files.append($0) }
        var linkElements = XMLWriter { [links] in try links.append($0) }
        var objectElements = XMLWriter { [objects] in try objects.append($0) }
        try arranged.forEachDocument { document in
            let packaged = try package(document, from: folder)
            try bundle.mets.descriptionSection(
                &sections, id: packaged.sectionID,
                PackagedMetadata(
                    type: "DC", otherType: nil, version: "1.1", file: packaged.description))
            try bundle.mets.file(&fileElements, id: packaged.fileID, packaged.file)
            try link(&linkElements, packaged)
            try bundle.premis.file(
                &objectElements, document, href: packaged.file.href, sha256: packaged.file.sha256)
        }
        try sections.finish()
        try fileElements.finish()
        try linkElements.finish()
        try objectElements.finish()
        try descriptions.flush()
        try bundle.assembly.addEntries(descriptions.file, size: descriptions.size)
        let premis = try writePREMIS(arranged.dossier)
        return try writeMETS(premis)
    }

    private func package(_ document: Document, from folder: FilePath) throws -> Packaged {
        let href = BundleLayout.data + document.file.text
        let source = SourceFile(
            path: document.file, size: document.size, modified: document.modified,
            stamp: document.stamp)
        let entry = bundle.plan.layout.entry(BundleLayout.representation + href)
        let digest = try bundle.copy(source, from: folder, to: entry)
        bundle.documentCount += 1
        bundle.payloadBytes += document.size
        let file = PackagedFile(
            href: href, size: document.size, sha256: digest, created: document.modified,
            mimeType: document.format.mimeType)
        let description = try describe(document)
        return Packaged(
            document: document, file: file, description: description,
            sectionID: bundle.identifiers.section("dmdSec rep1 " + description.href),
            fileID: bundle.identifiers.file(BundleLayout.representation + href))
    }

    /// Puts the description into the spool as a whole tar entry: the payload goes into the tar before it.
    private func describe(_ document: Document) throws -> PackagedFile {
        let name = BundleLayout.descriptionName(document.kind, ordinal: document.ordinal)
        let href = BundleLayout.representationDescription + name
        let bytes = try DescriptionText.document(document)
        let path = bundle.plan.layout.entry(BundleLayout.representation + href)
        let header = TarHeader(
            path: path.bytes, size: Int64(bytes.count), modified: bundle.plan.packagedAt.seconds)
        try descriptions.append(header.encoded)
        try descriptions.append(bytes)
        try descriptions.append(repeatElement(0, count: header.paddingCount))
        guard let digest = Digest(.sha256, bytes: Hasher.digest(.sha256, of: bytes)) else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        return PackagedFile(
            href: href, size: Int64(bytes.count), sha256: digest, created: bundle.plan.packagedAt,
            mimeType: "text/xml")
    }

    /// The division that joins a document's description and its file (TT 05/2025 Annex I, `MetadataLink`).
    private func link(_ writer: inout XMLWriter, _ packaged: Packaged) throws {
        try writer.start(
            "div",
            [
                ("ID", bundle.identifiers.section("link " + packaged.description.href)),
                ("LABEL", "MetadataLink/File"), ("ORDER", String(packaged.document.ordinal)),
                ("DMDID", packaged.sectionID),
            ])
        try writer.empty("fptr", [("FILEID", packaged.fileID)])
        try writer.end()
    }

    private var representationID: String { bundle.plan.layout.object.text + "/rep1" }

    private func writePREMIS(_ dossier: Dossier) throws -> PackagedFile {
        let premis = bundle.premis
        let spool = try bundle.spool("premis-rep1")
        var writer = XMLWriter { try spool.append($0) }
        try premis.begin(&writer)
        try premis.container(
            &writer, kind: "representation", identifiers: [("urn", representationID)],
            originalName: nil)
        try splice(objects, into: &writer, spool)
        let object = (type: "urn", value: representationID)
        try premis.event(
            &writer,
            .init(
                type: "message digest calculation",
                detail: "SHA-256 của từng tệp; SHA-256 of each file"),
            on: object)
        try premis.event(
            &writer,
            .init(
                type: "format identification",
                detail: "\(bundle.plan.softwareName) \(bundle.plan.softwareVersion), PRONOM"),
            on: object)
        try premis.agents(&writer)
        try writer.end()
        try writer.finish()
        return try bundle.add(
            BundleLayout.representationPreservation, spool, mimeType: "text/xml",
            below: BundleLayout.representation)
    }

    private func writeMETS(_ premis: PackagedFile) throws -> PackagedFile {
        let mets = bundle.mets
        let ids = bundle.identifiers
        let spool = try bundle.spool("mets-rep1")
        var writer = XMLWriter { try spool.append($0) }
        try mets.begin(
            &writer, objectID: "rep1", label: "rep1",
            profile: "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml", isRoot: false,
            submission: nil)
        try splice(descriptionSections, into: &writer, spool)
        try mets.preservationSection(&writer, premis)
        let group = ids.section("fileGrp rep1 Data")
        try writer.start("fileSec", [("ID", ids.section("fileSec rep1"))])
        try mets.beginGroup(&writer, id: group, use: "Data")
        try splice(files, into: &writer, spool)
        try writer.end()
        try writer.end()
        try writer.start(
            "structMap",
            [("ID", ids.section("structMap rep1")), ("TYPE", "PHYSICAL"), ("LABEL", "CSIP")])
        try writer.start(
            "div", [("ID", ids.section("div rep1")), ("LABEL", "rep1"), ("TYPE", "NORMALIZED")])
        try writer.empty(
            "div",
            [
                ("ID", ids.section("div rep1 Metadata")), ("LABEL", "Metadata"),
                ("ADMID", ids.section("digiprovMD " + premis.href)),
            ])
        try writer.start("div", [("ID", ids.section("div rep1 Data")), ("LABEL", "Data")])
        try writer.empty("fptr", [("FILEID", group)])
        try writer.end()
        try writer.start(
            "div", [("ID", ids.section("div rep1 MetadataLink")), ("LABEL", "MetadataLink")])
        try writer.start(
            "div", [("ID", ids.section("div rep1 MetadataLink inner")), ("LABEL", "MetadataLink")])
        try splice(links, into: &writer, spool)
        for _ in 0..<5 { try writer.end() }
        try writer.finish()
        let file = try bundle.add(
            BundleLayout.representationMETS, spool, mimeType: "text/xml",
            below: BundleLayout.representation)
        return PackagedFile(
            href: BundleLayout.representation + file.href, size: file.size, sha256: file.sha256,
            created: file.created, mimeType: file.mimeType)
    }

    /// Copies what a spool collected to where the writer stands.
    private func splice(_ fragment: Spool, into writer: inout XMLWriter, _ output: Spool) throws {
        try writer.flush()
        try fragment.flush()
        let buffer = WorkBuffer(count: 256 * 1024)
        try fragment.file.forEachPiece(in: buffer) { piece, _ in try output.append(piece) }
    }
}
