import Cryptography
import Foundation

/// A folder of a test's own in which the openssl program works beside the archive.
final class Workbench {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appending(path: "luutru-seal-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Puts a file in the folder.
    func write(_ bytes: [UInt8], as name: String) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    /// A file of the folder.
    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: folder.appending(path: name)))
    }

    /// Runs openssl in the folder; words are parted at spaces.
    @discardableResult
    func openssl(_ words: String) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + words.split(separator: " ").map { String($0) }
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

/// An agency's key and certificate, and a seal made with them.
struct Sealer {
    static let agency = "Ủy ban nhân dân tỉnh Vĩnh Long"
    static let sums = Array("sha512 00 H61.12.tar\n".utf8)
    /// 2026-01-02T03:04:05Z.
    static let time: Int64 = 1_767_323_045
    static let year: Int64 = 31_557_600

    let key: SealKey
    let certificate: Certificate

    init(
        _ kind: SealKey.Kind = .p256, serial: UInt8 = 1, notBefore: Int64 = time - 60,
        notAfter: Int64 = time + 20 * year
    ) throws {
        key = try SealKey.generate(kind)
        certificate = try Certificate.selfSigned(
            key: key, agencyName: Self.agency, agencyCode: "H61.12", commonName: "Con dấu lưu trữ",
            serial: [serial] + (2...16), notBefore: notBefore, notAfter: notAfter)
    }

    func seal(
        _ content: [UInt8] = sums, at time: Int64 = time, chain: [Certificate] = []
    ) throws -> [UInt8] {
        try Seal.make(
            content: content, key: key, certificate: certificate, chain: chain, signingTime: time)
    }
}

extension SealVerdict {
    var isBroken: Bool { if case .broken = self { true } else { false } }
    var isUntrusted: Bool { if case .untrusted = self { true } else { false } }
    var isTrusted: Bool { if case .trusted = self { true } else { false } }
}
