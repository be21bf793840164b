import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

/// The files of `policy/`: every version is kept, each adopted by a ledger entry that names its digest.
struct PolicyStore {
    let layout: StoreLayout
    let volume: any Volume
    /// The archive whose entries adopt.
    let archive: ObjectIdentifier

    /// What of the policy a file is.
    enum Kind: String, CaseIterable {
        case configuration
        case fonds
        case seal

        var ending: String {
            switch self {
            case .configuration: "yaml"
            case .fonds: "json"
            case .seal: "crt"
            }
        }
    }

    /// Names of the files of a kind that stand in the folder, in the order of their numbers.
    private func names(of kind: Kind) throws -> [String] {
        guard try volume.status(layout.policy) != nil else { return [] }
        return try volume.list(layout.policy).map(\.name.string).filter { isName($0, of: kind) }
    }

    private func isName(_ name: String, of kind: Kind) -> Bool {
        name.hasPrefix(kind.rawValue + "-") && name.hasSuffix("." + kind.ending)
    }

    /// Names and digests of the files of a kind that entries adopted, in the order of their numbers.
    func adoptions(of kind: Kind) throws -> [(name: String, digest: Digest)] {
        try adoptedPolicy().map { (String($0.dropFirst("policy/".count)), $1) }
            .filter { isName($0.0, of: kind) }.sorted { $0.0 < $1.0 }
            .map { (name: $0.0, digest: $0.1) }
    }

    private func adoptedPolicy() throws -> [String: Digest] {
        try Ledger(folder: layout.ledger, volume: volume).adoptedPolicy(of: archive)
    }

    /// The files of a kind that a ledger entry adopted and that still are what it adopted.
    func adopted(_ kind: Kind) throws -> [[UInt8]] {
        try adoptions(of: kind).compactMap { name, digest in
            guard let bytes = try content(name), Self.digest(of: bytes) == digest else {
                return nil
            }
            return bytes
        }
    }

    /// The bytes of a policy file; nil where no file of such a file's size stands.
    func content(_ name: String) throws(FileFailure) -> [UInt8]? {
        let path = layout.policy.appending(name)
        guard let status = try volume.status(path), status.kind == .file,
            status.size <= Int64(Configuration.limit)
        else { return nil }
        return try volume.readAll(path, limit: Configuration.limit)
    }

    /// Names of files in `policy/` that no entry adopted.
    func unadopted() throws -> [String] {
        guard try volume.status(layout.policy) != nil else { return [] }
        let adopted = try adoptedPolicy()
        return try volume.list(layout.policy).map(\.name.string).filter {
            adopted["policy/" + $0] == nil
        }
    }

    /// A file of a kind with these bytes that a crash left before its entry was made.
    func waiting(_ bytes: [UInt8], as kind: Kind) throws -> String? {
        try unadopted().filter { isName($0, of: kind) }.first { try content($0) == bytes }
    }

    /// Keeps a new version durably; gives its name and digest for the entry that adopts it.
    ///
    /// A number once adopted is never given again, even when its file is gone.
    func keep(_ bytes: [UInt8], as kind: Kind) throws -> (name: String, digest: Digest) {
        let taken = try names(of: kind) + adoptions(of: kind).map(\.name)
        let number = (taken.compactMap { Self.number(of: $0) }.max() ?? 0) + 1
        let name = "\(kind.rawValue)-\(CivilTime.padded(number, 4)).\(kind.ending)"
        let path = layout.policy.appending(name)
        try volume.writeDurably(bytes, to: path)
        return (name, Self.digest(of: bytes))
    }

    static func digest(of bytes: [UInt8]) -> Digest {
        guard let digest = Digest(.sha256, bytes: Cryptography.Hasher.digest(.sha256, of: bytes))
        else {
            preconditionFailure("SHA-256 gives 32 bytes")
        }
        return digest
    }

    private static func number(of name: String) -> Int? {
        name.split(separator: "-").last?.split(separator: ".").first.flatMap { Int($0) }
    }
}
