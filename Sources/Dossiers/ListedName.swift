/// A file's name as a list writes it, made a path below the dossier's folder.
enum ListedName {
    /// The path in its simplest form; nil when it leads out of the folder.
    static func path(_ name: String) -> String? {
        guard name.utf8.contains(where: { $0 == 0x2E || $0 == 0x2F }) else { return name }
        if name.utf8.first == 0x2F { return nil }
        guard needsWork(name) else { return name }
        let parts = name.split(separator: "/").filter { $0 != "." }
        return parts.contains("..") ? nil : parts.joined(separator: "/")
    }

    /// The same name as Windows writes it, with its separators turned; nil when it has none.
    static func turned(_ name: String) -> String? {
        guard name.utf8.contains(0x5C) else { return nil }
        return String(decoding: name.utf8.map { $0 == 0x5C ? 0x2F : $0 }, as: UTF8.self)
    }

    /// Whether a part is empty or begins with a dot.
    private static func needsWork(_ name: String) -> Bool {
        var last: UInt8 = 0x2F
        for byte in name.utf8 {
            if last == 0x2F, byte == 0x2F || byte == 0x2E { return true }
            last = byte
        }
        return last == 0x2F
    }
}
