import Containers
import Cryptography
import Files
import Records

/// The files of a proof's ZIP, read once for their digests and again when one is asked for.
struct ProofContents {
    /// Why a ZIP is no proof.
    struct Fault: Error {
        let detail: String
    }

    private let zip: StoredZIPReader
    private let entries: [String: StoredZIPEntry]
    /// The one folder, with its slash.
    let folder: String
    let time: UInt32
    /// Digests of all files, by name below the folder.
    private(set) var digests: [String: (sha512: Digest, sha256: Digest)] = [:]
    /// Files that may be run.
    let programs: [String]

    /// Reads the ZIP whole; anything that is not as it would have been written is a fault.
    init(_ file: any OpenFile, size: Int64, progress: (Int) throws -> Void) throws {
        do {
            zip = try StoredZIPReader(size: size) { try file.bytes(at: $0, count: $1) }
            time = zip.time
            let first = try Self.name(zip.entries[0])
            guard let slash = first.firstIndex(of: "/") else { throw Fault(detail: first) }
            folder = String(first[...slash])
            var entries: [String: StoredZIPEntry] = [:]
            for entry in zip.entries {
                let name = try Self.name(entry)
                guard name.hasPrefix(folder),
                    entries.updateValue(entry, forKey: String(name.dropFirst(folder.count))) == nil
                else { throw Fault(detail: name) }
            }
            self.entries = entries
            programs = entries.filter(\.value.isProgram).map(\.key)
            try readAll(progress)
        } catch let fault as StoredZIPReader.Fault {
            throw Fault(detail: fault.detail)
        }
    }

    var names: Set<String> { Set(entries.keys) }

    func size(of name: String) -> Int64? { entries[name]?.size }

    /// Only names as `ProofNames` makes them: they mean the same on every disk, and no folder above.
    private static func name(_ entry: StoredZIPEntry) throws -> String {
        let name = String(decoding: entry.name, as: UTF8.self)
        let isPlain = entry.name.allSatisfy { byte in
            switch byte {
            case 0x2D...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
            default: false
            }
        }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard isPlain, !parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) else {
            throw Fault(detail: name)
        }
        return name
    }

    private mutating func readAll(_ progress: (Int) throws -> Void) throws {
        let (large, small) = (Hasher(.sha512), Hasher(.sha256))
        for (name, entry) in entries {
            try zip.read(entry) { piece in
                large.update(piece)
                small.update(piece)
                try progress(piece.count)
            }
            digests[name] = (
                Digest(sha512: large.finalizeAndReset()), Digest(sha256: small.finalizeAndReset())
            )
        }
    }

    /// A file's bytes; a fault when it is not there or larger than any of its kind.
    func bytes(_ name: String, limit: Int = 4 << 20) throws -> [UInt8] {
        guard let entry = entries[name], entry.size <= Int64(limit) else {
            throw Fault(detail: name)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(entry.size))
        do {
            try zip.read(entry) { bytes += $0 }
        } catch let fault as StoredZIPReader.Fault {
            throw Fault(detail: fault.detail)
        }
        return bytes
    }

    /// The digests of a file with the methods asked for.
    func digests(_ name: String, _ methods: Set<DigestMethod>) throws -> [DigestMethod: [UInt8]] {
        guard let entry = entries[name], let known = digests[name] else {
            throw Fault(detail: name)
        }
        if methods.isSubset(of: [.sha512]) { return [.sha512: known.sha512.bytes] }
        let hashers = methods.map { ($0, Hasher(method: $0)) }
        try zip.read(entry) { piece in for (_, hasher) in hashers { hasher.update(piece) } }
        return Dictionary(uniqueKeysWithValues: hashers.map { ($0.0, $0.1.finalizeAndReset()) })
    }
}
