import Cryptography
import Foundation
package import Records

/// An export that somebody changed, and made its chain, card and list of digests fit again.
package struct ForgedExport {
    private let path: String

    package init(_ path: String) { self.path = path }

    /// Changes entries and makes all that hangs on them fit again; the checkpoint, which he cannot sign, he leaves out.
    package func forge(_ change: ([JSONValue]) -> [JSONValue]) throws {
        let ledger = path + "/ledger/entries.jsonl"
        let text = try String(contentsOfFile: ledger, encoding: .utf8)
        let entries = try text.split(separator: "\n").map { try JSONValue(parsing: $0.utf8) }
        var last = String(repeating: "0", count: 64)
        var lines: [String] = []
        for (number, entry) in change(entries).enumerated() {
            var members = entry.objectValue ?? [:]
            members["prev"] = .string(last)
            members["n"] = .number(Int64(number))
            let line = JSONValue.object(members).canonicalText
            last = Hexadecimal.text(of: Cryptography.Hasher.digest(.sha256, of: Array(line.utf8)))
            lines.append(line + "\n")
        }
        try lines.joined().write(toFile: ledger, atomically: false, encoding: .utf8)
        let checkpoint = path + "/ledger/checkpoint"
        let hasCheckpoint = FileManager.default.fileExists(atPath: checkpoint)
        if hasCheckpoint { try FileManager.default.removeItem(atPath: checkpoint) }
        try editCard { card in
            if hasCheckpoint, case .object(var counts)? = card["counts"] {
                counts["files"] = counts["files"]?.numberValue.map { .number($0 - 1) }
                card["counts"] = .object(counts)
            }
            card["ledger"] = [
                "entries": .number(Int64(lines.count)), "last": .string(last),
                "bytes": .number(Int64(lines.joined().utf8.count)),
            ]
        }
        try rewriteManifest()
    }

    /// Changes the entries of an act, each by its members.
    package func forge(act: String, _ change: (inout [String: JSONValue]) -> Void) throws {
        try forge { entries in
            entries.map { entry in
                guard entry["act"]?.stringValue == act else { return entry }
                var members = entry.objectValue ?? [:]
                change(&members)
                return .object(members)
            }
        }
    }

    /// Puts a file of `policy/` in another's place and has the ledger adopt it.
    package func adopt(_ bytes: [UInt8], as name: String) throws {
        try Data(bytes).write(to: URL(filePath: path + "/policy/" + name))
        let digest = Hexadecimal.text(of: Cryptography.Hasher.digest(.sha256, of: bytes))
        try forge(act: "policy") { members in
            guard members["digests"]?.objectValue?["policy/" + name] != nil else { return }
            members["digests"] = .object(["policy/" + name: .string("sha256:" + digest)])
        }
    }

    package func editCard(_ change: (inout [String: JSONValue]) -> Void) throws {
        let card = path + "/export.json"
        let value = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: card))))
        var members = value.objectValue ?? [:]
        change(&members)
        try JSONValue.object(members).readableText.write(
            toFile: card, atomically: false, encoding: .utf8)
    }

    /// Writes the list of digests anew over what the export now holds.
    package func rewriteManifest() throws {
        var lines: [(name: [UInt8], line: String)] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
            var isFolder: ObjCBool = false
            let file = path + "/" + name
            _ = FileManager.default.fileExists(atPath: file, isDirectory: &isFolder)
            guard !isFolder.boolValue, name != "manifest-sha512.txt" else { continue }
            let bytes = Array(try Data(contentsOf: URL(filePath: file)))
            let digest = Hexadecimal.text(of: Cryptography.Hasher.digest(.sha512, of: bytes))
            lines.append((Array(name.utf8), digest + "  " + name + "\n"))
        }
        let text = lines.sorted { $0.name.lexicographicallyPrecedes($1.name) }.map(\.line).joined()
        try Data(text.utf8).write(to: URL(filePath: path + "/manifest-sha512.txt"))
    }
}
