import Foundation
import Testing

@Suite struct LayerTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift source below `Sources`, with its target.
    private static func sources() throws -> [(target: String, file: String, lines: [Substring])] {
        let folder = root.appending(path: "Sources")
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return try names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            let target = String(name.prefix { $0 != "/" })
            return (target, name, text.split(separator: "\n", omittingEmptySubsequences: false))
        }
    }

    private static func importedModule(_ line: Substring) -> String? {
        let words = line.split(separator: " ").filter { !$0.hasPrefix("@") }
        guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else {
            return nil
        }
        guard index == 0 || ["package", "internal", "private", "fileprivate"].contains(words[0])
        else {
            return nil
        }
        return String(words[index + 1].prefix { $0 != "." })
    }

    /// Functions that a protocol documents.
    private static let volumeCalls = [
        "open", "create", "openForAppending", "status", "list", "makeFolder", "rename", "link",
        "replace",
        "remove",
        "removeFolder", "synchronizeFolder", "lock", "freeSpace", "read", "write", "synchronize",
        "truncate",
        "close", "note", "next", "tokenize", "forget",
        // Those of copy stores, and of audits of a store.
        "card", "coveredCard", "found", "replaceCard", "forEachName", "clearLeftovers", "size",
        "reader", "marked",
        "forEachOverlay", "uncover", "forEachFile", "forEachStrange", "put", "take",
        "inventoryDigest", "ledgerSize", "ledgerBytes", "appendToLedger", "replaceLedger",
        "restore", "setAside", "clearEmptyFolders", "rootFindings", "place", "forEachStray",
        "inspect",
    ]

    @Test func `every import stands in the table of the design`() throws {
        let sources = try Self.sources()
        #expect(sources.count > 50)
        for (target, file, lines) in sources {
            let allowed = try #require(ImportTable.allowed[target], "\(target) is not in the table")
            for module in lines.compactMap(Self.importedModule) {
                #expect(
                    allowed.contains(module) || ImportTable.free.contains(module),
                    "\(file) may not import \(module)")
            }
        }
    }

    @Test func `no file is longer than six hundred lines`() throws {
        for (_, file, lines) in try Self.sources() { #expect(lines.count <= 600, "\(file)") }
    }

    @Test func `nothing in the sources crashes on error or is left unfinished`() throws {
        let forbidden = [
            "try!", "as!", "fatalError(", "TODO", "FIXME", "@unchecked Sendable", "    public ",
        ]
        for (_, file, lines) in try Self.sources() {
            for line in lines where !line.contains("\"") {
                for word in forbidden { #expect(!line.contains(word), "\(file): \(line)") }
            }
        }
    }

    @Test func `every type and package function is documented`() throws {
        let declaration =
            #/^\s*package (static |final |mutating |consuming )*(struct|enum|class|protocol|func)\s/#
        for (_, file, lines) in try Self.sources() {
            for (index, line) in lines.enumerated() where line.contains(declaration) {
                let above = lines[..<index].reversed().first {
                    !$0.trimmingCharacters(in: .whitespaces).hasPrefix("@")
                }
                let comment = above?.trimmingCharacters(in: .whitespaces) ?? ""
                let isWitness =
                    line.contains("override") || line.contains("static func <")
                    || Self.volumeCalls.contains { line.contains("func " + $0 + "(") }
                #expect(comment.hasPrefix("///") || isWitness, "\(file): \(line)")
            }
        }
    }
}
