import Cryptography
package import Files
package import Records
import XML

/// A package as its versions so far hold it: metadata is read from the tars and believed only when its digest fits.
package struct StoredPackage {
    /// Where a file of the package lies: in the tar of which version, and there.
    package struct Location: Hashable, Sendable {
        package let version: Int
        package let offset: Int64
        package let size: Int64

        package init(version: Int, offset: Int64, size: Int64) {
            self.version = version
            self.offset = offset
            self.size = size
        }
    }

    /// A file as the package's METS names it.
    struct Named {
        /// Identifier of the `file` or of the section that points to it.
        let id: String
        let href: String
        let size: Int64
        let sha256: String
        /// Whether it describes the package as it now is, for a metadata section.
        let isCurrent: Bool
    }

    package let layout: BundleLayout
    private let open: (Int) throws -> any OpenFile
    private let locate: (String) throws -> Location?
    private(set) var named: [Named] = []
    /// The root METS itself.
    private(set) var mets: [UInt8] = []
    private static let limit: Int64 = 64 << 20

    /// Reads the root METS of the newest version, whose SHA-512 its sums vouch for.
    package init(
        _ layout: BundleLayout, metsSHA512: Digest, open: @escaping (Int) throws -> any OpenFile,
        locate: @escaping (String) throws -> Location?
    ) throws {
        self.layout = layout
        self.open = open
        self.locate = locate
        mets = try content(BundleLayout.mets)
        guard Digest(.sha512, bytes: Hasher.digest(.sha512, of: mets)) == metsSHA512 else {
            throw ContentsFailure(entry: BundleLayout.mets, detail: "not what the sums say")
        }
        named = try Self.names(in: mets)
    }

    /// The flat description that is now current, by the path it had in the first version.
    package func description(_ path: String) throws -> (
        href: String, values: [(String, String)]
    ) {
        let stem = path.prefix(while: { $0 != "." })
        let found = named.filter { $0.isCurrent && $0.href.hasPrefix(stem) }.first {
            layout.isState($0.href, of: path)
        }
        guard let found else { throw ContentsFailure(entry: path, detail: "not in METS") }
        let bytes = try proven(found)
        return (found.href, try FlatDocument.read(bytes, limit: 1 << 20))
    }

    /// The dossier as it now is described.
    package func dossier() throws -> Dossier {
        Dossier(
            fields: DossierField.named(try description(BundleLayout.description).values),
            arrangement: ArrangementField.named(
                try description(BundleLayout.arrangement).values))
    }

    /// What a document's description says, which lies in the tar of the version that described it.
    package func documentFields(
        _ kind: DocumentKind, ordinal: Int, describedIn version: Int
    ) throws -> DocumentFields {
        let name = BundleLayout.descriptionName(kind, ordinal: ordinal)
        let path =
            BundleLayout.representation
            + layout.at(version).own(
                BundleLayout.representationDescription + name)
        return DocumentField.named(try FlatDocument.read(content(path), limit: 1 << 20))
    }

    /// Whether the package has a representation of this name.
    package func hasRepresentation(_ name: String) -> Bool {
        named(BundleLayout.representation(name) + BundleLayout.representationMETS) != nil
    }

    /// The bytes of a file that METS names, proved by its digest.
    func proven(_ file: Named) throws -> [UInt8] {
        let bytes = try content(file.href)
        guard Hasher.digest(.sha256, of: bytes) == Hexadecimal.bytes(of: file.sha256) else {
            throw ContentsFailure(entry: file.href, detail: "not what METS says")
        }
        return bytes
    }

    /// A reader over a file that may be large, after its digest was proved.
    func provenSource(_ file: Named) throws -> (UnsafeMutableRawBufferPointer) throws -> Int {
        guard let place = try locate(file.href), place.size == file.size else {
            throw ContentsFailure(entry: file.href, detail: "missing")
        }
        let tar = try open(place.version)
        let entry = BundleScan.Place(offset: place.offset, size: place.size)
        var source = EntrySource(tar, at: entry)
        let hasher = Hasher(.sha256)
        let buffer = WorkBuffer(count: 256 * 1024)
        while true {
            let count = try source.read(into: buffer.bytes)
            if count == 0 { break }
            hasher.update(UnsafeRawBufferPointer(buffer.prefix(count)))
        }
        guard hasher.finalizeAndReset() == Hexadecimal.bytes(of: file.sha256) else {
            throw ContentsFailure(entry: file.href, detail: "not what METS says")
        }
        var again = EntrySource(tar, at: entry)
        return { try again.read(into: $0) }
    }

    /// The file of this path, where METS names it.
    func named(_ href: String) -> Named? { named.first { $0.href == href } }

    private func content(_ path: String) throws -> [UInt8] {
        guard let place = try locate(path), place.size <= Self.limit else {
            throw ContentsFailure(entry: path, detail: "missing or too large")
        }
        let bytes = try open(place.version).bytes(at: place.offset, count: Int(place.size))
        guard bytes.count == Int(place.size) else {
            throw ContentsFailure(entry: path, detail: "cut off")
        }
        return bytes
    }

    private static func names(in mets: [UInt8]) throws -> [Named] {
        var offset = 0
        let reader = try XMLReader { buffer in
            let count = min(buffer.count, mets.count - offset)
            buffer.copyBytes(from: mets[offset..<(offset + count)])
            offset += count
            return count
        }
        var found: [Named] = []
        var owner = (id: "", isCurrent: false)
        var facts: (size: Int64, sha256: String)?
        func name(_ size: Int64, _ sha256: String) {
            found.append(
                Named(
                    id: owner.id,
                    href: METSReading.decoded(reader.attribute("xlink:href") ?? ""), size: size,
                    sha256: sha256.lowercased(), isCurrent: owner.isCurrent))
        }
        while let event = try reader.next() {
            guard case .start(let element) = event else { continue }
            let size = reader.attribute("SIZE").flatMap { Int64($0) } ?? -1
            let sha256 = reader.attribute("CHECKSUM") ?? ""
            switch element {
            case "dmdSec", "digiprovMD":
                owner = (
                    reader.attribute("ID") ?? "", reader.attribute("STATUS") == "CURRENT"
                )
            case "mdRef": name(size, sha256)
            case "file":
                owner = (reader.attribute("ID") ?? "", true)
                facts = (size, sha256)
            case "FLocat":
                if let facts { name(facts.size, facts.sha256) }
                facts = nil
            default: break
            }
        }
        return found
    }
}

extension BundleLayout {
    /// Whether a path is some version's own form of a path of the first version.
    func isState(_ given: String, of path: String) -> Bool {
        (1...version).contains { at($0).own(path) == given }
    }
}
