package import Records

/// A folder's name that people recognise a dossier by and that every disk can hold: its code and part of its identifier.
package enum ReadableName {
    /// The code with what some disks refuse as `_`, then the first eight digits of the UUID, or all of it.
    package static func of(
        code: String, _ object: ObjectIdentifier, whole isWhole: Bool = false
    ) -> String {
        var safe = ""
        for character in code {
            guard safe.utf8.count + character.utf8.count <= 120 else { break }
            safe.append(isSafe(character) ? character : "_")
        }
        let digits = isWhole ? object.uuidText : String(object.uuidText.prefix(8))
        return safe.isEmpty ? digits : safe + "_" + digits
    }

    private static func isSafe(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { scalar in
            scalar.value > 0x20 && !(0x7F..<0xA0).contains(scalar.value)
                && !"/\\:*?\"<>|".unicodeScalars.contains(scalar)
                && scalar.properties.generalCategory != .format
        }
    }
}
