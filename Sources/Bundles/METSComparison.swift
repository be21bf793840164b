import Files
import Records
import XML

/// Compares both METS files of a bundle with the entries that were read: each named once, size and digest right.
struct METSComparison {
    private let tars: [any OpenFile]
    private let layout: BundleLayout
    private(set) var entries: PackageEntries
    /// Folders of representations, as the root METS points to them.
    private var representations: [String] = []
    private(set) var findings: [Finding] = []
    /// More findings than this say nothing new.
    private static let limit = 1000

    /// Prepares to compare a version's METS with the entries of its tar and those before it.
    init(tars: [any OpenFile], layout: BundleLayout, entries: PackageEntries) {
        self.tars = tars
        self.layout = layout
        self.entries = entries
    }

    mutating func run() throws {
        _ = entries.take(layout.entry(BundleLayout.mets))
        try compare(BundleLayout.mets, below: "")
        if !representations.contains(BundleLayout.representation) {
            report(
                .metadataMissing, BundleLayout.representation + BundleLayout.representationMETS)
        }
        try validate(layout.own(BundleLayout.preservation), .premis)
        try validateOwn(BundleLayout.description, .dossier)
        try validateOwn(BundleLayout.arrangement, .arrangement)
        for folder in representations {
            try compare(folder + BundleLayout.representationMETS, below: folder)
            let name = String(folder.dropLast().split(separator: "/").last ?? "")
            try validateOwn(folder + BundleLayout.preservation(of: name), .premis)
        }
        if entries.unnamedCount > 0 { try nameUnexpected() }
    }

    /// A metadata file that the first version must have, and a later one may have under its own name.
    private mutating func validateOwn(_ path: String, _ schema: BundleSchemas.Kind) throws {
        let own = layout.own(path)
        guard layout.version == 1 || entries.entry(layout.entry(own)) != nil else { return }
        try validate(own, schema)
    }

    private mutating func report(
        _ code: FindingCode, _ subject: String, _ facts: [String: String] = [:]
    ) {
        if findings.count < Self.limit { findings.append(Finding(code, subject: subject, facts)) }
    }

    private mutating func compare(_ mets: String, below folder: String) throws {
        guard let entry = entries.entry(layout.entry(mets)) else {
            return report(.metadataMissing, mets)
        }
        guard try validate(mets, .mets) else { return }
        do {
            var links = METSLinks()
            let found = try METSReading(tars[entry.tar - 1], at: entry.place).forEachFile(&links) {
                file in
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
        if folder.isEmpty, path.hasPrefix("representations/"), path.hasSuffix("/METS.xml"),
            path.split(separator: "/").count == 3
        {
            representations.append(String(path.dropLast(BundleLayout.mets.utf8.count)))
        }
        guard let entry = entries.take(layout.entry(path)) else {
            return report(.entryMissing, path)
        }
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
        guard let entry = entries.entry(layout.entry(path)) else {
            report(.metadataMissing, path)
            return false
        }
        var source = EntrySource(tars[entry.tar - 1], at: entry.place)
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
        let known = entries
        var unexpected: [String] = []
        for tar in tars {
            try BundleScan.forEachEntry(of: tar) { entry in
                if !known.isNamed(entry.path), unexpected.count < Self.limit {
                    unexpected.append(entry.path.text)
                }
            }
        }
        for path in unexpected { report(.entryUnexpected, path) }
    }
}
