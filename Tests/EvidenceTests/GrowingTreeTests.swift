import Cryptography
import Files
import Foundation
import Records
import SystemPackage
import Testing

@testable import Evidence

/// The tree of a ledger on the disk: tiles, bundles, what goes and what stays.
@Suite struct GrowingTreeTests {
    private let folder: LedgerFolder

    init() throws { folder = try LedgerFolder() }

    private var tiles: TileStore { TileStore(folder: folder.path, volume: folder.volume) }

    private static func entry(_ index: Int64) -> [UInt8] { Array("mục \(index)".utf8) }

    /// The tree over so many entries, held in memory.
    private static func edge(_ size: Int64) -> TreeEdge {
        var edge = TreeEdge()
        for index in 0..<size { edge.append(TreeHasher().leaf(entry(index))) { _ in } }
        return edge
    }

    private static func checkpoint(_ size: Int64) -> Checkpoint {
        Checkpoint(origin: "kho", size: size, root: edge(size).root)
    }

    /// Grows the tree on the disk from one size to the next, as runs one after the other do.
    private func grow(_ sizes: [Int64]) throws {
        var before: Int64 = 0
        for size in sizes {
            var tree =
                before == 0
                ? GrowingTree(tiles) : try GrowingTree(tiles, at: Self.checkpoint(before))
            while tree.size < size { try tree.append(Self.entry(tree.size)) }
            try tree.close()
            #expect(tree.root == Self.edge(size).root)
            try tiles.removeNarrower(than: size)
            before = size
        }
    }

    private func files() throws -> [String] {
        let tile = folder.path.appending("tile").string
        return try FileManager.default.subpathsOfDirectory(atPath: tile).filter {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: tile + "/" + $0, isDirectory: &isFolder)
            return !isFolder.boolValue
        }.sorted()
    }

    @Test(
        arguments: [
            [1], [1, 2, 255], [255, 256], [256], [200, 300, 600], [512, 513], [65_535, 65_537],
        ] as [[Int64]])
    func `runs one after the other leave the tiles of their last size and no others`(
        sizes: [Int64]
    ) throws {
        try grow(sizes)
        let grown = try files()
        let size = try #require(sizes.last)
        try FileManager.default.removeItem(atPath: folder.path.appending("tile").string)
        try grow([size])
        #expect(try files() == grown)
        let full = Int(size / 256)
        #expect(grown.count { $0.hasPrefix("entries/") } == full + (size % 256 == 0 ? 0 : 1))
        let reader = TreeReader(size: size) { [tiles] in try tiles.hashes(at: $0) }
        for index in Set([0, size / 2, size - 1]) {
            let leaf = TreeHasher().leaf(Self.entry(index))
            let proof = try reader.inclusion(of: index)
            #expect(
                TreeProof.isIncluded(leaf, at: index, in: size, proof, root: Self.edge(size).root))
        }
    }

    @Test func `the names are those of C2SP tlog-tiles`() throws {
        try grow([70_000])
        let names = Set(try files())
        for name in [
            "0/000", "0/255", "0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1",
            "entries/000", "entries/273.p/112",
        ] {
            #expect(names.contains(name), "\(name)")
        }
        #expect(
            TilePlace(level: 0, index: 1_234_067, width: 256).path == [
                "tile", "0", "x001", "x234", "067",
            ])
    }

    @Test(arguments: ["0/001.p/44", "1/000.p/1", "0/000", "entries/001.p/44"])
    func `a changed, cut or lost tile is no tree to go on with`(name: String) throws {
        try grow([300])
        let file = folder.path.appending("tile").string + "/" + name
        let whole = try Data(contentsOf: URL(filePath: file))
        var changed = whole
        changed[changed.count - 1] ^= 1
        let isNeeded = name != "0/000"
        for bytes in [changed, whole.dropLast(), Data()] {
            try bytes.write(to: URL(filePath: file))
            if isNeeded {
                #expect(throws: LedgerFailure.self) {
                    try GrowingTree(tiles, at: Self.checkpoint(300))
                }
            } else {
                // A tile that is full is not needed to go on; a proof through it is not given.
                let reader = TreeReader(size: 300) { [tiles] in try tiles.hashes(at: $0) }
                let proof = try? reader.inclusion(of: 1)
                let leaf = TreeHasher().leaf(Self.entry(1))
                #expect(
                    !TreeProof.isIncluded(
                        leaf, at: 1, in: 300, proof ?? [], root: Self.edge(300).root))
            }
        }
        try whole.write(to: URL(filePath: file))
        #expect(try GrowingTree(tiles, at: Self.checkpoint(300)).size == 300)
    }

    @Test func `another root is no tree to go on with`() throws {
        try grow([300])
        let other = Checkpoint(origin: "kho", size: 300, root: Self.edge(299).root)
        #expect(throws: LedgerFailure.self) { try GrowingTree(tiles, at: other) }
    }

    @Test func `a check names the first damaged tile and every wrong checkpoint`() throws {
        try grow([600])
        let good = Self.checkpoint(100)
        let wrong = Checkpoint(origin: "kho", size: 300, root: Self.edge(299).root)
        let far = Self.checkpoint(601)
        func check() throws -> LedgerTreeCheck {
            var check = LedgerTreeCheck(
                marks: [("gốc", good), ("sai", wrong), ("xa", far)].map {
                    .init(name: $0.0, checkpoint: $0.1)
                }, tiles: tiles, tileSize: 600)
            for index in 0..<Int64(600) { try check.take(Self.entry(index)) }
            return check
        }
        let sound = try check()
        #expect(sound.firstDamaged == nil)
        #expect(sound.wrong.map(\.name) == ["sai"] && sound.beyond.map(\.name) == ["xa"])
        let tile = folder.path.appending("tile").string
        for (name, first) in [("0/001", Int64(256)), ("entries/002.p/88", 512), ("1/000.p/2", 0)] {
            let file = URL(filePath: tile + "/" + name)
            let whole = try Data(contentsOf: file)
            var changed = whole
            changed[0] ^= 1
            try changed.write(to: file)
            #expect(try check().firstDamaged == first, "\(name)")
            try FileManager.default.removeItem(at: file)
            #expect(try check().firstDamaged == first, "\(name)")
            try whole.write(to: file)
        }
    }

    @Test func `a proof for strangers is read as it was written, and nothing else is`() throws {
        let key = try NoteKey.generate()
        let verifier = try #require(
            NoteVerifier(name: "kho", publicBytes: key.publicBytes()))
        try grow([300])
        var note = SignedNote(Self.checkpoint(300).text)
        try note.sign(with: key, as: verifier)
        let reader = TreeReader(size: 300) { [tiles] in try tiles.hashes(at: $0) }
        let proof = EntryProof(index: 7, path: try reader.inclusion(of: 7), checkpoint: note)
        let read = try #require(EntryProof(reading: proof.bytes))
        #expect(read == proof)
        #expect(read.proves(Self.entry(7), signedBy: verifier))
        #expect(!read.proves(Self.entry(8), signedBy: verifier))
        let stranger = try NoteKey.generate()
        let other = try #require(NoteVerifier(name: "kho", publicBytes: stranger.publicBytes()))
        #expect(!read.proves(Self.entry(7), signedBy: other))
        let text = String(decoding: proof.bytes, as: UTF8.self)
        let extra = text.replacing("index 7", with: "extra YQ==\nindex 7")
        #expect(EntryProof(reading: Array(extra.utf8)) == proof)
        for (from, to) in [
            ("index 7", "index 07"), ("index 7", "index -7"), ("index 7", "index 7 "),
            ("index 7", "index 99999999999999999999"), ("tlog-proof@v1", "tlog-proof@v2"),
            ("\n\n", "\n"), ("=\n", "\n"),
        ] {
            let hostile = text.replacing(from, with: to, maxReplacements: 1)
            #expect(EntryProof(reading: Array(hostile.utf8)) == nil, "\(to)")
        }
        for count in stride(from: 0, to: proof.bytes.count - 1, by: 13) {
            let cut = EntryProof(reading: Array(proof.bytes.prefix(count)))
            #expect(cut?.proves(Self.entry(7), signedBy: verifier) != true)
        }
    }
}
