import Bundles
import Cataloging
import Files
import Records
import Storage
import SystemPackage

/// Does harm to a sandbox, as disks, crashes and people do.
struct DrillHarm {
    private let sandbox: DrillSandbox
    private let volume: any Volume

    init(_ sandbox: DrillSandbox) {
        self.sandbox = sandbox
        volume = sandbox.world.volume
    }

    private var primary: FilePath {
        sandbox.layout.archive.appending("stores").appending(ArchiveLayout.firstStore)
    }

    /// What must be put away before acts go on, to be put back as an older state.
    func prepare(_ harm: DrillReport.Harm) throws {
        guard harm == .rolledBackCatalog else { return }
        let catalog = ArchiveLayout(root: sandbox.layout.archive).catalog
        try sandbox.open(.writing).catalog.settleLog()
        try volume.makeFolders(sandbox.layout.aside)
        try copy(catalog, to: sandbox.layout.aside.appending("catalog.sqlite"))
        // An act that the older catalog does not know.
        let archive = try sandbox.open(.auditing)
        _ = try archive.audit([], progress: { _ in })
        try archive.finish()
    }

    func inflict(_ harm: DrillReport.Harm, _ chance: inout DrillChance) throws {
        let object = sandbox.objects[Int.random(in: 0..<sandbox.objects.count, using: &chance)]
        let store = Bool.random(using: &chance) ? primary : sandbox.layout.copy
        switch harm {
        case .flip: try flip(tar(of: object, in: store), &chance)
        case .cut:
            let tar = tar(of: object, in: store)
            let file = try volume.openForAppending(tar, permissions: .everybodyReads)
            try file.truncate(to: file.status().size / 2)
            try file.close()
        case .swap: try swap(object, in: store)
        case .delete: try volume.removeTree(folder(of: object, in: store))
        case .staleStore:
            try volume.removeTree(folder(of: object, in: sandbox.layout.copy))
            try shorten(sandbox.layout.copy.appending("ledger/entries.jsonl"))
        case .rolledBackCatalog: try rollBack()
        case .lostTile: try volume.removeTree(primary.appending("ledger/tile"))
        }
    }

    private func folder(of object: ObjectIdentifier, in store: FilePath) -> FilePath {
        ObjectStore(layout: StoreLayout(root: store), volume: volume).folder(of: object)
    }

    private func tar(of object: ObjectIdentifier, in store: FilePath) -> FilePath {
        folder(of: object, in: store).appending("v1/content")
            .appending(BundleLayout(object: object, version: 1).tar)
    }

    private func flip(_ path: FilePath, _ chance: inout DrillChance) throws {
        let source = try volume.open(path)
        let size = try source.status().size
        let place = Int64.random(in: 0..<size, using: &chance)
        var byte = try source.bytes(at: place, count: 1)
        byte[0] ^= 1 << UInt8.random(in: 0..<8, using: &chance)
        try rewritten(path) { file in
            try each(source) { try file.append($0, at: $1) }
            try byte.withUnsafeBytes { bytes in try file.write(bytes, at: place) }
        }
    }

    private func swap(_ object: ObjectIdentifier, in store: FilePath) throws {
        let one = tar(of: object, in: store)
        let other =
            sandbox.objects.first { $0 != object }.map { tar(of: $0, in: store) }
            ?? FilePath(String(one.string.dropLast("tar".count)) + "segments")
        let aside = one.removingLastComponent().appending("swap")
        try volume.rename(one, to: aside)
        try volume.rename(other, to: one)
        try volume.rename(aside, to: other)
    }

    /// Half of the lines go, as in a copy that was put back from last month.
    private func shorten(_ path: FilePath) throws {
        let file = try volume.openForAppending(path, permissions: .everybodyReads)
        let size = try file.status().size
        let bytes = try file.bytes(at: 0, count: Int(min(size / 2, 64 << 20)))
        try file.truncate(to: Int64((bytes.lastIndex(of: 0x0A) ?? -1) + 1))
        try file.close()
    }

    private func rollBack() throws {
        let catalog = ArchiveLayout(root: sandbox.layout.archive).catalog
        for ending in ["", "-wal", "-shm"] {
            let file = FilePath(catalog.string + ending)
            if try volume.status(file) != nil { try volume.remove(file) }
        }
        try volume.rename(sandbox.layout.aside.appending("catalog.sqlite"), to: catalog)
    }

    private func copy(_ path: FilePath, to target: FilePath) throws {
        if try volume.status(target) != nil { try volume.remove(target) }
        let source = try volume.open(path)
        let file = try volume.create(target, permissions: .everybodyReads)
        try each(source) { try file.append($0, at: $1) }
        try file.close()
    }

    private func rewritten(_ path: FilePath, _ body: (any OpenFile) throws -> Void) throws {
        let aside = path.removingLastComponent().appending("rewritten")
        let file = try volume.create(aside, permissions: .everybodyReads)
        try body(file)
        try file.close()
        try volume.replace(path, with: aside)
    }

    private func each(
        _ file: any OpenFile, _ body: ([UInt8], Int64) throws -> Void
    ) throws {
        var offset: Int64 = 0
        while true {
            let piece = try file.bytes(at: offset, count: 1 << 20)
            if piece.isEmpty { return }
            try body(piece, offset)
            offset += Int64(piece.count)
        }
    }
}
