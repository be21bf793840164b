import Cataloging
import Foundation
import Records

/// Fills a new catalog with documents that have no bytes anywhere, from lines of standard input.
///
/// A line is the dossier's number, fonds and title, and the document's ordinal, number, notation, kind as code
/// and word, date, organ and subject, with tabs between; a dossier's documents stand together.
enum Filling {
    static func fill(_ path: String) throws {
        let catalog = try Catalog.create(at: path)
        try catalog.write { writer in
            var row: VersionRow?
            var last = ""
            while let line = readLine() {
                let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
                    .map(String.init)
                guard parts.count == 11, let ordinal = Int(parts[3]) else {
                    throw CatalogFailure(.value)
                }
                if parts[0] != last {
                    row = try writer.add(version(parts))
                    last = parts[0]
                }
                if let row { try writer.add(document(ordinal, parts), to: row) }
            }
        }
    }

    private static func version(_ parts: [String]) throws -> CatalogedVersion {
        let number = parts[0]
        let hex = String(repeating: "0", count: max(0, 32 - number.utf8.count)) + number
        var bytes: [UInt8] = []
        var rest = hex[...]
        while let byte = UInt8(rest.prefix(2), radix: 16) {
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        // Version 4, variant 1: what a random identifier has.
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        guard let object = ObjectIdentifier(uuid: bytes),
            let digest = Digest(.sha512, bytes: [UInt8](repeating: 0, count: 64))
        else { throw CatalogFailure(.value) }
        return CatalogedVersion(
            object: object, version: 1,
            dossier: Dossier(
                fields: [
                    .arcFileCode: "H61." + number, .title: parts[2], .startDate: parts[8],
                ], arrangement: [.fonds: parts[1]]),
            documentCount: 10, pageCount: nil, payloadBytes: 0, tarName: number, tarBytes: 0,
            tarSHA512: digest, inventorySHA512: digest, packagedAt: Instant(seconds: 0),
            agent: "", objectPath: number)
    }

    private static func document(_ ordinal: Int, _ parts: [String]) throws -> CatalogedDocument {
        guard let digest = Digest(.sha256, bytes: [UInt8](repeating: 0, count: 32)) else {
            throw CatalogFailure(.value)
        }
        return CatalogedDocument(
            ordinal: ordinal, kind: .text,
            fields: [
                .docCode: "H61.\(parts[0]).\(ordinal)", .codeNumber: parts[4],
                .codeNotation: parts[5], .typeName: parts[6], .issuedDate: parts[8],
                .organName: parts[9], .subject: parts[10],
            ],
            typeWord: parts[7],
            entryPath: RelativePath("\(parts[0])/\(ordinal).xml"),
            originalName: "\(ordinal).xml", offset: 0, size: 0, sha256: digest,
            format: FormatIdentification(
                name: "", version: nil, puid: nil, mimeType: "", basis: .unknown))
    }
}
