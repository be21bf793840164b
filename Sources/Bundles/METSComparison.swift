import Files
import Records
import XML

/// Compares both METS files of a bundle with the entries that were read: each named once, size and digest right.
struct METSComparison {
    private let tar: any OpenFile
    private let layout: BundleLayout
    private(set) var pass: TarPass
    private(set) var findings: [Finding] = []
    /// More findings than this say nothing new.
    private static let limit = 1000

    init(tar: any OpenFile, layout: BundleLayout, pass: TarPass) {
        self.tar = tar
        self.layout = layout
        self.pass = pass
    }

    mutating func run() throws {
        _ = pass.take(layout.entry(BundleLayout.mets))
        try compare(BundleLayout.mets, below: "")
        try compare(
            BundleLayout.representation + BundleLayout.representationMETS,
            below: BundleLayout.representation)
        for path in [
            BundleLayout.preservation,
            BundleLayout.representation + BundleLayout.representationPreservation,
        ] {
            try validate(path, .premis)
        }
        try validate(BundleLayout.description, .dossier)
        try validate(BundleLayout.arrangement, .arrangement)
        if pass.unnamedCount > 0 { try nameUnexpected() }
    }

    private mutating func report(
        _ code: FindingCode, _ subject: String, _ facts: [String: String] = [:]
    ) {
        if findings.count < Self.limit { findings.append(Finding(code, subject: subject, facts)) }
    }

    private mutating func compare(_ mets: String, below folder: String) throws {
        guard let entry = pass.entry(layout.entry(mets)) else {
            return report(.metadataMissing, mets)
        }
        guard try validate(mets, .mets) else { return }
        let place = BundleScan.Place(offset: entry.offset, size: entry.size)
        do {
            var links = METSLinks()
            let found = try METSReading(tar, at: place).forEachFile(&links) { file in
                try compare(file, below: folder)
            }
            let expected =
                folder.isEmpty
                ? layout.object.text : String(folder.dropLast().split(separator: "/").last ?? "")
            if found != expected {
                report(
                    .metadataIdentifier, mets, ["expected": expected, "found": found ?? ""])
            }
            for id in links.doubled { report(.metadataLink, mets, ["id": id, "fault": "doubled"]) }
            for id in links.dangling {
                report(.metadataLink, mets, ["id": id, "fault": "dangling"])
            }
        } catch let failure as XMLFailure {
            report(.metadataMalformed, mets, ["detail": failure.text])
        }
    }

    private mutating func compare(_ file: METSReading.File, below folder: String) throws {
        let path = folder + file.href
        guard let entry = pass.take(layout.entry(path)) else { return report(.entryMissing, path) }
        if entry.size != file.size {
            report(.entrySize, path, ["expected": String(file.size), "found": String(entry.size)])
        }
        let found = Hexadecimal.text(of: entry.sha256)
        if found != file.sha256.lowercased() {
            report(.entryDigest, path, ["expected": file.sha256.lowercased(), "found": found])
        }
    }

    /// Validates a metadata file against the schema of our profile; the copy in the bundle is not believed.
    @discardableResult
    private mutating func validate(_ path: String, _ schema: BundleSchemas.Kind) throws -> Bool {
        guard let entry = pass.entry(layout.entry(path)) else {
            report(.metadataMissing, path)
            return false
        }
        var source = EntrySource(tar, at: BundleScan.Place(offset: entry.offset, size: entry.size))
        do {
            let violations = try schema.validator().validate { try source.read(into: $0) }
            for violation in violations {
                report(
                    .metadataSchema, path,
                    ["line": String(violation.line), "detail": violation.message])
            }
            return violations.isEmpty
        } catch let failure as XMLFailure {
            report(.metadataMalformed, path, ["detail": failure.text])
            return false
        }
    }

    /// Reads the headers again to name the entries that METS does not know.
    private mutating func nameUnexpected() throws {
        let known = pass
        var unexpected: [String] = []
        try BundleScan.forEachEntry(of: tar) { entry in
            if !known.isNamed(entry.path) { unexpected.append(entry.path.text) }
        }
        for path in unexpected { report(.entryUnexpected, path) }
    }
}
