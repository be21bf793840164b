import Cryptography
import Evidence
import Files
import Foundation
import Records
import Rehearsal
import Repository
import SystemPackage
import Testing

/// An archive with proofs taken from it, and a shell with nothing but what `verify.sh` says it needs.
final class ProofFolder {
    let folder: TestFolder
    private let start: Int64
    private let root: FilePath

    /// Names that people give files, and that tools stumble over; the last two are in NFC and NFD.
    static let awkwardNames = [
        "a b&c 'd'.txt", "100% \"x\" #1 [2] {3}.pdf", "-rf $(id) `id`;*?.txt", "a\\b|c^d~.txt",
        "Quyết định.txt".precomposedStringWithCanonicalMapping,
        "Nghị quyết.txt".decomposedStringWithCanonicalMapping,
    ]

    /// The clock of the machine, a day ago, unless another is given: openssl judges certificates by the real one.
    init(
        from start: Int64 = Int64(Date().timeIntervalSince1970) - 86_400,
        withTrialAuthority isTrial: Bool = true
    ) throws {
        self.start = start
        folder = try TestFolder()
        root = try folder.makeArchive(
            in: TestWorld.make(from: Instant(seconds: start)), withTrialAuthority: isTrial)
    }

    private func instant(_ minutes: Int64) -> Instant { Instant(seconds: start + minutes * 60) }

    func path(_ name: String) -> FilePath { folder.path(name) }

    /// Names an authority in the configuration that answers at an hour.
    func configure(_ authority: Authority, _ minutes: Int64) throws {
        let path = root.string + "/luutru.yaml"
        let old = try String(contentsOfFile: path, encoding: .utf8)
        let url = "\(authority.url)good/\(instant(minutes).seconds)"
        try (old + "tsa:\n  - url: \"\(url)\"\n    roots: \"\(authority.roots)\"\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Names an authority whose certificate leads to what its issuer says of it.
    func configure(_ authority: IssuingAuthority, _ name: String, _ minutes: Int64) throws {
        let path = root.string + "/luutru.yaml"
        let old = try String(contentsOfFile: path, encoding: .utf8)
        let before = old.components(separatedBy: "tsa:\n").first ?? ""
        let url = "\(authority.url)\(name)/\(instant(minutes).seconds)"
        try (before + "tsa:\n  - url: \"\(url)\"\n    roots: \"\(authority.roots)\"\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
    }

    private func world(_ minutes: Int64) -> World {
        TestWorld.make(seed: UInt64(minutes), from: instant(minutes))
    }

    private func writing<Result>(
        _ minutes: Int64, _ work: (Archive) throws -> Result
    ) throws -> Result {
        let archive = try Archive.open(root, in: world(minutes), for: .writing)
        let result = try work(archive)
        try archive.finish()
        return result
    }

    /// Packages a small dossier.
    func keep(_ number: Int) throws -> ObjectIdentifier {
        let dossier = try folder.makeDossier("ho-so-\(number)", notation: "\(number).CĐS")
        return try package(dossier, 10 * Int64(number))
    }

    private func package(_ dossier: FilePath, _ minutes: Int64) throws -> ObjectIdentifier {
        let found = try Archive.package(dossier, into: root, in: world(minutes))
        guard case .packaged(let packaged) = found.result else {
            throw ArchiveFailure(.usage, subject: "\(found.findings)")
        }
        return packaged.object
    }

    /// Packages a dossier of the awkward names.
    func keepAwkward() throws -> ObjectIdentifier {
        _ = try folder.makeDossier("kho-khan", documents: 1)
        var rows = [
            "file,typeName,codeNumber,codeNotation,issuedDate,organName,subject,language,numberOfPage,mode"
        ]
        for (number, name) in Self.awkwardNames.enumerated() {
            try Data("\(number) \(name)\n".utf8).write(
                to: URL(filePath: folder.path("kho-khan").string + "/" + name))
            let quoted = "\"" + name.replacingOccurrences(of: "\"", with: "\"\"") + "\""
            rows.append(
                "\(quoted),02,\(number + 1),QĐ-UBND,0\(number + 1)/03/2024,UBND tỉnh,"
                    + "Quyết định <b>\(number)</b> & \"thứ\",01,1,01")
        }
        try folder.write(
            rows.joined(separator: "\r\n") + "\r\n", to: "kho-khan/documents.csv")
        try FileManager.default.removeItem(
            atPath: folder.path("kho-khan").string + "/Văn bản 1.txt")
        return try package(folder.path("kho-khan"), 10)
    }

    func stamp(_ minutes: Int64) throws { _ = try writing(minutes) { try $0.stamp() } }

    func renew(_ minutes: Int64, hashTree: Bool = false) throws {
        _ = try writing(minutes) {
            try $0.renewEvidence(
                RenewalRequest(isForced: true, isHashTree: hashTree), progress: { _ in })
        }
    }

    func rotateLedgerKey(_ minutes: Int64) throws {
        _ = try writing(minutes) { try $0.rotateLedgerKey(isOldLost: false) }
    }

    /// Puts a time-stamp of the trial authority beside the ledger's checkpoint; gives the checkpoint's size.
    func stampCheckpoint(_ minutes: Int64) throws -> Int64 {
        let ledger = root.appending("stores/chinh/ledger")
        let bytes = try DiskVolume().readAll(ledger.appending("checkpoint"), limit: 1 << 20)
        let time = instant(minutes).seconds
        let authority = TrialAuthority(
            key: try SealKey.reading(
                pem: DiskVolume().readAll(root.appending("keys/tsa.key"), limit: 1 << 20),
                passphrase: nil),
            certificate: try Certificate.reading(
                pem: DiskVolume().readAll(root.appending("keys/tsa.crt"), limit: 1 << 20))[0])
        let request = try TimeStampRequest(
            imprint: DigestMethod.sha512.digest(of: bytes), method: .sha512,
            nonce: Array(1...16))
        let answer = try authority.answer(to: request.der, now: time, serial: Array(1...16))
        let token = try TimeStampResponse(der: answer).token(
            for: request, now: time, tolerance: 5)
        try DiskVolume().writeDurably(bytes, to: ledger.appending("checkpoint.stamped"))
        try DiskVolume().writeDurably(token.der, to: ledger.appending("checkpoint.tst"))
        let note = try #require(SignedNote(reading: bytes))
        return try #require(Checkpoint(note.text)).size
    }

    func audit(_ minutes: Int64) throws {
        let archive = try Archive.open(root, in: world(minutes), for: .auditing)
        _ = try archive.audit([], progress: { _ in })
        try archive.finish()
    }

    func amend(_ object: ObjectIdentifier, _ minutes: Int64) throws {
        _ = try writing(minutes) {
            var request = AmendRequest(dossier: object.text, reason: "Sửa tên")
            request.sets = ["title=Tên mới"]
            return try $0.amend(
                request, isDryRun: false, passphrase: nil, progress: { _ in })
        }
    }

    @discardableResult
    func prove(
        _ object: ObjectIdentifier, document: String? = nil, version: Int? = nil, to name: String,
        on volume: any Volume = DiskVolume()
    ) throws -> ProofAnswer {
        let world = TestWorld.make(volume, seed: 200, from: instant(200))
        let archive = try Archive.open(root, in: world, for: .reading)
        return try archive.prove(
            ProofQuestion(
                record: object.text, document: document, version: version,
                target: folder.path(name)), progress: { _ in })
    }

    func verify(
        _ name: String, withArchive: Bool = true, trustingSeal: Bool = false
    ) throws -> VerificationReport {
        var verification = Verification(
            archive: withArchive ? root : nil,
            trust: trustingSeal ? [root.appending("keys/seal.crt")] : [], version: nil,
            world: world(300), progress: { _ in })
        return try verification.verify(name, at: folder.path(name))
    }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: folder.path(name).string)))
    }

    func write(_ bytes: [UInt8], _ name: String) throws {
        try Data(bytes).write(to: URL(filePath: folder.path(name).string))
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.path(name).string)
    }

    /// Changes a byte of a dossier's tar in the store.
    func damage(_ object: ObjectIdentifier) throws {
        let walk = FileManager.default.enumerator(atPath: root.string)
        while let name = walk?.nextObject() as? String {
            guard name.hasSuffix(object.fileName + ".v1.tar") else { continue }
            let file = URL(filePath: root.string + "/" + name)
            var bytes = try Data(contentsOf: file)
            bytes[bytes.count / 2] ^= 1
            try bytes.write(to: file)
        }
    }

    /// Unpacks with another program's reader; gives the one folder in it.
    func unpack(_ name: String) throws -> URL {
        let target = folder.path("ra-" + name).string
        try? FileManager.default.removeItem(atPath: target)
        let run = try Self.run(
            "/usr/bin/env", ["python3", "-m", "zipfile", "-e", folder.path(name).string, target])
        guard run.status == 0,
            let inner = try FileManager.default.contentsOfDirectory(atPath: target).first
        else { throw ArchiveFailure(.usage, subject: run.output) }
        return URL(filePath: target + "/" + inner)
    }

    /// The names of a proof's files below its folder.
    func files(of name: String) throws -> [String] {
        let inner = try unpack(name)
        return try FileManager.default.subpathsOfDirectory(atPath: inner.path).filter {
            FileManager.default.contents(atPath: inner.path + "/" + $0) != nil
        }.sorted()
    }

    func text(_ name: String, _ file: String) throws -> String {
        try String(contentsOf: unpack(name).appending(path: file), encoding: .utf8)
    }

    /// Makes list and script fit files that were exchanged, as a forger would.
    func relist(_ inner: URL) throws {
        let list = inner.appending(path: "SHA512SUMS").path
        let old = try Self.run("/bin/sh", ["-c", "sha512sum \(list) | cut -d' ' -f1"]).output
        _ = try Self.run(
            "/bin/sh",
            [
                "-c",
                "cd \(inner.path) && cut -c131- SHA512SUMS | xargs sha512sum >n && mv n SHA512SUMS",
            ])
        let new = try Self.run("/bin/sh", ["-c", "sha512sum \(list) | cut -d' ' -f1"]).output
        let script = inner.appending(path: "verify.sh")
        let text = try String(contentsOf: script, encoding: .utf8)
        try text.replacingOccurrences(of: old.dropLast(), with: new.dropLast())
            .write(to: script, atomically: true, encoding: .utf8)
    }

    func runScript(of name: String) throws -> (status: Int32, output: String) {
        try runScript(in: unpack(name))
    }

    /// Runs the script in a bare shell: no environment, no programs but those it names.
    func runScript(in inner: URL, at second: String = "") throws -> (status: Int32, output: String)
    {
        let bin = folder.path("bin").string
        if !FileManager.default.fileExists(atPath: bin) {
            try FileManager.default.createDirectory(
                atPath: bin, withIntermediateDirectories: true)
            for tool in [
                "openssl", "sha512sum", "awk", "cat", "cut", "grep", "mkdir", "rm", "sed", "sort",
                "tail",
            ] {
                let found = ["/usr/bin/", "/bin/"].first {
                    FileManager.default.fileExists(atPath: $0 + tool)
                }
                try FileManager.default.createSymbolicLink(
                    atPath: bin + "/" + tool, withDestinationPath: (found ?? "/usr/bin/") + tool)
            }
        }
        let shell = FileManager.default.fileExists(atPath: "/bin/dash") ? "/bin/dash" : "/bin/sh"
        return try Self.run(
            "/usr/bin/env", ["-i", "PATH=" + bin, shell, inner.path + "/verify.sh", second])
    }

    private static func run(
        _ program: String, _ words: [String]
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = words
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: said, as: UTF8.self))
    }
}

/// Where the structures of a ZIP begin.
enum ZIPPlaces {
    static func headers(in bytes: [UInt8]) -> [Int] {
        places(of: [0x50, 0x4B, 3, 4], bytes) + directory(in: bytes)
            + places(of: [0x50, 0x4B, 5, 6], bytes)
    }

    static func directory(in bytes: [UInt8]) -> [Int] { places(of: [0x50, 0x4B, 1, 2], bytes) }

    private static func places(of mark: [UInt8], _ bytes: [UInt8]) -> [Int] {
        bytes.indices.dropLast(mark.count).filter { start in
            bytes[start] == mark[0] && bytes[start + 1] == mark[1] && bytes[start + 2] == mark[2]
                && bytes[start + 3] == mark[3]
        }
    }
}
