import Containers
package import Files
package import Records
import SystemPackage
import XML

/// What a later version's tar says it changes, read from that tar alone.
package struct OverlayContents {
    /// A document described anew, with its new file where it has one.
    package struct Described: Sendable {
        package let kind: DocumentKind
        package let ordinal: Int
        package let fields: DocumentFields
        package let file: StoredFile?
    }

    /// A file of this tar as PREMIS knows it.
    package struct StoredFile: Hashable, Sendable {
        package let path: RelativePath
        package let docId: String?
        /// Archival code of the document that the file belongs to.
        package let code: String
        package let originalName: String
        package let offset: Int64
        package let size: Int64
        package let sha256: Digest
        package let format: FormatIdentification
    }

    private let stored: StoredTar
    private let layout: BundleLayout
    private var places: [String: BundleScan.Place] = [:]
    private var descriptions: [(name: String, place: BundleScan.Place)] = []
    private var files: [String: [BundleScan.Place]] = [:]
    /// The files of the tar in its order; an overlay is small, or its new documents are as many as its memory.
    package private(set) var entries: [BundleScan.Entry] = []
    package var tarBytes: Int64 { stored.size }
    private var tar: any ReadableFile { stored.file }

    /// Reads the headers of a tar on the disk.
    package init(of tar: any OpenFile, layout: BundleLayout) throws {
        try self.init(of: StoredTar(tar), layout: layout)
    }

    /// Reads the headers.
    package init(of tar: StoredTar, layout: BundleLayout) throws {
        stored = tar
        self.layout = layout
        let root = layout.entry("").bytes
        try BundleScan.forEachEntry(of: tar.file) { entry in
            entries.append(entry)
            guard entry.path.bytes.starts(with: root) else { return }
            let path = RelativePath(bytes: entry.path.bytes.dropFirst(root.count)).text
            let place = BundleScan.Place(offset: entry.offset, size: entry.size)
            let described = BundleLayout.representation + BundleLayout.representationDescription
            if path.hasPrefix(described) {
                descriptions.append((String(path.dropFirst(described.utf8.count)), place))
            } else if let name = Self.representation(ofData: path) {
                files[name, default: []].append(place)
            } else {
                places[path] = place
            }
        }
    }

    /// Throws a `ContentsFailure` unless everything that is told here is what was sealed.
    package func prove(against sealed: SealedVersion) throws {
        let proof = ContentsProof(stored, layout: layout, sealed: sealed)
        guard try !proof.isWhole() else { return }
        // What is asked for by name; documents' descriptions stand apart from the rest.
        var left = places.filter { Self.isTelling($0.key, layout) }
        for (name, place) in descriptions {
            let folder = BundleLayout.representation + BundleLayout.representationDescription
            left[folder + name] = place
        }
        var representations: [(folder: String, sha256: String)] = []
        try proof.forEachNamed(inMETS: places[BundleLayout.mets]) { file in
            if file.href.hasPrefix("representations/"), file.href.hasSuffix("/METS.xml") {
                let folder = String(file.href.dropLast(BundleLayout.mets.utf8.count))
                representations.append((folder, file.sha256))
            } else if let place = left.removeValue(forKey: file.href) {
                try proof.require(file.href, at: place, file.sha256)
            }
        }
        for (folder, sha256) in representations {
            // A representation that stays keeps its METS in an earlier tar.
            guard let mets = places[folder + BundleLayout.representationMETS] else { continue }
            try proof.forEachNamed(inMETS: mets, of: folder, vouched: sha256) { file in
                guard let place = left.removeValue(forKey: folder + file.href) else { return }
                try proof.require(folder + file.href, at: place, file.sha256)
            }
        }
        if let (path, _) = left.first { try proof.require(path, at: nil, nil) }
    }

    /// Whether the catalog reads the file: descriptions of the dossier and PREMIS of representations.
    private static func isTelling(_ path: String, _ layout: BundleLayout) -> Bool {
        [BundleLayout.description, BundleLayout.arrangement].map(layout.own).contains(path)
            || path.hasPrefix("representations/") && path.contains("/metadata/preservation/")
    }

    /// The new description of the dossier; nil where it stays.
    package func dossierFields() throws -> [DossierField: String]? {
        try flat(BundleLayout.description).map { DossierField.named($0) }
    }

    /// Where the dossier now stands in the holding; nil where that stays.
    package func arrangement() throws -> [ArrangementField: String]? {
        try flat(BundleLayout.arrangement).map { ArrangementField.named($0) }
    }

    /// Gives each document described anew: those with files first, in the order of their files.
    package func forEachDescribed(_ body: (Described) throws -> Void) throws {
        let stored = try storedFiles(of: "rep1")
        guard stored.count <= descriptions.count else {
            throw ContentsFailure(entry: layout.tar, detail: "more files than descriptions")
        }
        for (index, (name, place)) in descriptions.enumerated() {
            let bytes = try tar.bytes(at: place.offset, count: Int(min(place.size, Self.limit)))
            let parts = name.split(whereSeparator: { $0 == "_" || $0 == "." })
            guard parts.count >= 3, let kind = DocumentKind(rawValue: String(parts[1])),
                let ordinal = Int(parts[2]), ordinal > 0
            else { throw ContentsFailure(entry: name, detail: "not the name of a description") }
            try body(
                Described(
                    kind: kind, ordinal: ordinal,
                    fields: DocumentField.named(
                        try FlatDocument.read(bytes, limit: Int(Self.limit))),
                    file: index < stored.count ? stored[index] : nil))
        }
    }

    /// Names of representations beside the first that this tar brings files to.
    package var renditionNames: [String] { files.keys.filter { $0 != "rep1" }.sorted() }

    /// The files that this tar brings to a representation, in their order.
    package func storedFiles(of representation: String) throws -> [StoredFile] {
        let places = files[representation, default: []]
        guard !places.isEmpty else { return [] }
        let premis = layout.own(
            BundleLayout.representation(representation)
                + BundleLayout.preservation(of: representation))
        guard let place = self.places[premis] else {
            throw ContentsFailure(entry: premis, detail: "missing")
        }
        var found: [StoredFile] = []
        try PREMISReading(tar, at: place).forEachFile { file in
            guard found.count < places.count, let sha256 = file.sha256,
                file.size == places[found.count].size
            else { throw ContentsFailure(entry: premis, detail: "does not fit the files") }
            found.append(
                StoredFile(
                    path: layout.entry(file.path), docId: file.docId, code: file.code,
                    originalName: file.originalName, offset: places[found.count].offset,
                    size: file.size, sha256: sha256, format: file.format))
        }
        guard found.count == places.count else {
            throw ContentsFailure(entry: premis, detail: "fewer files than the tar has")
        }
        return found
    }

    private static let limit: Int64 = 1 << 20

    private func flat(_ path: String) throws -> [(String, String)]? {
        guard let place = places[layout.own(path)] else { return nil }
        guard place.size <= Self.limit else {
            throw ContentsFailure(entry: path, detail: "too large")
        }
        return try FlatDocument.read(
            tar.bytes(at: place.offset, count: Int(place.size)), limit: Int(Self.limit))
    }

    /// `rep2` of `representations/rep2/data/v3/a.tif`; nil for other paths.
    private static func representation(ofData path: String) -> String? {
        let parts = path.split(separator: "/", maxSplits: 3)
        guard parts.count == 4, parts[0] == "representations", parts[2] == "data" else {
            return nil
        }
        return String(parts[1])
    }
}
