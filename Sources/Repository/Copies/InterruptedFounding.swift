import Storage

/// Whether a place without a card is empty, or holds no more than a founding that a crash interrupted may have left.
struct InterruptedFounding {
    private let store: any CopyStore

    /// Folders that a founding makes and leaves empty.
    private static let emptyFolders = ["incoming", "ledger", "details", "policy"]
    /// Mounts bring `lost+found`.
    private static let names = Set(emptyFolders + [readMe, "ocfl", "lost+found"])
    private static let readMe = StoreReadMe.name

    init(_ store: any CopyStore) { self.store = store }

    func isAllThereIs() throws -> Bool {
        var names: Set<String> = []
        try store.forEachName { names.insert($0) }
        guard names.allSatisfy({ Self.names.contains($0) || Self.isAside($0) }),
            try !names.contains(Self.readMe) || isOurs(Self.readMe, StoreReadMe.text)
        else { return false }
        for folder in Self.emptyFolders {
            guard try isNothingStrange(below: folder, known: []) else { return false }
        }
        return try isRootOurs()
    }

    /// The storage root may have its own three files, and no others of these names.
    private func isRootOurs() throws -> Bool {
        let files = StorageRoot.files.map { (path: "ocfl/" + $0.path, text: $0.text) }
        guard try isNothingStrange(below: "ocfl", known: Set(files.map(\.path))) else {
            return false
        }
        return try files.allSatisfy { file in
            try store.size(of: file.path) == nil || isOurs(file.path, file.text)
        }
    }

    private func isNothingStrange(below folder: String, known: Set<String>) throws -> Bool {
        var isClean = true
        try store.forEachStrange(below: folder, known: known) { path in
            let name = path.split(separator: "/").last.map { String($0) } ?? path
            if !Self.isAside(name) { isClean = false }
        }
        return isClean
    }

    /// Whether a file is byte for byte what a founding writes; founding would write over any other.
    private func isOurs(_ path: String, _ text: String) throws -> Bool {
        let bytes = Array(text.utf8)
        guard try store.size(of: path) == Int64(bytes.count) else { return false }
        return try store.bytes(of: path, limit: bytes.count) == bytes
    }

    /// A name aside was never the file.
    private static func isAside(_ name: String) -> Bool {
        name.hasPrefix(".") && name.hasSuffix(".aside")
    }
}
