import Foundation
import Rehearsal
import SystemPackage
import Testing

/// The parts of one audit over one object store, each a process of its own that may only read (`docs/spreading-audits.md`).
@Suite struct SpreadAuditTests {
    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
        for number in 1...7 {
            let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
            try luutru("package", dossier.string, expecting: 0)
        }
    }

    @discardableResult
    private func luutru(_ arguments: String..., expecting status: Int32) throws -> Program.Run {
        let run = try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
        #expect(run.status == status, "\(arguments): \(run.output) \(run.errors)")
        return run
    }

    private func use(keys: String) throws {
        try folder.write(keys, to: "khoa")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("khoa").string)
    }

    private func addBucket(_ server: SeaweedServer, _ bucket: String) throws {
        try use(keys: SeaweedServer.writer)
        try luutru(
            "store", "add", "ket", "s3://\(bucket)/kho", "--endpoint", server.url,
            "--credentials", folder.path("khoa").string, "--region", "us-east-1", "--medium",
            "object", "--place", "Tỉnh", expecting: 0)
        try luutru("store", "sync", expecting: 0)
    }

    private func payload(_ run: Program.Run) -> [String: Any] {
        run.json.last { $0["kind"] as? String == "audit" }?["payload"] as? [String: Any] ?? [:]
    }

    private func codes(_ run: Program.Run) -> [String] {
        let findings = payload(run)["findings"] as? [[String: Any]] ?? []
        return findings.compactMap { finding in
            guard let code = finding["code"] as? String, let subject = finding["subject"] as? String
            else { return nil }
            return code + " " + subject
        }.sorted()
    }

    @Test func `four processes that may only read one object store merge to what one run finds`()
        throws
    {
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket()
        try addBucket(server, bucket)
        let files = try FileManager.default.subpathsOfDirectory(atPath: kho + "/stores/chinh")
        let sums = try #require(files.sorted().first { $0.hasSuffix(".sums") })
        try server.overwrite("kho/" + sums, in: bucket)

        try use(keys: SeaweedServer.reader)
        let reports = (1...4).map { folder.path("phan-\($0).json").string }
        let parts = try reports.enumerated().map { index, report in
            let process = Process()
            process.executableURL = URL(filePath: Program.path)
            process.arguments = [
                "audit", "run", "--store", "ket", "--shard", "\(index + 1)/4", "--report", report,
                "--archive", kho,
            ]
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            return process
        }
        for part in parts { part.waitUntilExit() }
        try use(keys: SeaweedServer.writer)
        #expect(parts.map(\.terminationStatus).sorted() == [0, 0, 0, 1])

        let merged = try Program.run(
            ["audit", "merge"] + reports + ["--json"], environment: ["LUUTRU_ARCHIVE": kho])
        let whole = try luutru("audit", "run", "--store", "ket", "--json", expecting: 1)
        #expect(merged.status == 1, "\(merged.output) \(merged.errors)")
        for key in ["checked", "bytes", "damaged"] {
            #expect(payload(merged)[key] as? Int == payload(whole)[key] as? Int, "\(key)")
        }
        #expect(!codes(merged).isEmpty && codes(merged) == codes(whole))
        try luutru("repair", "--all", expecting: 0)
        try luutru("audit", "run", "--store", "ket", expecting: 0)
    }
}
