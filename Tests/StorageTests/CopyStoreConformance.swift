import Cryptography
import Files
import Foundation
import Records
import SystemPackage
import Testing

@testable import Storage

/// What every copy store must do; each kind of store runs it on a real one of its own.
struct CopyStoreConformance {
    let store: any CopyStore
    /// A primary store to copy from.
    let sample: SampleStore
    let run = CopyRun(buffer: WorkBuffer(count: 1 << 16), progress: { _ in })

    private var card: StoreCard {
        get throws {
            StoreCard(
                archive: try #require(
                    ObjectIdentifier("00000000-0000-4000-8000-0123456789AB")),
                store: try #require(ObjectIdentifier("00000000-0000-4000-8000-0123456789AC")),
                epoch: 1, created: Instant(seconds: 1_795_309_200))
        }
    }

    /// An empty store is made once, has its card, and takes another one in its place.
    func keepsItsCard() throws {
        try store.found(card, readMe: Array("đọc tôi".utf8))
        #expect(try store.card() == card)
        #expect(try store.bytes(of: "README.txt", limit: 100) == Array("đọc tôi".utf8))

        let raised = try StoreCard(
            archive: card.archive, store: card.store, epoch: 2, created: card.created)
        try store.replaceCard(raised)

        #expect(try store.card()?.epoch == 2)
    }

    /// An object comes in whole, is known by the digest of its inventory, and is not taken twice.
    func takesAnObject() throws {
        let wanted = CopiedObject(
            sample.object, inventory: try sample.store.inventory(of: sample.object).1,
            in: sample.store)
        #expect(try store.inventoryDigest(of: sample.object) == nil)

        let first = try receipt(store.take(wanted, run))
        let again = try receipt(store.take(wanted, run))

        #expect(first.version == 1 && first.bytes > 0 && first.inventory == wanted.inventory)
        #expect(again.version == 1 && again.bytes == 0)
        #expect(try store.inventoryDigest(of: sample.object) == wanted.inventory)
        for path in try sample.files(below: sample.folder) {
            let name =
                "ocfl/" + ObjectLocation.folder(of: sample.object)
                + path.string.dropFirst(sample.folder.string.count)
            let size = try #require(try store.size(of: name), "\(name)")
            let bytes = try store.reader(of: name, mark: nil).bytes(at: 0, count: Int(size))
            #expect(try bytes == DiskVolume().readAll(path, limit: 1 << 24), "\(name)")
        }
    }

    /// Later versions come in behind the first, and the first is left as it was.
    func takesLaterVersions() throws {
        let before = try sample.store.inventory(of: sample.object).1
        _ = try receipt(
            store.take(
                CopiedObject(sample.object, inventory: before, in: sample.store), run))
        let after = try sample.addVersion(to: sample.object, after: before)

        let taken = try receipt(
            store.take(
                CopiedObject(sample.object, inventory: after.inventory, in: sample.store), run))

        #expect(taken.version == 2 && taken.inventory == after.inventory)
        #expect(try store.inventoryDigest(of: sample.object) == after.inventory)
    }

    /// An original that is not as the ledger says is not spread.
    func refusesADamagedOriginal() throws {
        let digest = try sample.store.inventory(of: sample.object).1
        let victim = try #require(
            sample.files(below: sample.folder).first { $0.string.hasSuffix(".tar") })
        try sample.rewrite(victim, Array("hỏng".utf8))

        let outcome = try store.take(
            CopiedObject(sample.object, inventory: digest, in: sample.store), run)

        guard case .sourceDamaged(let findings) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(!findings.isEmpty)
        #expect(try store.inventoryDigest(of: sample.object) == nil)
    }

    /// The ledger grows at its end alone.
    func appendsToTheLedger() throws {
        try store.found(card, readMe: [])
        #expect(try store.ledgerSize() == 0)

        try store.appendToLedger(Array("một\n".utf8), at: 0)
        let size = try store.ledgerSize()
        try store.appendToLedger(Array("hai\n".utf8), at: size)

        let whole = Array("một\nhai\n".utf8)
        #expect(try store.ledgerBytes(at: 0, count: 100) == whole)
        #expect(
            try store.ledgerBytes(at: size - 1, count: 3)
                == Array(whole[Int(size - 1)..<Int(size + 2)]))
        #expect(throws: (any Error).self) {
            try store.appendToLedger(Array("ba\n".utf8), at: 1)
        }
    }

    /// A file comes in under its name with its own bytes, names with dấu too; one that is not as expected does not.
    func putsFiles() throws {
        try store.found(card, readMe: [])
        let source = sample.path.appending("nguồn")
        let bytes = Array(repeating: UInt8(7), count: 300_000)
        try sample.rewrite(source, bytes)
        let digest = Digest(.sha512, bytes: Cryptography.Hasher.digest(.sha512, of: bytes))

        let put = try store.put(CopiedFile(source, sha512: digest), as: "evidence/1/lá đơn", run)
        _ = try store.put(CopiedFile(source, sha512: digest), as: "evidence/1/lá đơn", run)
        try store.replace("ledger/checkpoint", with: [1])
        try store.replace("ledger/checkpoint", with: [2])

        #expect(put.size == 300_000)
        #expect(try store.bytes(of: "evidence/1/lá đơn", limit: 1 << 20) == bytes)
        #expect(try store.bytes(of: "ledger/checkpoint", limit: 10) == [2])
        #expect(throws: (any Error).self) {
            try store.put(
                CopiedFile(source, sha512: sample.store.inventory(of: sample.object).1),
                as: "evidence/1/khác", run)
        }
        #expect(try store.size(of: "evidence/1/khác") == nil)
        var names: [String] = []
        try store.forEachFile(below: "evidence") { names.append($0.path) }
        #expect(names == ["evidence/1/lá đơn"])
    }

    private func receipt(_ outcome: CopyOutcome) throws -> CopyReceipt {
        guard case .held(let receipt) = outcome else {
            throw CopyStoreFailure(.failed, subject: "\(outcome)")
        }
        return receipt
    }
}
