import Cataloging
import Cryptography
import Files
import Foundation
import Glibc
import Records
import Rehearsal
import Storage
import SystemPackage
import Testing

@testable import Repository

/// Invariant S4 of `docs/design.md`: a damaged file gives way to a whole one by one rename, its bytes are kept.
@Suite struct RepairTests {
    /// Folders of a store that acts change.
    private static let moving = ["ledger", "recovered", "incoming", "details"]

    private func state(_ kho: CopiedArchive, _ store: String) throws -> FolderState {
        try FolderState(kho.store(store), besides: Self.moving)
    }

    private func flip(_ path: FilePath, at place: Int? = nil) throws {
        try AuditRunTests.flip(path, at: place)
    }

    private func append(_ text: String, to path: FilePath) throws {
        let file = try FileHandle(forWritingTo: URL(filePath: path.string))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    /// Every way in which somebody or something may harm a file.
    private static let harms: [(String, @Sendable (FilePath) throws -> Void)] = [
        ("flipped", { try AuditRunTests.flip($0) }),
        (
            "cut",
            { path in
                let half = try Self.size(path) / 2
                #expect(truncate(path.string, half) == 0)
            }
        ),
        ("emptied", { #expect(truncate($0.string, 0) == 0) }),
        (
            "appended",
            { path in
                let file = try FileHandle(forWritingTo: URL(filePath: path.string))
                try file.seekToEnd()
                try file.write(contentsOf: Data("x".utf8))
            }
        ),
        ("removed", { try FileManager.default.removeItem(atPath: $0.string) }),
        (
            "made a folder",
            { path in
                try FileManager.default.removeItem(atPath: path.string)
                try FileManager.default.createDirectory(
                    atPath: path.string, withIntermediateDirectories: false)
            }
        ),
        (
            "made a link",
            { path in
                let store = path.string.split(separator: "/ocfl/")[0]
                let folder = FilePath(String(store) + "/recovered")
                try FileManager.default.createDirectory(
                    atPath: folder.string, withIntermediateDirectories: true)
                let kept = folder.appending(UUID().uuidString)
                try FileManager.default.moveItem(atPath: path.string, toPath: kept.string)
                try FileManager.default.createSymbolicLink(
                    atPath: path.string, withDestinationPath: kept.string)
            }
        ),
        (
            "made a pipe",
            { path in
                try FileManager.default.removeItem(atPath: path.string)
                #expect(mkfifo(path.string, 0o600) == 0)
            }
        ),
    ]

    private static func size(_ path: FilePath) throws -> Int {
        Int(try #require(try DiskVolume().status(path)).size)
    }

    @Test(arguments: ["chinh", "hai"])
    func `every harm to every file of an object is found and mended`(store: String) throws {
        let kho = try CopiedArchive(dossiers: 2)
        let before = try state(kho, store)
        let names = try FileManager.default.subpathsOfDirectory(
            atPath: kho.place(0, in: store).string
        ).filter { name in
            try DiskVolume().status(kho.place(0, in: store).pushing(FilePath(name)))?.kind == .file
        }.sorted()
        #expect(names.count == 9)

        for (what, harm) in Self.harms {
            let around = try state(kho, store)
            for name in names { try harm(kho.place(0, in: store).pushing(FilePath(name))) }
            let audit = try kho.audit()
            let report = try kho.repair()
            #expect(audit.stores.filter { $0.damaged > 0 }.map(\.store) == [store], "\(what)")
            #expect(report.items.map(\.ending) == [.repaired], "\(what): \(report.items)")
            let after = try state(kho, store)
            #expect(before.differences(to: after) == [], "\(what)")
            let healthy = around.touched(in: after).filter { $0.contains(kho.objects[1].fileName) }
            #expect(healthy == [], "\(what)")
            #expect(try kho.audit().findings.isEmpty, "\(what)")
            #expect(try kho.status().openDamage == 0, "\(what)")
        }
        try kho.expectEqualCatalog()
    }

    @Test func `one harmed file is mended and no other is touched, its bytes are kept`() throws {
        let kho = try CopiedArchive(dossiers: 2)
        for ending in [
            ".tar", ".segments", ".sums", ".p7s", "v1/inventory.json", "ocfl_object_1.1",
        ] {
            let victim = try kho.file(ending, in: "hai")
            try flip(victim)
            let bad = try Data(contentsOf: URL(filePath: victim.string))
            let harmed = try state(kho, "hai")
            _ = try kho.audit()

            let report = try kho.repair()

            #expect(report.items.map(\.ending) == [.repaired], "\(ending): \(report.items)")
            let touched = try harmed.touched(in: state(kho, "hai"))
            #expect(touched.count == 1, "\(touched)")
            #expect(touched.first?.hasSuffix(victim.lastComponent?.string ?? "?") == true)
            let recovered = try FolderState(kho.store("hai").appending("recovered"))
            #expect(recovered.files.values.contains { $0.bytes == bad }, "\(ending)")
        }
    }

    @Test func `an object that is gone comes back`() throws {
        let kho = try CopiedArchive(dossiers: 2)
        for store in ["chinh", "ba"] {
            let before = try state(kho, store)
            try FileManager.default.removeItem(atPath: kho.place(0, in: store).string)
            #expect(try kho.audit().findings.contains { $0.code == .objectMissing })

            let report = try kho.repair([kho.objects[0].text])

            #expect(report.items.map(\.kind) == [.missing])
            #expect(report.items.map(\.ending) == [.repaired])
            #expect(try before.differences(to: state(kho, store)) == [])
        }
        try kho.expectEqualCatalog()
    }

    @Test func `a whole other object, and another's tar, are told as what they are`() throws {
        let kho = try CopiedArchive(dossiers: 2)
        let before = try state(kho, "hai")
        let (one, other) = (kho.place(0, in: "hai"), kho.place(1, in: "hai"))
        let aside = kho.folder.path("aside")
        try FileManager.default.moveItem(atPath: one.string, toPath: aside.string)
        try FileManager.default.copyItem(atPath: other.string, toPath: one.string)
        let (tar, foreign) = try (
            kho.file(".tar", of: 1, in: "ba"), kho.file(".tar", of: 0, in: "ba")
        )
        try FileManager.default.removeItem(atPath: tar.string)
        try FileManager.default.copyItem(atPath: foreign.string, toPath: tar.string)
        #expect(try kho.audit().damaged == 2)

        let report = try kho.repair()

        #expect(report.items.map(\.kind) == [.replaced, .replaced])
        #expect(report.items.map(\.ending) == [.repaired, .repaired])
        #expect(try before.differences(to: state(kho, "hai")) == [])
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test func `kinds of damage to a tar are told apart`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let tar = try kho.file(".tar", in: "hai")
        func kind(_ harm: () throws -> Void) throws -> DamageKind? {
            try harm()
            _ = try kho.audit()
            let told = try kho.repair(isDryRun: true)
            #expect(told.items.map(\.ending) == [.repairable])
            let report = try kho.repair()
            #expect(report.items.map(\.ending) == [.repaired])
            #expect(told.items.map(\.kind) == report.items.map(\.kind))
            return report.items.first?.kind
        }
        #expect(try kind { try flip(tar) } == .medium)
        #expect(try kind { _ = truncate(tar.string, 5000) } == .truncated)
        #expect(try kind { try append("x", to: tar) } == .medium)
        #expect(
            try kind { try FileManager.default.removeItem(atPath: tar.string) } == .missing)
        #expect(try kind { try flip(kho.file(".sums", in: "hai")) } == .metadata)
    }

    @Test(arguments: [LyingVolume.Lie.times(1), .times(2), .untilForgotten])
    func `what only a reading got wrong is told so, and nothing is written`(
        lie: LyingVolume.Lie
    ) throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        for ending in [".tar", ".sums"] {
            let victim = try kho.file(ending, in: "hai")
            let before = try state(kho, "hai")
            let volume = LyingVolume(victim, at: 70, lie)
            // An audit reads the sums twice, and a tar that is wrong once more to find the place.
            #expect(try kho.audit(AuditRequest(.everything), volume).damaged == 1)

            let report = try kho.repair([], volume)

            let item = try #require(report.items.first)
            #expect(item.ending == .sound, "\(ending): \(report.items)")
            if case .untilForgotten = lie {
                #expect(item.kind == .memory, "\(ending)")
            } else {
                #expect(item.kind == .transient, "\(ending)")
            }
            let after = try state(kho, "hai")
            #expect(before == after)
            #expect(try kho.status().openDamage == 0)
        }
    }

    @Test func `strange files, folders, links and devices are set aside`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        for store in ["chinh", "hai"] {
            let before = try state(kho, store)
            let object = kho.place(0, in: store).string
            let root = kho.store(store).string
            let disk = FileManager.default
            for place in [
                object + "/la", object + "/v1/la", object + "/v1/content/la", root + "/la",
                root + "/ocfl/la", root + "/ledger/la", root + "/ocfl/extensions/la",
            ] {
                try Data("x".utf8).write(to: URL(filePath: place))
                try disk.createDirectory(
                    atPath: place + "-trống", withIntermediateDirectories: false)
                try disk.createSymbolicLink(
                    atPath: place + "-dẫn", withDestinationPath: object + "/v1")
                #expect(mkfifo(place + "-ống", 0o600) == 0)
            }
            try disk.createDirectory(
                atPath: root + "/ocfl/abc/def", withIntermediateDirectories: true)
            #expect(try kho.audit().findings.count >= 28)

            let report = try kho.repair()

            #expect(report.items.map(\.ending) == [.repaired, .repaired], "\(report.items)")
            #expect(try before.differences(to: state(kho, store)) == [])
            #expect(try disk.contentsOfDirectory(atPath: root + "/recovered").count >= 28)
            #expect(try kho.audit().findings.isEmpty)
        }
    }

    @Test func `a file in the way of a folder, and a folder that is a link`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let version = kho.place(0, in: "hai").appending("v1").string
        let before = try state(kho, "hai")
        let aside = kho.folder.path("aside").string
        for isLink in [false, true] {
            try FileManager.default.moveItem(atPath: version, toPath: aside + "\(isLink)")
            if isLink {
                try FileManager.default.createSymbolicLink(
                    atPath: version, withDestinationPath: aside + "true")
            } else {
                try Data("x".utf8).write(to: URL(filePath: version))
            }
            #expect(try kho.audit().damaged == 1)

            let report = try kho.repair()

            #expect(report.items.map(\.ending) == [.repaired], "\(report.items)")
            #expect(try before.differences(to: state(kho, "hai")) == [])
        }
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test func `what lies beside the dossiers is mended by the ledger's digests`() throws {
        for store in ["chinh", "hai"] {
            for (what, harm) in Self.harms where what != "made a link" {
                let kho = try CopiedArchive(dossiers: 1)
                let before = try FolderState(
                    kho.store(store), besides: ["ledger", "recovered", "incoming"])
                for folder in ["policy", "details", "ocfl"] {
                    let place = kho.store(store).appending(folder)
                    let names = try FileManager.default.contentsOfDirectory(atPath: place.string)
                    for name in names.sorted() {
                        let file = place.appending(name)
                        if try DiskVolume().status(file)?.kind == .file { try harm(file) }
                    }
                }
                #expect(try kho.audit().findings.containsErrors)

                let report = try kho.repair()

                // Seals that nobody could vouch for meanwhile are sound again.
                #expect(report.items.first?.ending == .repaired, "\(store) \(what)")
                #expect(!report.hasLoss, "\(store) \(what) \(report.items)")
                let after = try FolderState(
                    kho.store(store), besides: ["ledger", "recovered", "incoming"])
                // Acts since then have details of their own.
                let changed = before.differences(to: after).filter { before.files[$0] != nil }
                #expect(changed == [], "\(store) \(what)")
                #expect(try kho.audit().findings.isEmpty, "\(store) \(what)")
            }
        }
    }

    @Test
    func `a certificate that comes back settles the seals in doubt, and no reading was wrong`()
        throws
    {
        let kho = try CopiedArchive(dossiers: 2)
        let certificate = kho.store("chinh").appending("policy/seal-0001.crt")
        try FileManager.default.removeItem(atPath: certificate.string)
        #expect(try kho.audit().findings.contains { $0.code == .sealIssuerUnknown })

        let report = try kho.repair()

        #expect(report.items.first?.ending == .repaired)
        let dossiers = report.items.filter { $0.object != nil }
        #expect(!dossiers.isEmpty)
        #expect(dossiers.allSatisfy { $0.ending == .sound && $0.kind == nil }, "\(dossiers)")
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test(arguments: ["first", "middle", "last", "cut", "appended", "line appended"])
    func `the ledger of a copy is written anew from the primary one`(place: String) throws {
        let kho = try CopiedArchive(dossiers: 2)
        let path = kho.store("hai").appending("ledger/entries.jsonl")
        let size = try Self.size(path)
        switch place {
        case "first": try flip(path, at: 10)
        case "middle": try flip(path)
        case "last": try flip(path, at: size - 30)
        case "cut":
            try flip(path)
            #expect(truncate(path.string, size - 100) == 0)
        case "appended": try append("rác", to: path)
        default: try append("rác\n", to: path)
        }
        let bad = try Data(contentsOf: URL(filePath: path.string))
        let audit = try kho.audit()
        #expect(audit.stores[1].findings.contains { $0.code == .ledgerInconsistent })

        let report = try kho.repair()

        #expect(report.items.map(\.ending) == [.repaired], "\(report.items)")
        let primary = try Data(
            contentsOf: URL(filePath: kho.store("chinh").string + "/ledger/entries.jsonl"))
        let mended = try Data(contentsOf: URL(filePath: path.string))
        #expect(!mended.isEmpty && primary.starts(with: mended))
        let kept = try FolderState(kho.store("hai").appending("recovered"))
        #expect(kept.files.values.contains { $0.bytes == bad })
        #expect(try kho.open(.writing).syncStores([]) { _ in }.allSatisfy(\.isComplete))
        #expect(try kho.audit().findings.isEmpty)
    }

    @Test func `a dry run looks at what a repair looks at and tells the same`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        let policy = kho.store("chinh").appending("policy").string
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: policy).first {
                $0.hasPrefix("fonds-")
            })
        try flip(kho.store("chinh").appending("policy").appending(name))
        _ = try kho.audit()

        let report = try kho.open(.reading).repair([], isDryRun: true) { _ in }

        let item = try #require(report.items.first)
        #expect(report.items.count == 1 && item.ending == .repairable, "\(report.items)")
        #expect(item.damages.map(\.path) == ["policy/" + name])
        #expect(item.remaining.isEmpty)
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
    }

    @Test func `the primary ledger is never mended`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        let path = kho.store("chinh").appending("ledger/entries.jsonl")
        try flip(path, at: 100)
        let bad = try Data(contentsOf: URL(filePath: path.string))
        _ = try kho.open().audit(AuditRequest(.everything)) { _ in }

        let report = try kho.open().repair([], isDryRun: false) { _ in }

        let item = try #require(report.items.first { $0.store == "chinh" })
        #expect(item.ending == .unmended)
        #expect(item.remaining.contains { $0.code == .ledgerEntryWrong })
        #expect(report.hasLoss)
        let now = try Data(contentsOf: URL(filePath: path.string))
        #expect(now.starts(with: bad))
        for store in ["hai", "ba"] {
            let copy = try Data(
                contentsOf: URL(filePath: kho.store(store).string + "/ledger/entries.jsonl"))
            #expect(copy[100] != bad[100])
        }
    }

    @Test func `later versions are mended like the first`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        var request = AmendRequest(dossier: kho.objects[0].text, reason: "Sửa")
        request.sets = ["title=Tiêu đề mới"]
        do {
            let archive = try kho.open(.writing)
            _ = try archive.amend(request, isDryRun: false, passphrase: nil) { _ in }
            try archive.finish()
            _ = try archive.syncStores([]) { _ in }
        }
        for store in ["chinh", "ba"] {
            let before = try state(kho, store)
            for ending in ["v2.tar", "v2.sums", "v2/inventory.json", "v1.tar"] {
                try flip(kho.file(ending, in: store))
            }
            #expect(try kho.audit().damaged == 1)

            #expect(try kho.repair().items.map(\.ending) == [.repaired])
            #expect(try before.differences(to: state(kho, store)) == [])
        }
        try kho.expectEqualCatalog()
    }

    @Test func `no good copy anywhere: it is told, and everything is kept`() throws {
        let kho = try CopiedArchive(dossiers: 2)
        for store in ["chinh", "hai", "ba"] { try flip(kho.file(".tar", in: store), at: 3000) }
        let before = try ["chinh", "hai", "ba"].map { try state(kho, $0) }
        #expect(try kho.audit().damaged == 3)

        let rehearsal = try kho.repair(isDryRun: true)
        let report = try kho.repair()

        #expect(rehearsal.items.map(\.ending) == [.noCopy, .noCopy, .noCopy])
        #expect(report.items.map(\.ending) == [.noCopy, .noCopy, .noCopy])
        #expect(report.hasLoss)
        let after = try ["chinh", "hai", "ba"].map { try state(kho, $0) }
        #expect(after == before)
        #expect(try kho.status().openDamage == 3)
        try kho.expectEqualCatalog()
    }

    @Test func `a store that is away waits`() throws {
        let kho = try CopiedArchive(dossiers: 1)
        try flip(kho.file(".tar", in: "hai"))
        _ = try kho.audit()
        let away = kho.folder.path("xa").string
        try FileManager.default.moveItem(atPath: kho.store("hai").string, toPath: away)

        let report = try kho.repair()

        #expect(report.items.isEmpty && report.findings.map(\.code) == [.copyStoreAway])
        #expect(try kho.status().openDamage == 1)
        try FileManager.default.moveItem(atPath: away, toPath: kho.store("hai").string)
        #expect(try kho.repair().items.map(\.ending) == [.repaired])
    }

    @Test func `a record that no entry tells of is left to people`() throws {
        let kho = try CopiedArchive(dossiers: 1, stores: ["hai"])
        let other = try CopiedArchive(dossiers: 1, stores: [])
        // The same chance gives the same identifiers, so a version of its own is made.
        let stranger = "urn%3auuid%3a00000000-0000-4000-8000-0123456789ab"
        let object = try #require(ObjectIdentifier("00000000-0000-4000-8000-0123456789AB"))
        let place = kho.store("hai").appending("ocfl")
            .pushing(FilePath(ObjectLocation.folder(of: object)))
        #expect(place.string.lowercased().hasSuffix(stranger))
        try FileManager.default.createDirectory(
            atPath: place.removingLastComponent().string, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: other.place(0, in: "chinh").string, toPath: place.string)
        #expect(try kho.audit().findings.contains { $0.code == .objectWithoutEntry })

        let report = try kho.repair()

        #expect(report.items.map(\.ending) == [.unmended])
        #expect(FileManager.default.fileExists(atPath: place.string))
        #expect(try kho.status().openDamage == 1)
    }
}
