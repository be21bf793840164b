import Records
import SystemPackage
import XML

/// Writes files made from a document by a tool into a representation of their own, with the PREMIS derivation.
struct MigrationWriter {
    private let bundle: BundleWriter
    private let migration: Amendment.Migration
    private let base: StoredPackage
    private var layout: BundleLayout { bundle.plan.layout }
    private var folder: String { BundleLayout.representation(migration.representation) }
    private var name: String { migration.representation }

    init(_ bundle: BundleWriter, _ migration: Amendment.Migration, _ base: StoredPackage) {
        self.bundle = bundle
        self.migration = migration
        self.base = base
    }

    /// Writes it all; gives the representation's METS as the package's METS names it.
    func write() throws -> PackagedFile {
        let files = try migration.files.map { document in
            (document: document, file: try copy(document))
        }
        let premis = try bundle.add(
            layout.own(BundleLayout.preservation(of: name)), preservation(files),
            mimeType: "text/xml", below: folder)
        let mets =
            try migration.isNew
            ? newMETS(files.map(\.file), premis)
            : revisedMETS(files.map(\.file), premis)
        let file = try bundle.add(
            BundleLayout.representationMETS, mets, mimeType: "text/xml", below: folder)
        return PackagedFile(
            href: folder + file.href, size: file.size, sha256: file.sha256, created: file.created,
            mimeType: file.mimeType)
    }

    private func copy(_ document: Document) throws -> PackagedFile {
        let href = layout.ownFolder(BundleLayout.data) + document.file.text
        let digest = try bundle.copy(
            SourceFile(
                path: document.file, size: document.size, modified: document.modified,
                stamp: document.stamp), from: migration.folder, to: layout.entry(folder + href))
        bundle.payloadBytes += document.size
        return PackagedFile(
            href: href, size: document.size, sha256: digest, created: document.modified,
            mimeType: document.format.mimeType)
    }

    private func preservation(
        _ files: [(document: Document, file: PackagedFile)]
    ) throws -> [UInt8] {
        let premis = bundle.premis
        let object = (type: "urn", value: layout.object.text + "/" + name)
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        try premis.begin(&writer)
        try premis.container(
            &writer, kind: "representation", identifiers: [("urn", object.value)])
        for (document, file) in files {
            try premis.file(
                &writer, document, path: folder + file.href, sha256: file.sha256,
                relationship: PREMISElements.Relationship(
                    type: "derivation", subtype: "has source",
                    related: [("File", premis.fileIdentifier(migration.source.path))]))
        }
        try premis.event(
            &writer,
            .init(
                type: "migration", detail: migration.source.path + " → " + folder,
                program: migration.tool), on: object)
        try premis.event(
            &writer,
            .init(
                type: "message digest calculation",
                detail: "SHA-256 của từng tệp; SHA-256 of each file"), on: object)
        try premis.agents(&writer)
        try premis.toolAgent(&writer, migration.tool)
        try writer.end()
        try writer.finish()
        return bytes
    }

    private func newMETS(_ files: [PackagedFile], _ premis: PackagedFile) throws -> [UInt8] {
        let (mets, ids) = (bundle.mets, bundle.identifiers)
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        try mets.begin(
            &writer, objectID: name, label: name,
            profile: "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml", isRoot: false,
            submission: nil)
        try mets.preservationSection(&writer, premis, owner: sectionOwner)
        try writer.start("fileSec", [("ID", ids.section("fileSec " + name))])
        try mets.beginGroup(&writer, id: group, use: "Data")
        try add(files, to: &writer)
        try writer.end()
        try writer.end()
        try writer.start(
            "structMap",
            [("ID", ids.section("structMap " + name)), ("TYPE", "PHYSICAL"), ("LABEL", "CSIP")])
        try writer.start(
            "div",
            [("ID", ids.section("div " + name)), ("LABEL", name), ("TYPE", "NORMALIZED")])
        try writer.empty(
            "div",
            [
                ("ID", ids.section("div \(name) Metadata")), ("LABEL", "Metadata"),
                ("ADMID", ids.section("digiprovMD " + premis.href)),
            ])
        try writer.start("div", [("ID", ids.section("div \(name) Data")), ("LABEL", "Data")])
        try writer.empty("fptr", [("FILEID", group)])
        for _ in 0..<4 { try writer.end() }
        try writer.finish()
        return bytes
    }

    /// The same identifier whichever version the representation came with.
    private var sectionOwner: String { BundleLayout.preservation(of: name) }
    private var group: String { bundle.identifiers.section("fileGrp \(name) Data") }

    private func add(_ files: [PackagedFile], to writer: inout XMLWriter) throws {
        for file in files {
            try bundle.mets.file(
                &writer, id: bundle.identifiers.file(folder + file.href), file)
        }
    }

    private func revisedMETS(_ files: [PackagedFile], _ premis: PackagedFile) throws -> [UInt8] {
        let href = folder + BundleLayout.representationMETS
        guard let old = base.named(href) else {
            throw ContentsFailure(entry: href, detail: "not in METS")
        }
        let (bundle, ids) = (bundle, bundle.identifiers)
        var revision = METSRevision()
        revision.changes["metsHdr"] = [
            "LASTMODDATE": bundle.plan.packagedAt.vietnamText, "RECORDSTATUS": "SUPPLEMENT",
        ]
        revision.atEnd[ids.section("amdSec " + sectionOwner)] = { writer in
            try bundle.mets.preservationReference(&writer, premis)
        }
        revision.appended[ids.section("div \(name) Metadata")] = [
            "ADMID": [ids.section("digiprovMD " + premis.href)]
        ]
        revision.atEnd[group] = { writer in try add(files, to: &writer) }
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        try revision.copy(from: base.provenSource(old), to: &writer)
        try writer.finish()
        return bytes
    }
}
