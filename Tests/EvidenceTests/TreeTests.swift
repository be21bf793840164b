import Cryptography
import Evidence
import Records
import Testing

/// The Merkle tree over the ledger: hashes, tiles, proofs.
@Suite struct TreeTests {
    private static var hasher: TreeHasher { TreeHasher() }

    /// Entries that are easy to tell apart.
    private static func entry(_ index: Int64) -> [UInt8] { Array("entry \(index)".utf8) }

    /// The root as RFC 9162 §2.1.1 defines it, by recursion over the leaves.
    private static func root(_ leaves: ArraySlice<TreeHash>) -> TreeHash {
        if leaves.isEmpty { return TreeHasher.empty }
        if leaves.count == 1 { return leaves[leaves.startIndex] }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let middle = leaves.startIndex + split
        return hasher.node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    /// A tree grown entry by entry, with every tile it ever had.
    private final class Grown {
        var edge = TreeEdge()
        var leaves: [TreeHash] = []
        var tiles: [TilePlace: [TreeHash]] = [:]

        func grow(to size: Int64) throws {
            while edge.size < size {
                let leaf = TreeTests.hasher.leaf(TreeTests.entry(edge.size))
                leaves.append(leaf)
                edge.append(leaf) { tiles[$0.place] = $0.hashes }
            }
            for tile in edge.partial { tiles[tile.place] = tile.hashes }
        }

        func reader(_ size: Int64) -> TreeReader {
            TreeReader(size: size) { [tiles] place in
                guard let hashes = tiles[place] else {
                    throw LedgerFailure(.treeDamaged, sequence: place.index)
                }
                return hashes
            }
        }
    }

    @Test func `roots are those of the vectors everybody knows`() throws {
        let leaves = [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ]
        var edge = TreeEdge()
        #expect(
            Hexadecimal.text(of: edge.root.bytes)
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        for (leaf, root) in zip(leaves, roots) {
            let bytes = try #require(leaf.isEmpty ? [] : Hexadecimal.bytes(of: leaf))
            edge.append(Self.hasher.leaf(bytes)) { _ in }
            #expect(Hexadecimal.text(of: edge.root.bytes) == root)
        }
    }

    @Test func `every size has the root of the definition, from the edge and from tiles`() throws {
        let grown = Grown()
        for size: Int64 in Array(1...70) + [
            255, 256, 257, 511, 512, 513, 700, 65_535, 65_536, 65_793,
        ] {
            try grown.grow(to: size)
            let root = Self.root(grown.leaves[...])
            #expect(grown.edge.root == root, "\(size)")
            let reader = grown.reader(size)
            #expect(try reader.root(at: size) == root, "\(size)")
            #expect(try reader.edge().root == root, "\(size)")
        }
        let reader = grown.reader(65_793)
        for size: Int64 in [0, 1, 2, 3, 200, 256, 300, 512, 65_536, 65_700] {
            #expect(try reader.root(at: size) == Self.root(grown.leaves[..<Int(size)]))
        }
    }

    @Test func `proofs prove what is so, and nothing else`() throws {
        let grown = Grown()
        for size: Int64 in [1, 2, 3, 4, 5, 7, 8, 13, 255, 256, 257, 600] {
            try grown.grow(to: size)
            let reader = grown.reader(size)
            let root = try reader.root(at: size)
            for index in Set([0, size / 3, size / 2, size - 1]) {
                let leaf = grown.leaves[Int(index)]
                let proof = try reader.inclusion(of: index)
                #expect(TreeProof.isIncluded(leaf, at: index, in: size, proof, root: root))
                #expect(
                    !TreeProof.isIncluded(
                        Self.hasher.leaf([9]), at: index, in: size, proof, root: root))
                #expect(
                    !TreeProof.isIncluded(leaf, at: index + 1, in: size, proof, root: root)
                        || size == 1)
                #expect(
                    !TreeProof.isIncluded(leaf, at: index, in: size, proof + [leaf], root: root))
                if !proof.isEmpty {
                    #expect(
                        !TreeProof.isIncluded(
                            leaf, at: index, in: size, Array(proof.dropLast()), root: root))
                }
            }
            for old in Set([1, (size + 1) / 2, max(1, size - 1), size]) {
                let oldRoot = try reader.root(at: old)
                let proof = try reader.consistency(from: old)
                #expect(TreeProof.isConsistent(from: old, oldRoot, to: size, root, proof))
                let other = Self.hasher.leaf([8])
                #expect(!TreeProof.isConsistent(from: old, other, to: size, root, proof))
                #expect(!TreeProof.isConsistent(from: old, oldRoot, to: size, other, proof))
                #expect(
                    !TreeProof.isConsistent(from: old, oldRoot, to: size, root, proof + [other]))
            }
        }
        #expect(!TreeProof.isConsistent(from: 0, TreeHasher.empty, to: 1, grown.edge.root, []))
        #expect(
            !TreeProof.isIncluded(grown.leaves[0], at: -1, in: 1, [], root: grown.leaves[0]))
    }

    @Test func `tiles lie where every reader of such logs looks`() {
        func path(_ level: Int, _ index: Int64, _ width: Int) -> String {
            TilePlace(level: level, index: index, width: width).path.joined(separator: "/")
        }
        #expect(path(0, 0, 256) == "tile/0/000")
        #expect(path(1, 5, 3) == "tile/1/005.p/3")
        #expect(path(0, 1_234_067, 256) == "tile/0/x001/x234/067")
        #expect(path(0, 1000, 8) == "tile/0/x001/000.p/8")
        #expect(TilePlace.entries(0, width: 2).joined(separator: "/") == "tile/entries/000.p/2")
    }
}
