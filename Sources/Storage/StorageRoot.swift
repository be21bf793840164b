import Files
import Records

/// The files that make a folder an OCFL 1.1 storage root, byte for byte.
package enum StorageRoot {
    package static let declarationName = "0=ocfl_1.1"
    package static let declaration = "ocfl_1.1\n"
    package static let layoutName = "ocfl_layout.json"
    package static let extensionName = "0003-hash-and-id-n-tuple-storage-layout"
    package static let objectDeclarationName = "0=ocfl_object_1.1"
    package static let objectDeclaration = "ocfl_object_1.1\n"

    /// `ocfl_layout.json`.
    package static var layout: String {
        let value: JSONValue = [
            "description":
                "Folders named by the SHA-256 of the identifier in three tuples, then by the identifier itself",
            "extension": .string(extensionName),
        ]
        return value.readableText
    }

    /// `extensions/0003…/config.json`: the extension's defaults, written out.
    package static var extensionConfiguration: String {
        let value: JSONValue = [
            "digestAlgorithm": "sha256", "extensionName": .string(extensionName),
            "numberOfTuples": 3,
            "tupleSize": 3,
        ]
        return value.readableText
    }

    /// Every file of a root that holds no objects yet, by its path below the root.
    package static var files: [(path: String, text: String)] {
        [
            (declarationName, declaration), (layoutName, layout),
            ("extensions/\(extensionName)/config.json", extensionConfiguration),
        ]
    }
}
