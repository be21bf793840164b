import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// One row of random acts on an archive, some of them killed, held against the model after it.
final class SequenceRun {
    private let folder: TestFolder
    private let root: FilePath
    private var chance: SeededChance
    private var model = HoldingModel()
    private var minutes: Int64 = 0
    private var made = 0
    private(set) var kills = 0
    private(set) var acts: [String] = []

    init(_ seed: Int, folder: TestFolder, root: FilePath) {
        self.folder = folder
        self.root = root
        chance = SeededChance(seed: UInt64(seed))
    }

    func perform(_ count: Int) throws {
        for _ in 0..<count {
            switch pick(16) {
            case 0...2: try package()
            case 3...4: try amendTitle()
            case 5: try amendSubject()
            case 6: try supersede()
            case 7: try add()
            case 8...9: try link()
            case 10: try unlink()
            case 11...12: try changeFonds()
            case 13...14: try syncCopy()
            default: try rebuild()
            }
        }
    }

    private func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &chance) }

    /// A world later than every one before; of a third of the acts the disk dies at some call.
    private func world(_ longest: Int = 250) -> World {
        minutes += 30
        var disk: any Volume = DiskVolume()
        if pick(3) == 0 {
            kills += 1
            disk = FaultyVolume(failingAt: 1 + pick(longest), .death)
        }
        return TestWorld.make(
            disk, seed: chance.next(),
            from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
    }

    /// The next command after a kill, on a disk that works.
    private func after() throws -> Archive {
        minutes += 30
        return try Archive.open(
            root,
            in: TestWorld.make(
                seed: chance.next(),
                from: Instant(seconds: TestWorld.start.seconds + minutes * 60)), for: .writing)
    }

    /// Does an act over a disk that may die; false when it died.
    private func survive(_ name: String, _ act: (World) throws -> Void) throws -> Bool {
        let world = world()
        acts.append(name)
        do {
            try act(world)
            return true
        } catch let failure {
            // What reads a dead disk may take it for damage.
            guard (world.volume as? FaultyVolume)?.hasFailed == true else { throw failure }
            acts.append("†")
            _ = try after()
            return false
        }
    }

    private func package() throws {
        made += 1
        let number = made
        let documents = 1 + pick(3)
        let dossier = try folder.makeDossier(
            "d\(number)", notation: "\(number).CĐS", documents: documents)
        var tie: HoldingModel.Tie?
        if let other = model.held.randomElement(using: &chance), pick(2) == 0 {
            let kind = Link.Kind.allCases[pick(5)]
            tie = HoldingModel.Tie(from: number, kind: kind, to: other.number)
            let yaml = try String(contentsOfFile: dossier.string + "/dossier.yaml", encoding: .utf8)
            try folder.write(
                yaml + "\nlinks:\n  - \(kind.rawValue): \(HoldingModel.code(other.number))\n",
                to: "d\(number)/dossier.yaml")
        }
        _ = try survive("package \(number)") { world in
            let outcome = try Archive.package(dossier, into: root, in: world)
            guard case .packaged = outcome.result else {
                Issue.record("not packaged: \(outcome.findings)")
                return
            }
        }
        guard case let shown? = try? after().show(HoldingModel.code(number)) else { return }
        model.held.append(
            HoldingModel.Held(
                number: number, object: shown.object, title: "Hồ sơ về việc chuyển đổi số",
                documents: (1...documents).map {
                    ("Quyết định số \($0) về việc phê duyệt", "Văn bản \($0).txt")
                }, pages: documents))
        if let tie { model.ties.insert(tie) }
    }

    private func amend(
        _ index: Int, _ request: AmendRequest, _ changes: Set<StateChange>,
        _ apply: (inout HoldingModel.Held) -> Void
    ) throws {
        let before = model.held[index]
        _ = try survive("amend \(before.number) \(request.sets) \(request.supersessions.count)") {
            let outcome = try Archive.open(root, in: $0, for: .writing)
                .amend(request, isDryRun: false, passphrase: nil) { _ in }
            let isDead = outcome.findings.contains { $0.code == .fileUnreadable }
            #expect(!outcome.isRejected || isDead, "\(outcome.findings)")
        }
        let version = try after().show(before.object.text).version
        guard version > before.version else { return }
        #expect(version == before.version + 1)
        apply(&model.held[index])
        model.held[index].changes.append(changes)
    }

    private func request(_ index: Int) -> AmendRequest {
        AmendRequest(dossier: model.held[index].object.text, reason: "Ngẫu nhiên")
    }

    private func amendTitle() throws {
        guard !model.held.isEmpty else { return }
        let index = pick(model.held.count)
        let title = "Tiêu đề \(pick(1_000_000)) “ế”"
        var request = request(index)
        request.sets = ["title=" + title]
        let change = StateChange(
            .field, document: nil, element: "title", before: model.held[index].title, after: title)
        try amend(index, request, [change]) { $0.title = title }
    }

    private func amendSubject() throws {
        guard !model.held.isEmpty else { return }
        let index = pick(model.held.count)
        let document = pick(model.held[index].documents.count)
        let subject = "Trích yếu \(pick(1_000_000))"
        var request = request(index)
        request.sets = ["subject=" + subject]
        request.document = String(document + 1)
        let change = StateChange(
            .field, document: document + 1, element: "subject",
            before: model.held[index].documents[document].subject, after: subject)
        try amend(index, request, [change]) { $0.documents[document].subject = subject }
    }

    private func supersede() throws {
        guard !model.held.isEmpty else { return }
        let index = pick(model.held.count)
        let document = pick(model.held[index].documents.count)
        let name = "Thay \(minutes).txt"
        try folder.write("thay \(minutes)", to: name)
        var request = request(index)
        request.supersessions = [.init(document: "\(document + 1)", file: folder.path(name))]
        let old = model.held[index].documents[document].file
        let change = StateChange(
            .superseded, document: document + 1, element: old, before: old, after: name)
        try amend(index, request, [change]) { $0.documents[document].file = name }
    }

    private func add() throws {
        guard !model.held.isEmpty else { return }
        let index = pick(model.held.count)
        let name = "Thêm \(minutes).txt"
        let place = "them-\(minutes)"
        try folder.write(
            """
            file,typeName,issuedDate,organName,subject,language,numberOfPage,mode
            \(name),Công văn,01/02/2024,Sở,Đến muộn \(minutes),Tiếng Việt,2,Công khai
            """, to: place + "/documents.csv")
        try folder.write("thêm \(minutes)", to: place + "/" + name)
        var request = request(index)
        request.folder = folder.path(place)
        let held = model.held[index]
        let count = held.documents.count
        let subject = "Đến muộn \(minutes)"
        let changes: Set = [
            StateChange(.added, document: count + 1, element: name, before: "", after: name),
            StateChange(
                .field, document: nil, element: "totalDoc", before: "\(count)",
                after: "\(count + 1)"),
            StateChange(
                .field, document: nil, element: "numberOfPage", before: "\(held.pages)",
                after: "\(held.pages + 2)"),
        ]
        try amend(index, request, changes) {
            $0.documents.append((subject, name))
            $0.pages += 2
        }
    }

    private func link() throws {
        guard model.held.count > 1 else { return }
        let (from, to) = (model.held[pick(model.held.count)], model.held[pick(model.held.count)])
        let tie = HoldingModel.Tie(
            from: from.number, kind: Link.Kind.allCases[pick(5)], to: to.number)
        let isRefused = from.number == to.number || model.ties.contains(tie) || model.isCircle(tie)
        _ = try survive("link \(tie)") { world in
            let outcome = try Archive.open(root, in: world, for: .writing).link(
                HoldingModel.code(from.number), document: nil, tie.kind,
                to: HoldingModel.code(to.number), because: nil)
            #expect((outcome.link == nil) == isRefused, "\(tie) \(outcome.findings)")
        }
        if try !isRefused && holds(tie) { model.ties.insert(tie) }
    }

    private func unlink() throws {
        guard let tie = model.ties.sorted(by: { "\($0)" < "\($1)" }).randomElement(using: &chance)
        else { return }
        _ = try survive("unlink \(tie)") { world in
            let outcome = try Archive.open(root, in: world, for: .writing).unlink(
                HoldingModel.code(tie.from), document: nil, tie.kind,
                to: HoldingModel.code(tie.to), because: "Nhầm")
            #expect(outcome.link != nil, "\(outcome.findings)")
        }
        if try !holds(tie) { model.ties.remove(tie) }
    }

    private func holds(_ tie: HoldingModel.Tie) throws -> Bool {
        try ties(of: tie.from, after()).contains(tie)
    }

    private func ties(of number: Int, _ archive: Archive) throws -> [HoldingModel.Tie] {
        try archive.links(HoldingModel.code(number), withEnded: false).filter { !$0.isIncoming }
            .map { link in
                HoldingModel.Tie(
                    from: number, kind: link.kind,
                    to: Int(link.target.code.split(separator: ".")[3]) ?? 0)
            }
    }

    private func changeFonds() throws {
        let index = model.fonds.isEmpty ? 0 : pick(model.fonds.count)
        let code = "P\(minutes)"
        switch pick(3) {
        case 1 where !model.fonds.isEmpty:
            let old = model.fonds[index].last ?? ""
            _ = try survive("fonds amend \(old) \(code)") {
                _ = try Archive.open(root, in: $0, for: .writing)
                    .amend(.fonds, old, [.code: code], from: .today)
            }
            if try isRegistered(code) { model.fonds[index].append(code) }
        case 2 where model.fonds.indices.contains(index) && !model.closed.contains(index):
            let old = model.fonds[index].last ?? ""
            _ = try survive("fonds close \(old)") {
                _ = try Archive.open(root, in: $0, for: .writing).close(.fonds, old, on: nil)
            }
            let unit = try after().registeredUnit(.fonds, old, inFonds: nil, asOf: nil)
            if unit.entry.isClosed { model.closed.insert(index) }
        default:
            _ = try survive("fonds add \(code)") {
                _ = try Archive.open(root, in: $0, for: .writing)
                    .enter(.fonds, [.code: code, .name: "Phông \(code)"])
            }
            if try isRegistered(code) { model.fonds.append([code]) }
        }
    }

    private func isRegistered(_ code: String) throws -> Bool {
        (try? after().registeredUnit(.fonds, code, inFonds: nil, asOf: nil)) != nil
    }

    /// Takes a store in, or brings it up to date; a kill in the middle leaves one that does not lie.
    private func syncCopy() throws {
        if try after().storeStandings().isEmpty {
            _ = try survive("store add") { world in
                let archive = try Archive.open(root, in: world, for: .writing)
                _ = try archive.addStore(
                    StoreRequest(
                        name: "b", address: "../ban-sao", role: .copy, medium: .disk, place: "B"))
            }
            return
        }
        _ = try survive("store sync") { world in
            let archive = try Archive.open(root, in: world, for: .writing)
            _ = try archive.syncStores([]) { _ in }
            try archive.finish()
        }
        // What a store gave its word for is there, whenever it was cut short.
        #expect(try after().checkStores([]).flatMap(\.findings) == [])
    }

    /// A last sync makes every store complete.
    private func expectCopies() throws {
        let archive = try after()
        #expect(try archive.syncStores([]) { _ in }.allSatisfy(\.isComplete))
        for check in try archive.checkStores([]) {
            #expect(check.findings.isEmpty && check.checked == model.held.count)
        }
        try archive.finish()
    }

    private func rebuild() throws {
        _ = try survive("rebuild") { _ = try Archive.rebuildCatalog(root, in: $0) }
    }
}

extension SequenceRun {
    /// Holds the archive against the model: counts, fields, files, every version, links, registers, catalog.
    func expectModel() throws {
        try expectHoldings(after())
        try expectCopies()
        try expectEqualCatalog()
    }

    private func expectHoldings(_ archive: consuming Archive) throws {
        let status = try archive.status()
        #expect(status.dossiers == model.held.count)
        #expect(status.documents == model.held.reduce(0) { $0 + $1.documents.count })
        for held in model.held {
            try expect(held, archive)
            let ties = Set(model.ties.filter { $0.from == held.number })
            #expect(Set(try self.ties(of: held.number, archive)) == ties)
        }
        for codes in model.fonds {
            for code in codes {
                let unit = try archive.registeredUnit(.fonds, code, inFonds: nil, asOf: nil)
                #expect(unit.entry.code == codes.last)
            }
        }
        #expect(try archive.linkFindings().isEmpty)
        let report = try archive.audit([]) { _ in }
        #expect(report.findings.isEmpty, "\(report.findings)")
        #expect(report.stores.first?.checked == model.held.count)
    }

    private func expect(_ held: HoldingModel.Held, _ archive: Archive) throws {
        let shown = try archive.show(held.object.text)
        #expect(shown.version == held.version)
        #expect(shown.fields.first { $0.0 == "title" }?.1 == held.title)
        #expect(shown.documents.map(\.title) == held.documents.map(\.subject))
        #expect(shown.documents.map(\.name) == held.documents.map(\.file))
        for (index, changes) in held.changes.enumerated() {
            let told = try archive.difference(held.object.text, from: index + 1, to: index + 2)
            #expect(Set(told.changes) == changes, "v\(index + 1) → v\(index + 2)")
            #expect(told.changes.count == changes.count)
        }
        for version in 1...held.version {
            var verification = Verification(
                archive: root, trust: [], version: version, world: TestWorld.make(),
                progress: { _ in })
            let found = try verification.verify(held.object.text, at: "/none")
            #expect(found.verdict == .valid, "v\(version): \(found.findings)")
        }
    }

    private func expectEqualCatalog() throws {
        minutes += 30
        let world = TestWorld.make(
            seed: 1, from: Instant(seconds: TestWorld.start.seconds + minutes * 60))
        #expect(try Archive.checkCatalog(root, in: world) == [])
    }
}
