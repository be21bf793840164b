import Records

/// Names that Windows cannot hold.
enum WindowsName {
    private static let reserved: Set<String> = [
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
        "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    ]
    private static let forbidden = Set("<>:\"|?*\\".utf8)

    /// Whether Windows keeps a name of these bytes as it is.
    static func canHold(_ name: ArraySlice<UInt8>) -> Bool {
        guard let last = name.last, last != 0x2E, last != 0x20 else { return false }
        if name.contains(where: { $0 < 0x80 && forbidden.contains($0) }) { return false }
        let stem = name.prefix { $0 != 0x2E }
        return !(3...4).contains(stem.count)
            || !reserved.contains(String(decoding: stem, as: UTF8.self).lowercased())
    }
}

/// Files that programs leave in folders and that are no part of a dossier.
enum WorkingFile {
    /// Whether a path's last part is the name of one.
    static func isOne(_ path: RelativePath) -> Bool {
        let name = path.name
        return name.hasPrefix("~$") || name.hasPrefix(".~lock.")
            || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(name)
    }
}
