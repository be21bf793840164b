import Foundation
import Rehearsal
import SystemPackage
import Testing

/// The real program, killed by the kernel at its calls of the network, with a copy in a real object store.
@Suite(.serialized) struct KilledNetworkTests {
    /// What is under way when the program is killed.
    enum Act: String, CaseIterable, Sendable {
        case sync, repair, retire
    }

    private let folder: TestFolder
    private let kho: String

    init() throws {
        folder = try TestFolder()
        kho = try folder.makeArchive().string
    }

    @discardableResult
    private func luutru(_ arguments: String..., expecting status: Int32? = nil) throws
        -> Program.Run
    {
        let run = try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
        if let status {
            #expect(run.status == status, "\(arguments): \(run.output) \(run.errors)")
        }
        return run
    }

    private func addBucket(_ server: SeaweedServer) throws {
        try folder.write(SeaweedServer.writer, to: "khoa")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: folder.path("khoa").string)
        try luutru(
            "store", "add", "ket", "s3://\(server.makeBucket())/kho", "--endpoint", server.url,
            "--credentials", folder.path("khoa").string, "--region", "us-east-1", "--medium",
            "object", "--place", "Tỉnh", expecting: 0)
    }

    private func addFolder(_ number: Int) throws {
        try luutru(
            "store", "add", "hai", folder.path("hai-\(number)").string, "--medium", "disk",
            "--place", "Xã", expecting: 0)
        try luutru("store", "sync", expecting: 0)
    }

    private func package(_ number: Int) throws {
        let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
        try luutru("package", dossier.string, expecting: 0)
    }

    /// Changes one byte in the middle of the only tar of the primary store.
    private func damage() throws {
        let root = kho + "/stores/chinh/ocfl"
        let names = try FileManager.default.subpathsOfDirectory(atPath: root)
        let tar = try #require(names.first { $0.hasSuffix(".tar") })
        let file = try FileHandle(forUpdating: URL(filePath: root + "/" + tar))
        let middle = try file.seekToEnd() / 2
        try file.seek(toOffset: middle)
        let byte = try #require(try file.read(upToCount: 1)?.first)
        try file.seek(toOffset: middle)
        try file.write(contentsOf: [byte ^ 1])
        try file.close()
    }

    private func prepare(_ act: Act, _ number: Int) throws {
        switch act {
        case .sync: try package(number)
        case .repair:
            try damage()
            try luutru("audit", "run", "--store", "chinh", expecting: 1)
        case .retire: try addFolder(number)
        }
    }

    private func words(_ act: Act) -> [String] {
        switch act {
        case .sync: ["store", "sync"]
        case .repair: ["repair", "--all"]
        case .retire: ["store", "retire", "hai", "--to", "ket", "--reason", "Cũ"]
        }
    }

    /// What was broken off is done by the same words again, and no store says what is not so.
    private func finish(_ act: Act, _ note: String) throws {
        if act != .repair {
            let check = try luutru("store", "check")
            #expect(check.status == 0 || check.status == 3, "\(note): \(check.output)")
        }
        let list = try luutru("store", "list").output
        if act != .retire || list.contains("hai-") {
            let again = try Program.run(words(act), environment: ["LUUTRU_ARCHIVE": kho])
            #expect(again.status == 0, "\(note): \(again.output) \(again.errors)")
        }
        try luutru("store", "check", expecting: 0)
        try luutru("audit", "run", expecting: 0)
    }

    @Test(.timeLimit(.minutes(15)), arguments: Act.allCases)
    func `what is killed at a call of the network is before or after`(act: Act) throws {
        guard Program.isInstalled("strace") else { return print("not run: strace absent") }
        guard let server = try SeaweedServer.shared.get() else { return }
        let isThorough = ProcessInfo.processInfo.environment["LUUTRU_EVERY_CALL"] == "1"
        try package(0)
        try addBucket(server)
        try luutru("store", "sync", expecting: 0)
        var number = 1
        while true {
            try prepare(act, number)
            let run = try Program.start(
                "/usr/bin/strace",
                [
                    "-f", "-qq", "-o", folder.path("trace").string, "-e", "trace=%network", "-e",
                    "inject=%network:signal=KILL:when=\(number)", Program.path,
                ] + words(act), environment: ["LUUTRU_ARCHIVE": kho])
            try finish(act, "\(act) killed at \(number)")
            if run.status == 0 { break }
            number += isThorough ? 1 : 29
        }
        #expect(number > 20)
    }
}
