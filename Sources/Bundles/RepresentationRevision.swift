import Records
import SystemPackage
import XML

/// Writes what a later state changes in `rep1`: new files and descriptions, PREMIS of the files, the whole METS.
struct RepresentationRevision {
    private let bundle: BundleWriter
    private let amendment: Amendment
    private let base: StoredPackage
    private var layout: BundleLayout { bundle.plan.layout }

    init(_ bundle: BundleWriter, _ amendment: Amendment, _ base: StoredPackage) {
        self.bundle = bundle
        self.amendment = amendment
        self.base = base
    }

    /// The pieces of METS and PREMIS, collected while files go into the tar.
    private struct Pieces {
        var sections: XMLWriter
        var files: XMLWriter
        var links: XMLWriter
        var objects: XMLWriter

        mutating func finish() throws {
            try sections.finish()
            try files.finish()
            try links.finish()
            try objects.finish()
        }
    }

    /// Documents with files first, in the order of their files, then those that are only described anew.
    func write() throws -> PackagedFile {
        let writer = try RepresentationWriter(bundle)
        var revision = METSRevision()
        var pieces = Pieces(
            sections: XMLWriter { [spool = writer.descriptionSections] in try spool.append($0) },
            files: XMLWriter { [spool = writer.files] in try spool.append($0) },
            links: XMLWriter { [spool = writer.links] in try spool.append($0) },
            objects: XMLWriter { [spool = writer.objects] in try spool.append($0) })
        for supersession in amendment.superseded {
            try take(
                supersession.document, from: supersession.folder, replacing: supersession.change,
                writer, &pieces)
            mark(supersession.change, writer, &revision)
        }
        if let added = amendment.added {
            try added.documents.forEachDocument { document in
                try take(document, from: added.folder, replacing: nil, writer, &pieces)
            }
        }
        for change in amendment.described {
            let description = try writer.describe(
                change.kind, change.fields, ordinal: change.ordinal)
            try section(description, writer, &pieces)
            try writer.link(
                &pieces.links, ordinal: change.ordinal, description: description.href,
                file: bundle.identifiers.file(change.path))
            mark(change, writer, &revision)
        }
        try pieces.finish()
        try writer.descriptions.flush()
        try bundle.assembly.addEntries(writer.descriptions.file, size: writer.descriptions.size)
        let premis = bundle.documentCount > 0 ? try writer.writePREMIS() : nil
        return try writeMETS(revision, writer, premis)
    }

    private func take(
        _ document: Document, from folder: FilePath, replacing old: Amendment.Change?,
        _ writer: RepresentationWriter, _ pieces: inout Pieces
    ) throws {
        let packaged = try writer.package(document, from: folder)
        try section(packaged.description, writer, &pieces)
        try bundle.mets.file(&pieces.files, id: packaged.fileID, packaged.file)
        try writer.link(
            &pieces.links, ordinal: document.ordinal, description: packaged.description.href,
            file: packaged.fileID)
        try bundle.premis.file(
            &pieces.objects, document, path: BundleLayout.representation + packaged.file.href,
            sha256: packaged.file.sha256,
            relationship: old.map {
                PREMISElements.Relationship(
                    type: "replacement", subtype: "supersedes",
                    related: [("File", bundle.premis.fileIdentifier($0.path))])
            })
    }

    private func section(
        _ description: PackagedFile, _ writer: RepresentationWriter, _ pieces: inout Pieces
    ) throws {
        try bundle.mets.descriptionSection(
            &pieces.sections, id: writer.sectionID(description.href),
            PackagedMetadata(type: "DC", otherType: nil, version: "1.1", file: description))
    }

    /// Marks the description so far, and the division that joins it to its file, as superseded.
    private func mark(
        _ change: Amendment.Change, _ writer: RepresentationWriter, _ revision: inout METSRevision
    ) {
        let name = BundleLayout.descriptionName(change.kind, ordinal: change.ordinal)
        let old = layout.at(change.describedIn).own(
            BundleLayout.representationDescription + name)
        revision.changes[writer.sectionID(old)] = ["STATUS": "SUPERSEDED"]
        revision.changes[writer.linkID(old)] = ["LABEL": "MetadataLink/Superseded"]
    }

    private func writeMETS(
        _ given: METSRevision, _ pieces: RepresentationWriter, _ premis: PackagedFile?
    ) throws -> PackagedFile {
        let href = BundleLayout.representation + BundleLayout.representationMETS
        guard let old = base.named(href) else {
            throw ContentsFailure(entry: href, detail: "not in METS")
        }
        let (bundle, ids) = (bundle, bundle.identifiers)
        let output = try bundle.spool("mets-rep1")
        var revision = given
        revision.changes["metsHdr"] = [
            "LASTMODDATE": bundle.plan.packagedAt.vietnamText, "RECORDSTATUS": "REPLACEMENT",
        ]
        revision.before["amdSec"] = { writer in
            try pieces.splice(pieces.descriptionSections, into: &writer, output)
        }
        if let premis {
            let section = "amdSec " + BundleLayout.representationPreservation
            revision.atEnd[ids.section(section)] = { writer in
                try bundle.mets.preservationReference(&writer, premis)
            }
            revision.appended[ids.section("div rep1 Metadata")] = [
                "ADMID": [ids.section("digiprovMD " + premis.href)]
            ]
        }
        revision.atEnd[ids.section("fileGrp rep1 Data")] = { writer in
            try pieces.splice(pieces.files, into: &writer, output)
        }
        revision.atEnd[ids.section("div rep1 MetadataLink inner")] = { writer in
            try pieces.splice(pieces.links, into: &writer, output)
        }
        var writer = XMLWriter { try output.append($0) }
        try revision.copy(from: base.provenSource(old), to: &writer)
        try writer.finish()
        let file = try bundle.add(
            BundleLayout.representationMETS, output, mimeType: "text/xml",
            below: BundleLayout.representation)
        return PackagedFile(
            href: href, size: file.size, sha256: file.sha256, created: file.created,
            mimeType: file.mimeType)
    }
}
