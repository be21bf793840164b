import Foundation
import Testing

@testable import Containers

/// ZIPs of stored files: the bytes of the form, and what the reader refuses.
@Suite struct StoredZIPTests {
    private static let time = MSDOSTime.of(
        year: 2026, month: 11, day: 22, hour: 8, minute: 0, second: 0)

    /// A ZIP in memory.
    private final class Memory {
        var bytes: [UInt8] = []

        func put(_ piece: UnsafeRawBufferPointer, _ offset: Int64) {
            let start = Int(offset)
            if bytes.count < start + piece.count {
                bytes += [UInt8](repeating: 0, count: start + piece.count - bytes.count)
            }
            bytes.replaceSubrange(start..<start + piece.count, with: piece)
        }

        func reader() throws -> StoredZIPReader {
            try StoredZIPReader(size: Int64(bytes.count)) { [bytes] offset, count in
                Array(bytes[min(Int(offset), bytes.count)..<min(Int(offset) + count, bytes.count)])
            }
        }
    }

    private func zip(_ files: [(String, String)]) throws -> Memory {
        let memory = Memory()
        var writer = StoredZIPWriter(time: Self.time) { memory.put($0, $1) }
        for (name, text) in files {
            try writer.begin(name, size: Int64(text.utf8.count), isProgram: name.hasSuffix(".sh"))
            try Array(text.utf8).withUnsafeBytes { try writer.append($0) }
        }
        #expect(try writer.finish() == Int64(memory.bytes.count))
        return memory
    }

    @Test func `the check is the one of the standard`() {
        var check = CRC32()
        Array("123456789".utf8).withUnsafeBytes { check.update($0) }
        #expect(check.value == 0xCBF4_3926)
        var split = CRC32()
        for piece in ["1", "23456", "789"] {
            Array(piece.utf8).withUnsafeBytes { split.update($0) }
        }
        #expect(split.value == check.value)
    }

    @Test func `what was written is read again`() throws {
        let memory = try zip([("a/x.txt", "one"), ("a/run.sh", ""), ("a/y", "three")])
        let reader = try memory.reader()
        #expect(reader.time == Self.time)
        #expect(reader.entries.map(\.isProgram) == [false, true, false])
        var texts: [String] = []
        for entry in reader.entries {
            var text = ""
            try reader.read(entry) { text += String(decoding: $0, as: UTF8.self) }
            texts.append(text)
        }
        #expect(texts == ["one", "", "three"])
        #expect(
            try zip([("a/x.txt", "one"), ("a/run.sh", ""), ("a/y", "three")]).bytes == memory.bytes)
    }

    @Test func `every changed byte is found`() throws {
        let good = try zip([("a/x.txt", "one"), ("a/y", "three")])
        for place in good.bytes.indices {
            let bad = Memory()
            bad.bytes = good.bytes
            bad.bytes[place] ^= 0x20
            // A change of name, time or right is a ZIP of other files, which the proof's list tells apart.
            let isOther = try? bad.reader().entries.map(\.name) != good.reader().entries.map(\.name)
            let isRead = (try? Self.readAll(bad)) != nil
            #expect(!isRead || isOther == true, "byte \(place)")
        }
    }

    private static func readAll(_ memory: Memory) throws {
        let reader = try memory.reader()
        for entry in reader.entries { try reader.read(entry) { _ in } }
    }

    @Test func `files beyond four gigabytes have the records of ZIP64`() throws {
        let large = StoredZIPEntry(
            name: Array("a/big.tar".utf8), size: 6 << 30, isProgram: false, crc: 1, offset: 0,
            time: Self.time)
        let far = StoredZIPEntry(
            name: Array("a/far".utf8), size: 0, isProgram: false, crc: 0, offset: large.end,
            time: Self.time)
        let directory = large.centralHeader + far.centralHeader
        let tail =
            directory
            + StoredZIPEnd.bytes(count: 2, directory: far.end, size: Int64(directory.count))
        let size = far.end + Int64(tail.count)
        let reader = try StoredZIPReader(size: size) { offset, count in
            let start = Int(offset - far.end)
            return start < 0 ? [] : Array(tail[start..<min(start + count, tail.count)])
        }
        #expect(reader.entries == [large, far])
        #expect(large.localHeader.count == 30 + 9 + 20)
        try expectPythonReads(large, far, tail)
    }

    /// Another reader sees the same in a sparse file.
    private func expectPythonReads(
        _ large: StoredZIPEntry, _ far: StoredZIPEntry, _ tail: [UInt8]
    ) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(large.localHeader).write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        try handle.seek(toOffset: UInt64(far.offset))
        try handle.write(contentsOf: Data(far.localHeader + tail))
        try handle.close()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            "import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\n"
                + "print([(i.filename,i.file_size,i.header_offset) for i in z.infolist()],"
                + "z.read('a/far'))", file.path,
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(
            String(decoding: said, as: UTF8.self)
                == "[('a/big.tar', \(large.size), 0), ('a/far', 0, \(far.offset))] b''\n")
    }
}
