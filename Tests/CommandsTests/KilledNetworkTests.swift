import Foundation
import Rehearsal
import SystemPackage
import Testing

/// The real program, killed by the kernel at its calls of the network, with a copy in a real object store.
@Suite(.serialized) struct KilledNetworkTests {
    /// What is under way when the program is killed.
    enum Act: String, CaseIterable, Sendable {
        case sync, repair, retire

        var words: [String] {
            switch self {
            case .sync: ["store", "sync"]
            case .repair: ["repair", "--all"]
            case .retire: ["store", "retire", "hai", "--to", "ket", "--reason", "Cũ"]
            }
        }
    }

    /// The folder and the archive of one death; the next one begins with new ones, so that calls do not grow in number.
    private struct Life {
        let folder: TestFolder
        let kho: String

        /// An archive of one dossier with a copy at that place; `hai` is a copy in a folder.
        init(_ server: SeaweedServer, _ place: String, _ act: Act) throws {
            folder = try TestFolder()
            kho = try folder.makeArchive().string
            try package(0)
            try addBucket(server, place)
            try luutru("store", "sync", expecting: 0)
            try prepare(act)
        }

        @discardableResult
        func luutru(_ arguments: String..., expecting status: Int32? = nil) throws
            -> Program.Run
        {
            let run = try Program.run(arguments, environment: ["LUUTRU_ARCHIVE": kho])
            if let status {
                #expect(run.status == status, "\(arguments): \(run.output) \(run.errors)")
            }
            return run
        }

        func addBucket(_ server: SeaweedServer, _ place: String) throws {
            try folder.write(SeaweedServer.writer, to: "khoa")
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: folder.path("khoa").string)
            try luutru(
                "store", "add", "ket", place, "--endpoint", server.url,
                "--credentials", folder.path("khoa").string, "--region", "us-east-1", "--medium",
                "object", "--place", "Tỉnh", expecting: 0)
        }

        func addFolder() throws {
            try luutru(
                "store", "add", "hai", folder.path("hai").string, "--medium", "disk", "--place",
                "Xã", expecting: 0)
            try luutru("store", "sync", expecting: 0)
        }

        func package(_ number: Int) throws {
            let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
            try luutru("package", dossier.string, expecting: 0)
        }

        /// Changes one byte in the middle of the only tar of the primary store.
        func damage() throws {
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

        func prepare(_ act: Act) throws {
            switch act {
            case .sync: try package(1)
            case .repair:
                try damage()
                try luutru("audit", "run", "--store", "chinh", expecting: 1)
            case .retire: try addFolder()
            }
        }

        /// The act, with the end by SIGKILL at that call of the network, if it comes to it.
        func killed(at number: Int, _ act: Act) throws -> Program.Run {
            try Program.start(
                "/usr/bin/strace",
                [
                    "-f", "-qq", "-o", folder.path("trace").string, "-e", "trace=%network", "-e",
                    "inject=%network:signal=KILL:when=\(number)", Program.path,
                ] + act.words, environment: ["LUUTRU_ARCHIVE": kho])
        }

        /// What was broken off is done by the same words again, and no store says what is not so.
        func finish(_ act: Act, _ note: String) throws {
            if act != .repair {
                let check = try luutru("store", "check")
                #expect(check.status == 0 || check.status == 3, "\(note): \(check.output)")
            }
            let isThere = try luutru("store", "list").output.contains("hai")
            if act != .retire || isThere {
                let again = try Program.run(act.words, environment: ["LUUTRU_ARCHIVE": kho])
                #expect(again.status == 0, "\(note): \(again.output) \(again.errors)")
            }
            try luutru("store", "check", expecting: 0)
            try luutru("audit", "run", expecting: 0)
        }
    }

    /// Every 13th call, or every one with `LUUTRU_EVERY_CALL=1`.
    private static let step =
        ProcessInfo.processInfo.environment["LUUTRU_EVERY_CALL"] == "1" ? 1 : 13

    @Test(.timeLimit(.minutes(60)), arguments: Act.allCases)
    func `what is killed at a call of the network is before or after`(act: Act) throws {
        guard Program.isInstalled("strace") else { return print("not run: strace absent") }
        guard let server = try SeaweedServer.shared.get() else { return }
        let bucket = try server.makeBucket()
        var number = 1
        while true {
            let life = try Life(server, "s3://\(bucket)/kho-\(number)", act)
            let run = try life.killed(at: number, act)
            try life.finish(act, "\(act) killed at \(number)")
            if run.status == 0 { break }
            number += Self.step
        }
        #expect(number > 13)
    }
}
