extension StoreLayout {
    /// Whether a name in `details/` is that of a details file, or of one that a killed writer left aside.
    package static func isDetailsName(_ name: String) -> Bool {
        let isAside = name.hasPrefix(".") && name.hasSuffix(".aside")
        let file = isAside ? name.dropFirst().dropLast(".aside".count) : Substring(name)
        return file.utf8.count == 64 + ".json".utf8.count && file.hasSuffix(".json")
            && file.utf8.prefix(64).allSatisfy {
                (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
            }
    }
}
