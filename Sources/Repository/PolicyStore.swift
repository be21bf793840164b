import Cataloging
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
    /// The catalog's index of what was adopted; nil for a store that is read alone.
    private let catalog: Catalog?

    init(
        layout: StoreLayout, volume: any Volume, archive: ObjectIdentifier,
        catalog: Catalog? = nil
    ) {
        self.archive = archive
        self.layout = layout
        self.volume = volume
        self.catalog = catalog
    }

    /// What of the policy a file is.
    enum Kind: String, CaseIterable {
        case configuration
        case fonds
        case inventory
        case accession
        case seal
        /// The key of the ledger's checkpoints, as those who check know it.
        case ledger
        case revocation
        case stampRoots = "tsa-roots"

        var ending: String {
            switch self {
            case .configuration: "yaml"
            case .fonds, .inventory, .accession, .revocation: "json"
            case .seal: "crt"
            case .ledger: "vkey"
            case .stampRoots: "pem"
            }
        }

        /// The register whose entries such files are.
        var register: Register? { Register(rawValue: rawValue) }

        init(_ register: Register) {
            switch register {
            case .fonds: self = .fonds
            case .inventory: self = .inventory
            case .accession: self = .accession
            }
        }
    }

    private var ledger: Ledger { Ledger(folder: layout.ledger, volume: volume) }

    /// The newest file of a kind that an entry adopted, with its bytes as they are now; nil when there is none.
    func current(_ kind: Kind) throws -> (file: PolicyFile, bytes: [UInt8])? {
        guard let last = try catalog?.lastPolicyFile(kind: kind.rawValue),
            let bytes = try bytes(of: last.file)
        else { return nil }
        return (PolicyFile(kind, last.number), bytes)
    }

    /// What the newest file of a kind was when an entry adopted it, whether it still is there or not.
    func currentDigest(_ kind: Kind) throws -> Digest? {
        try catalog?.policyFiles(kind: kind.rawValue).last?.digest
    }

    /// The files of a kind that a ledger entry adopted and that still are what it adopted.
    func adopted(_ kind: Kind) throws -> [[UInt8]] { try adoptedFiles(kind).map(\.bytes) }

    /// The same with their names, the first adopted first.
    func adoptedFiles(_ kind: Kind) throws -> [(name: String, bytes: [UInt8])] {
        // A store that is read alone has no index, and an old catalog's may be empty: then the ledger is read whole.
        guard let catalog, try !catalog.lacksPolicy else { return try filesByLedger(kind) }
        let ledger = ledger
        return try catalog.policyFiles(kind: kind.rawValue).compactMap { found in
            // The catalog only says where to look: what is trusted is what the ledger's own line says.
            guard let bytes = try bytes(of: found.file), Self.digest(of: bytes) == found.digest,
                try ledger.adopts("policy/" + found.file, found.digest, at: found.offset)
            else { return nil }
            return (found.file, bytes)
        }
    }

    /// What the files of a kind were when ledger entries adopted them, the first adopted first, whether they still are or not.
    func adoptedDigests(_ kind: Kind) throws -> [Digest] {
        let ledger = ledger
        guard let catalog, try !catalog.lacksPolicy else {
            let adopted = try ledger.adoptedPolicy(of: archive)
            let files = adopted.keys.compactMap { PolicyFile($0) }.filter { $0.kind == kind }
            return files.sorted { $0.number < $1.number }.compactMap {
                adopted["policy/" + $0.name]
            }
        }
        return try catalog.policyFiles(kind: kind.rawValue).filter {
            try ledger.adopts("policy/" + $0.file, $0.digest, at: $0.offset)
        }.map(\.digest)
    }

    /// How many files of a kind entries adopted, whether they still are what was adopted or not.
    func adoptedCount(_ kind: Kind) throws -> Int {
        guard let catalog, try !catalog.lacksPolicy else {
            return try ledger.adoptedPolicy(of: archive).keys.count {
                PolicyFile($0)?.kind == kind
            }
        }
        return Set(try catalog.policyFiles(kind: kind.rawValue).map(\.file)).count
    }

    /// Names of files that an entry adopted and that are gone or no longer what it adopted.
    func lost(_ kind: Kind) throws -> [String] {
        let held = Set(try adoptedFiles(kind).map(\.name))
        let adopted =
            if let catalog, try !catalog.lacksPolicy {
                try catalog.policyFiles(kind: kind.rawValue).map(\.file)
            } else {
                try ledger.adoptedPolicy(of: archive).keys.compactMap { PolicyFile($0) }
                    .filter { $0.kind == kind }.map(\.name)
            }
        return Set(adopted).subtracting(held).sorted()
    }

    private func filesByLedger(_ kind: Kind) throws -> [(name: String, bytes: [UInt8])] {
        let adopted = try ledger.adoptedPolicy(of: archive)
        let files = adopted.keys.compactMap { PolicyFile($0) }.filter { $0.kind == kind }
        return try files.sorted { $0.number < $1.number }.compactMap { file in
            guard let bytes = try bytes(of: file.name) else { return nil }
            return adopted["policy/" + file.name] == Self.digest(of: bytes)
                ? (file.name, bytes) : nil
        }
    }

    /// The bytes of a file; nil when it is not there or too large to be one of ours.
    func bytes(of name: String) throws(FileFailure) -> [UInt8]? {
        let path = layout.policy.appending(name)
        guard try volume.status(path)?.kind == .file else { return nil }
        return try volume.readIfSmall(path, limit: Configuration.limit)
    }

    /// Names of files in `policy/` that no entry adopted.
    func unadopted() throws -> [String] {
        guard try volume.status(layout.policy) != nil else { return [] }
        let adopted = try ledger.adoptedPolicy(of: archive)
        return try volume.list(layout.policy).map(\.name.string).filter {
            adopted["policy/" + $0] == nil
        }
    }

    /// The files after the last adopted one: what a run left that ended before its entry.
    func unfinished(_ kind: Kind) throws -> [PolicyFile] {
        var number = try nextNumber(kind)
        var files: [PolicyFile] = []
        while try volume.status(layout.policy.appending(PolicyFile(kind, number).name)) != nil {
            files.append(PolicyFile(kind, number))
            number += 1
        }
        return files
    }

    /// The number of the next file of a kind.
    func nextNumber(_ kind: Kind) throws -> Int {
        guard let catalog else { return try (files(of: kind).last?.number ?? 0) + 1 }
        return try (catalog.lastPolicyFile(kind: kind.rawValue)?.number ?? 0) + 1
    }

    /// The files of a kind that stand in the folder, adopted or not, in the order of their numbers.
    func files(of kind: Kind) throws -> [PolicyFile] {
        guard try volume.status(layout.policy) != nil else { return [] }
        return try volume.list(layout.policy)
            .compactMap { PolicyFile("policy/" + $0.name.string) }
            .filter { $0.kind == kind }.sorted { $0.number < $1.number }
    }

    /// The bytes of the newest file of a kind that stands in the folder, for a store that has no catalog yet.
    func newest(_ kind: Kind) throws -> [UInt8] {
        try files(of: kind).last.flatMap { try bytes(of: $0.name) } ?? []
    }

    /// Keeps a new version durably; gives its name and digest for the entry that adopts it.
    func keep(_ bytes: [UInt8], as kind: Kind) throws -> (name: String, digest: Digest) {
        let number = try unfinished(kind).last.map { $0.number + 1 } ?? nextNumber(kind)
        let file = PolicyFile(kind, number)
        // A folder that is gone is a finding of the next audit, which could not be signed without it.
        try volume.makeDurableFolders(layout.policy)
        // Invariant W5: a new name each time, so that no adopted state is ever overwritten.
        try volume.writeDurably(bytes, to: layout.policy.appending(file.name))
        return (file.name, Self.digest(of: bytes))
    }

    static func digest(of bytes: [UInt8]) -> Digest {
        return Digest(sha256: Cryptography.Hasher.digest(.sha256, of: bytes))
    }
}

/// The name of a file in `policy/`: its kind and its number.
struct PolicyFile: Hashable {
    let kind: PolicyStore.Kind
    let number: Int

    init(_ kind: PolicyStore.Kind, _ number: Int) {
        self.kind = kind
        self.number = number
    }

    /// Reads a name as ledger entries give it, `policy/fonds-0001.json`; nil for any other.
    init?(_ entryName: String) {
        guard entryName.hasPrefix("policy/") else { return nil }
        let name = String(entryName.dropFirst(7))
        guard
            let kind = PolicyStore.Kind.allCases.first(where: { name.hasPrefix($0.rawValue + "-") })
        else { return nil }
        let digits = name.dropFirst(kind.rawValue.utf8.count + 1).prefix {
            $0.isASCII && $0.isNumber
        }
        guard digits.utf8.count <= 9, let number = Int(digits), number > 0 else { return nil }
        self.init(kind, number)
        // Only the one spelling that we write: another would be another file.
        guard self.name == name else { return nil }
    }

    var name: String { "\(kind.rawValue)-\(CivilTime.padded(number, 4)).\(kind.ending)" }
}
