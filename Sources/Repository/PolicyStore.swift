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

    /// Names of the files of a kind in the order of their numbers.
    func names(of kind: Kind) throws -> [String] {
        guard try volume.status(layout.policy) != nil else { return [] }
        return try volume.list(layout.policy).map(\.name.string).filter {
            $0.hasPrefix(kind.rawValue + "-") && $0.hasSuffix("." + kind.ending)
        }
    }

    /// The newest file of a kind; nil when there is none.
    func current(_ kind: Kind) throws -> [UInt8]? {
        guard let name = try names(of: kind).last else { return nil }
        return try volume.readAll(layout.policy.appending(name), limit: Configuration.limit)
    }

    /// The files of a kind that a ledger entry adopted and that still are what it adopted.
    func adopted(_ kind: Kind) throws -> [[UInt8]] {
        let adopted = try Ledger(folder: layout.ledger, volume: volume).adoptedPolicy()
        return try names(of: kind).compactMap { name in
            let bytes = try volume.readAll(
                layout.policy.appending(name), limit: Configuration.limit)
            return adopted["policy/" + name] == Self.digest(of: bytes) ? bytes : nil
        }
    }

    /// Names of files in `policy/` that no entry adopted.
    func unadopted() throws -> [String] {
        guard try volume.status(layout.policy) != nil else { return [] }
        let adopted = try Ledger(folder: layout.ledger, volume: volume).adoptedPolicy()
        return try volume.list(layout.policy).map(\.name.string).filter {
            adopted["policy/" + $0] == nil
        }
    }

    /// Keeps a new version durably; gives its name and digest for the entry that adopts it.
    func keep(_ bytes: [UInt8], as kind: Kind) throws -> (name: String, digest: Digest) {
        let number = try (names(of: kind).last.flatMap { Self.number(of: $0) } ?? 0) + 1
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
