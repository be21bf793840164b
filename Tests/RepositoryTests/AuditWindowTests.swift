import Files
import Foundation
import Records
import Rehearsal
import Repository
import Synchronization
import SystemPackage
import Testing

/// Audits read many dossiers at once and still end, and go on, between two of them.
@Suite struct AuditWindowTests {
    private static let count = 6
    private let folder: TestFolder
    private let root: FilePath
    private let objects: [String]

    init() throws {
        folder = try TestFolder()
        root = try folder.makeArchive()
        var objects: [String] = []
        for number in 1...Self.count {
            let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
            let outcome = try Archive.package(dossier, into: root, in: Self.world(Int64(number)))
            guard case .packaged(let packaged) = outcome.result else {
                Issue.record("not packaged: \(outcome.findings)")
                continue
            }
            objects.append(packaged.object.text)
        }
        self.objects = objects
    }

    private static func world(_ minute: Int64) -> World {
        // Each run draws other identifiers.
        TestWorld.make(
            seed: UInt64(minute), from: Instant(seconds: TestWorld.start.seconds + minute * 60))
    }

    private func audit(
        _ minute: Int64, _ request: AuditRequest,
        progress: @escaping (Int) throws -> Void = { _ in }
    ) throws -> AuditReport {
        try Archive.open(root, in: Self.world(minute), for: .auditing).audit(
            request, progress: progress)
    }

    private var everything: AuditRequest { AuditRequest(.everything) }

    @Test func `a budget of bytes ends a run where reading one after another would`() throws {
        let sizes = try objects.enumerated().map { number, object in
            try audit(10 + Int64(number), AuditRequest(.objects([object]))).bytes
        }
        #expect(sizes.allSatisfy { $0 > 0 })
        var minute: Int64 = 20
        for most in [1, sizes[0], sizes[0] + 1, sizes[0] + sizes[1], sizes.reduce(0, +) - 1] {
            var request = AuditRequest(.objects(objects))
            request.mostBytes = most
            var bytes: Int64 = 0
            let expected = sizes.prefix { size in
                defer { bytes += size }
                return bytes < most
            }

            let report = try audit(minute, request)

            #expect(report.checked == expected.count, "\(most)")
            #expect(report.bytes == expected.reduce(0, +), "\(most)")
            #expect(report.stores[0].isComplete == (expected.count == Self.count), "\(most)")
            minute += 1
        }
    }

    @Test func `runs that are ended and gone on with read every dossier once`() throws {
        var checked = 0
        var bytes: Int64 = 0
        var minute: Int64 = 20
        var isComplete = false
        while !isComplete, minute < 40 {
            var request = everything
            request.isResuming = minute > 20
            request.mostBytes = 1
            let report = try audit(minute, request)
            isComplete = report.stores[0].isComplete
            checked += report.checked
            bytes += report.bytes
            minute += 1
        }

        #expect(checked == Self.count)
        #expect(try audit(50, everything).bytes == bytes)
    }

    @Test func `when the time is over, one dossier at least was read, and the rest is read later`()
        throws
    {
        // Asked before the store and before the first dossier; over as soon as that is begun with.
        var asked = 0
        var request = everything
        request.isTimeOver = {
            asked += 1
            return asked > 2
        }

        let first = try audit(20, request)
        var rest = everything
        rest.isResuming = true
        let second = try audit(21, rest)

        #expect(first.checked >= 1 && first.checked < Self.count)
        #expect(!first.stores[0].isComplete && second.stores[0].isComplete)
        #expect(first.checked + second.checked == Self.count)
        #expect(first.findings.isEmpty && second.findings.isEmpty)
    }

    @Test func `a run that is interrupted in its reading counts nothing that was not judged`()
        throws
    {
        struct Stopped: Error {}
        #expect(throws: Stopped.self) {
            try audit(20, everything, progress: { _ in throw Stopped() })
        }
        var rest = everything
        rest.isResuming = true

        #expect(try audit(21, rest).checked == Self.count)
    }

    @Test func `a run that is stopped enters what it had read whole, damage too`() throws {
        try flip(objects[0])
        let isStopped = Atomic(false)
        let calm = Self.world(20)
        let world = World(
            volume: calm.volume, now: calm.now, random: calm.random, agent: calm.agent,
            process: calm.process, isInterrupted: { isStopped.load(ordering: .relaxed) },
            pages: calm.pages)
        let stop: (Int) throws -> Void = { _ in isStopped.store(true, ordering: .relaxed) }

        let failure = #expect(throws: ArchiveFailure.self) {
            try Archive.open(root, in: world, for: .auditing).audit(everything, progress: stop)
        }
        var rest = everything
        rest.isResuming = true
        let second = try audit(21, rest)

        #expect(failure?.reason == .interrupted)
        let earlier = try #require(second.earlier)
        #expect(earlier.checked > 0 && earlier.checked + second.checked == Self.count)
        #expect(earlier.damaged == 1 && second.damaged == 0 && second.hasErrors)
    }

    @Test
    func
        `findings of many dossiers are told in the order of the dossiers, and those named twice twice`()
        throws
    {
        for object in objects { try flip(object) }
        let named = objects + [objects[0]]

        let report = try audit(20, AuditRequest(.objects(named)))

        let wrong = report.findings.filter { $0.code == .contentDigestWrong }
        let told = wrong.map { finding in String(finding.subject.prefix { $0 != "/" }) }
        #expect(told == named)
        #expect(wrong.allSatisfy { $0.facts["size"] != nil })
        #expect(report.damaged == Self.count && report.checked == named.count)
    }

    /// Changes a byte in a dossier's tar.
    private func flip(_ object: String) throws {
        let name = object.split(separator: ":").last.map(String.init) ?? ""
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.string)
        let file = try #require(names.first { $0.hasSuffix(".tar") && $0.contains(name) })
        let path = root.string + "/" + file
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        var bytes = try Data(contentsOf: URL(filePath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: path))
    }
}
