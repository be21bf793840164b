import Cryptography
import Files
import Records
import SystemPackage
import XML

extension BundleWriter {
    /// Writes a later state: new metadata and files, and the whole new `METS.xml`; nothing of older tars is copied.
    package func write(_ amendment: Amendment, over base: StoredPackage) throws -> WrittenBundle {
        let readMe = try add(
            plan.layout.own(BundleLayout.readMe), Array(readMeText.utf8), mimeType: "text/plain",
            below: "")
        let overlay = OverlayWriter(self, amendment, base)
        let digest = try overlay.write(readMe: readMe)
        return try finish(metsSHA512: digest)
    }
}

/// Writes the package level of a later state; representations that change are written before it.
struct OverlayWriter {
    private let bundle: BundleWriter
    private let amendment: Amendment
    private let base: StoredPackage
    private var layout: BundleLayout { bundle.plan.layout }

    init(_ bundle: BundleWriter, _ amendment: Amendment, _ base: StoredPackage) {
        self.bundle = bundle
        self.amendment = amendment
        self.base = base
    }

    /// Writes it all; gives the SHA-512 of `METS.xml` for the sums.
    func write(readMe: PackagedFile) throws -> Digest {
        var revision = METSRevision()
        let time = bundle.plan.packagedAt.vietnamText
        revision.changes["mets"] = ["LABEL": amendment.dossier.title]
        revision.changes["metsHdr"] = ["LASTMODDATE": time, "RECORDSTATUS": status]
        if amendment.touchesDocuments {
            let file = try RepresentationRevision(bundle, amendment, base).write()
            revise(&revision, file)
        }
        var newGroup: PackagedFile?
        if let migration = amendment.migrated {
            let file = try MigrationWriter(bundle, migration, base).write()
            if migration.isNew { newGroup = file } else { revise(&revision, file) }
        }
        let metadata = try writeMetadata(&revision)
        let premis = try bundle.add(
            layout.own(BundleLayout.preservation), preservation(), mimeType: "text/xml", below: "")
        describe(&revision, metadata: metadata, premis: premis, readMe: readMe)
        if let newGroup, let migration = amendment.migrated {
            addGroup(&revision, newGroup, "Representations/" + migration.representation)
        }
        return try writeMETS(revision)
    }

    /// `SUPPLEMENT` when files come, `REPLACEMENT` when only what is said of them changes (TT 05/2025 Annex I).
    private var status: String {
        amendment.added != nil || amendment.migrated != nil ? "SUPPLEMENT" : "REPLACEMENT"
    }

    /// A file that METS names already has new bytes.
    private func revise(_ revision: inout METSRevision, _ file: PackagedFile) {
        revision.changes[bundle.identifiers.file(file.href)] = [
            "SIZE": String(file.size), "CREATED": file.created.vietnamText,
            "CHECKSUM": file.sha256.hex.uppercased(),
        ]
    }

    private func writeMetadata(_ revision: inout METSRevision) throws -> [PackagedMetadata] {
        var metadata: [PackagedMetadata] = []
        if amendment.isDescriptionNew {
            metadata.append(
                PackagedMetadata(
                    type: "DC", otherType: nil, version: "1.1",
                    file: try replace(
                        BundleLayout.description, DescriptionText.dossier(amendment.dossier),
                        &revision)))
        }
        if amendment.isArrangementNew {
            metadata.append(
                PackagedMetadata(
                    type: "OTHER", otherType: "LUUTRU-ARRANGEMENT", version: "1",
                    file: try replace(
                        BundleLayout.arrangement, DescriptionText.arrangement(amendment.dossier),
                        &revision)))
        }
        for source in amendment.added?.received ?? [] {
            let href = layout.ownFolder(BundleLayout.received) + source.path.text
            let digest = try bundle.copy(
                source, from: amendment.added?.folder ?? "", to: layout.entry(href))
            metadata.append(
                PackagedMetadata(
                    type: "OTHER", otherType: "LUUTRU-RECEIVED", version: nil,
                    file: PackagedFile(
                        href: href, size: source.size, sha256: digest, created: source.modified,
                        mimeType: "text/csv")))
        }
        return metadata
    }

    /// Adds a description under this version's own name and marks the one so far as superseded.
    private func replace(
        _ path: String, _ bytes: [UInt8], _ revision: inout METSRevision
    ) throws -> PackagedFile {
        for old in base.named where old.isCurrent && layout.isState(old.href, of: path) {
            revision.changes[old.id] = ["STATUS": "SUPERSEDED"]
        }
        return try bundle.add(layout.own(path), bytes, mimeType: "text/xml", below: "")
    }

    private func preservation() throws -> [UInt8] {
        let premis = bundle.premis
        let object = (type: "urn", value: layout.object.text)
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        try premis.begin(&writer)
        try premis.container(
            &writer, kind: "intellectualEntity",
            identifiers: [("urn", object.value), ("arcFileCode", amendment.dossier.code)])
        try premis.event(
            &writer, .init(type: amendment.event, detail: amendment.reason), on: object)
        try premis.agents(&writer)
        try writer.end()
        try writer.finish()
        return bytes
    }

    private func describe(
        _ revision: inout METSRevision, metadata: [PackagedMetadata], premis: PackagedFile,
        readMe: PackagedFile
    ) {
        let (bundle, ids) = (bundle, bundle.identifiers)
        let sections = metadata.map { (id: ids.section("dmdSec " + $0.file.href), item: $0) }
        revision.before["amdSec"] = { writer in
            for (id, item) in sections {
                try bundle.mets.descriptionSection(&writer, id: id, item)
            }
        }
        revision.atEnd[ids.section("amdSec " + BundleLayout.preservation)] = { writer in
            try bundle.mets.preservationReference(&writer, premis)
        }
        revision.atEnd[ids.section("fileGrp Documentation")] = { writer in
            try bundle.mets.file(&writer, id: ids.file(readMe.href), readMe)
        }
        revision.appended[ids.section("div Metadata")] = [
            "DMDID": sections.map(\.id), "ADMID": [ids.section("digiprovMD " + premis.href)],
        ]
    }

    /// A representation that is new to the package: its group, its pointer and its place in the structure.
    private func addGroup(_ revision: inout METSRevision, _ file: PackagedFile, _ use: String) {
        let (bundle, ids) = (bundle, bundle.identifiers)
        let group = ids.section("fileGrp " + use)
        revision.atEnd[ids.section("fileSec")] = { writer in
            try bundle.mets.beginGroup(&writer, id: group, use: use)
            try bundle.mets.file(&writer, id: ids.file(file.href), file)
            try writer.end()
        }
        revision.atEnd[ids.section("div")] = { writer in
            try writer.start("div", [("ID", ids.section("div " + use)), ("LABEL", use)])
            try writer.empty(
                "mptr",
                [
                    ("LOCTYPE", "URL"), ("xlink:type", "simple"),
                    ("xlink:href", METSElements.reference(file.href)), ("xlink:title", group),
                ])
            try writer.end()
        }
        revision.atEnd[ids.section("div Representations")] = { writer in
            try writer.empty("fptr", [("FILEID", group)])
        }
    }

    private func writeMETS(_ revision: METSRevision) throws -> Digest {
        var bytes: [UInt8] = []
        var writer = XMLWriter { bytes.append(contentsOf: $0) }
        let old = base.mets
        var offset = 0
        try revision.copy(
            from: { buffer in
                let count = min(buffer.count, old.count - offset)
                buffer.copyBytes(from: old[offset..<(offset + count)])
                offset += count
                return count
            }, to: &writer)
        try writer.finish()
        _ = try bundle.add(BundleLayout.mets, bytes, mimeType: "text/xml", below: "")
        return Digest(sha512: Hasher.digest(.sha512, of: bytes))
    }
}
