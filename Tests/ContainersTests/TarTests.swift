import Testing

@testable import Containers

@Suite struct TarTests {
    private static let end = [UInt8](repeating: 0, count: 1024)

    private static func tar(_ entries: [(String, [UInt8])]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (name, content) in entries {
            let header = TarHeader(
                path: Array(name.utf8), size: Int64(content.count), modified: 1_700_000_000)
            bytes += header.encoded + content + [UInt8](repeating: 0, count: header.paddingCount)
        }
        return bytes + end
    }

    /// Reads a tar in pieces of a size and gives names with contents.
    private static func read(_ bytes: [UInt8], piece: Int) throws -> [(String, [UInt8])] {
        var parser = TarParser()
        var found: [(String, [UInt8])] = []
        var index = 0
        while index < bytes.count {
            let part = Array(bytes[index..<min(bytes.count, index + piece)])
            try part.withUnsafeBytes { buffer in
                try parser.consume(buffer) { (event) throws(Never) in
                    switch event {
                    case .entry(let header, _):
                        found.append((String(decoding: header.path, as: UTF8.self), []))
                    case .content(let range): found[found.count - 1].1 += Array(buffer[range])
                    case .entryEnd: break
                    }
                }
            }
            index += part.count
        }
        try parser.finish()
        return found
    }

    @Test(arguments: [1, 7, 511, 512, 513, 4096, 1 << 20])
    func `reads what it wrote, whatever the size of the pieces`(piece: Int) throws {
        let nfd = "a/Quye\u{302}\u{301}t đi\u{323}nh.pdf"
        let long =
            "a/" + String(repeating: "đ", count: 120) + "/" + String(repeating: "x", count: 90)
        let entries: [(String, [UInt8])] = [
            ("a/README.txt", Array("hello".utf8)), ("a/empty", []),
            (nfd, [UInt8](repeating: 7, count: 512)),
            (long, [1]),
            (String(repeating: "p/", count: 70) + "name", [UInt8](repeating: 9, count: 5000)),
        ]
        let found = try Self.read(Self.tar(entries), piece: piece)
        #expect(found.map { Array($0.0.utf8) } == entries.map { Array($0.0.utf8) })
        #expect(found.map(\.1) == entries.map(\.1))
    }

    @Test func `a pax record stands only where a name or size needs one`() {
        let plain = TarHeader(path: Array("a/b".utf8), size: 1, modified: 0)
        let accented = TarHeader(path: Array("a/đ".utf8), size: 1, modified: 0)
        let large = TarHeader(path: Array("a/b".utf8), size: 9_000_000_000, modified: 0)
        #expect(plain.encoded.count == 512)
        #expect(accented.encoded.count == 1536)
        #expect(large.encoded.count == 1536)
        #expect(String(decoding: large.encoded, as: UTF8.self).contains("19 size=9000000000\n"))
    }

    @Test func `every flipped byte of the structure is a failure or another name`() throws {
        let entries = [("a/đ", Array("content".utf8)), ("a/b", [])]
        let bytes = Self.tar(entries)
        let content = 1536..<1543
        for index in bytes.indices where !content.contains(index) {
            var damaged = bytes
            damaged[index] ^= 0x01
            // A pax record's own text has no checksum: there the name changes, and the METS tells.
            let names = (try? Self.read(damaged, piece: 4096))?.map(\.0)
            #expect(names != entries.map(\.0), "byte \(index)")
        }
    }

    @Test func `refuses a cut and a lengthened tar`() {
        let bytes = Self.tar([("a/b", Array("content".utf8))])
        for count in [0, 100, 512, 600, 1024, bytes.count - 512, bytes.count - 1] {
            #expect(throws: TarFailure.self) {
                _ = try Self.read(Array(bytes.prefix(count)), piece: 4096)
            }
        }
        #expect(throws: TarFailure.self) { _ = try Self.read(bytes + [0], piece: 4096) }
    }

    @Test(arguments: ["/etc/passwd", "a/../b", "..", "a//b", "a/.", "a/b/"])
    func `refuses a name that leaves its folder`(name: String) {
        #expect(throws: TarFailure.self) { _ = try Self.read(Self.tar([(name, [1])]), piece: 4096) }
    }

    /// Puts the sum of the first block where it belongs, as a forger would.
    private static func mendSum(_ bytes: inout [UInt8]) {
        let field = 148..<156
        let sum = (0..<512).reduce(0) { $0 + (field.contains($1) ? 0x20 : Int(bytes[$1])) }
        let digits = String(sum, radix: 8)
        let written = String(repeating: "0", count: 6 - digits.count) + digits + "\0 "
        bytes.replaceSubrange(field, with: written.utf8)
    }

    @Test(arguments: [1, 0x10, 0x20, 0x80] as [UInt8])
    func `a true sum does not excuse a byte of another form`(change: UInt8) throws {
        let name = String(repeating: "p/", count: 70) + "name"
        let bytes = Self.tar([(name, [])])
        var same = bytes
        Self.mendSum(&same)
        #expect(same == bytes)
        // Any time of change may stand there.
        let time = 136..<147
        for index in 0..<512 where !(148..<156).contains(index) {
            var damaged = bytes
            damaged[index] ^= change
            Self.mendSum(&damaged)
            let names = (try? Self.read(damaged, piece: 4096))?.map(\.0)
            let isTime = time.contains(index) && (0x30...0x37).contains(damaged[index])
            #expect((names == [name]) == isTime, "byte \(index)")
        }
    }

    @Test func `a path is safe when none of its parts is nothing or leads elsewhere`() {
        let units = Array("./a\0".utf8)
        var paths: [[UInt8]] = [[]]
        for _ in 0..<6 {
            paths += paths.filter { $0.count == paths[paths.count - 1].count }.flatMap { path in
                units.map { path + [$0] }
            }
        }
        #expect(paths.count == 5461)
        for path in paths {
            let parts = path.split(separator: 0x2F, omittingEmptySubsequences: false)
            let isSafe =
                !path.contains(0)
                && !parts.contains {
                    ["", ".", ".."].contains(String(decoding: $0, as: UTF8.self))
                }
            #expect(TarParser.isSafe(path) == isSafe, "\(path)")
        }
    }

    @Test func `content may be jumped over`() throws {
        let bytes = Self.tar([("a/b", [UInt8](repeating: 1, count: 3000)), ("a/c", [2])])
        var parser = TarParser()
        var names: [String] = []
        try bytes[0..<512].withUnsafeBytes { buffer in
            try parser.consume(buffer) { (event) throws(Never) in
                if case .entry(let header, _) = event {
                    names.append(String(decoding: header.path, as: UTF8.self))
                }
            }
        }
        #expect(parser.skippableCount == 3000)
        parser.skip(3000)
        try bytes[3512...].withUnsafeBytes { buffer in
            try parser.consume(buffer) { (event) throws(Never) in
                if case .entry(let header, _) = event {
                    names.append(String(decoding: header.path, as: UTF8.self))
                }
            }
        }
        try parser.finish()
        #expect(names == ["a/b", "a/c"])
    }
}
