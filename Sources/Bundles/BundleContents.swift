import Containers
package import Files
package import Records
import SystemPackage
import XML

/// A document as a stored bundle describes it, with where its bytes lie in the tar.
package struct IndexedDocument: Hashable, Sendable {
    package let ordinal: Int
    package let kind: DocumentKind
    package let fields: DocumentFields
    package let entryPath: RelativePath
    package let originalName: String
    package let offset: Int64
    package let size: Int64
    package let sha256: Digest
    package let format: FormatIdentification
}

/// Why a stored bundle cannot be read: which entry, and what is the matter.
package struct ContentsFailure: Error, Hashable, Sendable {
    package let entry: String
    package let detail: String

    package init(entry: String, detail: String) {
        self.entry = entry
        self.detail = detail
    }
}

/// What a stored bundle says of its dossier, read from the tar alone without its payload.
package struct BundleContents {
    private let stored: StoredTar
    private let layout: BundleLayout
    /// The package's folder, with its slash.
    private let root: [UInt8]
    /// Content offsets and sizes of the payload and of the descriptions, both in document order.
    private var payload: [BundleScan.Place] = []
    private var descriptions: [(place: BundleScan.Place, kind: DocumentKind)] = []
    private var premis: BundleScan.Place?
    /// What tells of the dossier beside the documents, by its path below the package's folder.
    private var telling: [String: BundleScan.Place] = [:]
    /// The entries of a bundle of usual size; nil for a larger one, whose headers are read again when asked for.
    private var entries: [BundleScan.Entry]? = []
    private var nameBytes: Int64 = 0
    package private(set) var dossier = Dossier(fields: [:], arrangement: [:])

    package var tarBytes: Int64 { stored.size }
    private var tar: any ReadableFile { stored.file }
    package var documentCount: Int { payload.count }
    package var payloadBytes: Int64 { payload.reduce(0) { $0 + $1.size } }

    /// Reads the headers and the dossier's description of a tar on the disk.
    package init(of tar: any OpenFile, layout: BundleLayout) throws {
        try self.init(of: StoredTar(tar), layout: layout)
    }

    /// Reads the headers and the dossier's description.
    package init(of tar: StoredTar, layout: BundleLayout) throws {
        stored = tar
        self.layout = layout
        let root = layout.entry("").bytes
        self.root = root
        try BundleScan.forEachEntry(of: tar.file) { entry in
            remember(entry)
            guard entry.path.begins(with: root) else { return }
            sort(entry, from: root.count)
        }
        premis = telling[BundleLayout.representation + BundleLayout.representationPreservation]
        dossier = Dossier(
            fields: DossierField.named(try flat(BundleLayout.description)),
            arrangement: ArrangementField.named(try flat(BundleLayout.arrangement)))
    }

    /// Puts an entry where it is looked for, by its path below the package's folder.
    private mutating func sort(_ entry: BundleScan.Entry, from start: Int) {
        let place = BundleScan.Place(offset: entry.offset, size: entry.size)
        if entry.path.begins(with: Self.data, at: start) {
            payload.append(place)
        } else if entry.path.begins(with: Self.described, at: start) {
            let kind = Self.kind(entry.path.bytes.dropFirst(start + Self.described.count))
            descriptions.append((place, kind))
        } else if let path = Self.tellingPaths.first(where: {
            $0.units.count == entry.path.bytes.count - start
                && entry.path.begins(with: $0.units, at: start)
        }) {
            telling[path.text] = place
        }
    }

    private static let data = Array((BundleLayout.representation + BundleLayout.data).utf8)
    private static let described = Array(
        (BundleLayout.representation + BundleLayout.representationDescription + "EAD_").utf8)

    /// A bundle with fewer entries or documents than these is read once and remembered.
    private static let usualCount = 4096
    /// Bytes of names or descriptions that are remembered: a bundle made by a stranger may have long ones.
    private static let usualBytes: Int64 = 4 << 20

    /// Whether the documents are so few, and say so little, that all of them may be held.
    package var isOfUsualSize: Bool {
        documentCount < Self.usualCount
            && descriptions.reduce(premis?.size ?? 0) { $0 + $1.place.size } < 2 * Self.usualBytes
    }

    private static let tellingPaths = [
        BundleLayout.mets, BundleLayout.description, BundleLayout.arrangement,
        BundleLayout.representation + BundleLayout.representationMETS,
        BundleLayout.representation + BundleLayout.representationPreservation,
    ].map { (text: $0, units: Array($0.utf8)) }

    /// Throws a `ContentsFailure` unless everything that is told here is what was sealed.
    ///
    /// The bytes of documents are not read; PREMIS, which is, has their digests.
    package func prove(against sealed: SealedVersion) throws {
        let proof = ContentsProof(stored, layout: layout, sealed: sealed)
        guard try !proof.isWhole() else { return }
        var vouched: [String: String] = [:]
        try proof.forEachNamed(inMETS: telling[BundleLayout.mets]) { file in
            if telling[file.href] != nil { vouched[file.href] = file.sha256 }
        }
        for path in [BundleLayout.description, BundleLayout.arrangement] {
            try proof.require(path, at: telling[path], vouched[path])
        }
        try proveDocuments(proof, vouched)
    }

    /// Descriptions stand in the METS of the representation in the order of the tar.
    private func proveDocuments(_ proof: ContentsProof, _ vouched: [String: String]) throws {
        let folder = BundleLayout.representation
        let mets = folder + BundleLayout.representationMETS
        let described = BundleLayout.representationDescription + "EAD_"
        var next = 0
        var premisDigest: String?
        try proof.forEachNamed(inMETS: telling[mets], of: folder, vouched: vouched[mets]) { file in
            if file.href == BundleLayout.representationPreservation {
                premisDigest = file.sha256
            } else if file.href.hasPrefix(described) {
                let name = Array(file.href.utf8.dropFirst(described.utf8.count))
                guard next < descriptions.count,
                    descriptions[next].kind == Self.kind(name[...])
                else { return try proof.require(file.href, at: nil, file.sha256) }
                try proof.require(file.href, at: descriptions[next].place, file.sha256)
                next += 1
            }
        }
        guard next == descriptions.count else {
            return try proof.require(folder + described, at: nil, nil)
        }
        let premisPath = folder + BundleLayout.representationPreservation
        try proof.require(premisPath, at: premis, premisDigest)
    }

    private mutating func remember(_ entry: BundleScan.Entry) {
        entries?.append(entry)
        nameBytes += Int64(entry.path.bytes.count)
        if entries?.count == Self.usualCount || nameBytes > Self.usualBytes { entries = nil }
    }

    /// Gives each entry of the tar in its order.
    package func forEachEntry(_ body: (BundleScan.Entry) throws -> Void) throws {
        guard let entries else { return try BundleScan.forEachEntry(of: tar, body) }
        for entry in entries { try body(entry) }
    }

    /// Gives each document in its order.
    package func forEachDocument(_ body: (IndexedDocument) throws -> Void) throws {
        let entry = BundleLayout.representation + BundleLayout.representationPreservation
        guard let premis, descriptions.count == payload.count else {
            throw ContentsFailure(
                entry: entry, detail: "documents and descriptions differ in number")
        }
        var index = 0
        var note: PREMISReading.File.Note?
        let reading = PREMISReading(tar, at: premis)
        try reading.forEachFile { file in
            guard index < payload.count else {
                throw ContentsFailure(entry: entry, detail: "more files than the bundle has")
            }
            try body(try document(index, file, file.format(after: &note)))
            index += 1
        }
        guard index == payload.count else {
            throw ContentsFailure(entry: entry, detail: "fewer files than the bundle has")
        }
    }

    private func document(
        _ index: Int, _ file: PREMISReading.File, _ format: FormatIdentification
    ) throws -> IndexedDocument {
        let (place, kind) = descriptions[index]
        var fields = try described(in: place)
        if fields[.docId] == nil { fields[.docId] = file.docId ?? fields[.docCode] }
        let ordinal = fields[.docOrdinal].flatMap { Int($0) } ?? index + 1
        guard file.size == payload[index].size, let sha256 = file.sha256 else {
            throw ContentsFailure(entry: file.path, detail: "size or digest in PREMIS does not fit")
        }
        return IndexedDocument(
            ordinal: ordinal, kind: kind, fields: fields,
            entryPath: RelativePath(bytes: root + file.path.utf8), originalName: file.originalName,
            offset: payload[index].offset, size: payload[index].size, sha256: sha256,
            format: format)
    }

    /// The largest flat description read.
    private static let flatLimit: Int64 = 1 << 20

    private func flat(_ path: String) throws -> [(String, String)] {
        guard let place = telling[path], place.size <= Self.flatLimit else {
            throw ContentsFailure(entry: path, detail: "missing or too large")
        }
        return try elements(in: place)
    }

    /// A document's description; in the archive's own form it goes from its bytes straight into the fields.
    private func described(in place: BundleScan.Place) throws -> DocumentFields {
        let count = Int(min(place.size, Self.flatLimit))
        return try tar.withBytes(at: place.offset, count: count) { bytes in
            var draft = DocumentFields.Draft()
            if FlatDocument.scan(bytes, { draft.take($0, $1) }) { return DocumentFields(draft) }
            return DocumentField.named(try FlatDocument.read(bytes, limit: Int(Self.flatLimit)))
        }
    }

    /// The elements of a flat description with their texts.
    private func elements(in place: BundleScan.Place) throws -> [(String, String)] {
        let count = Int(min(place.size, Self.flatLimit))
        return try tar.withBytes(at: place.offset, count: count) {
            try FlatDocument.read($0, limit: Int(Self.flatLimit))
        }
    }

    private static func kind(_ rest: ArraySlice<UInt8>) -> DocumentKind {
        DocumentKind.allCases.first { rest.starts(with: $0.rawValue.utf8) } ?? .text
    }

    /// Whether an error tells of damage in the bundle and not of a disk that does not answer.
    package static func isRot(_ error: any Error) -> Bool {
        if let failure = error as? FileFailure {
            return [
                .noSuchFileOrDirectory, .ioError, .tooManySymbolicLinkLevels, .isDirectory,
                .notDirectory, .invalidArgument, .noSuchAddressOrDevice, .illegalSeek,
            ].contains(failure.errno)
        }
        return error is TarFailure || error is ContentsFailure || error is XMLFailure
    }
}

extension BundleScan {
    /// Where the content of an entry lies in the tar.
    struct Place: Hashable {
        let offset: Int64
        let size: Int64
    }
}
