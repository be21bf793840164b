import Bundles
import Cataloging
import Cryptography
import Files
import Records
import Retrieval
import Storage

/// One document of a dossier with the METS files that lead from it to the sums of a version.
struct ProofDocument {
    let files: [ProofFile]
    let claims: ProofClaims.Document

    private static let largestMETS: Int64 = 1 << 30

    init(
        _ archive: Archive, _ newest: CatalogedVersion, _ document: CatalogedDocument,
        _ progress: (Int) throws -> Void
    ) throws {
        let folder = newest.object.fileName + "/"
        let path = String(document.entryPath.text.dropFirst(folder.count))
        let parts = path.split(separator: "/")
        guard document.entryPath.text.hasPrefix(folder), parts.count > 3 else {
            throw DeliveryFailure.damaged
        }
        let mets = parts.prefix(2).joined(separator: "/") + "/" + BundleLayout.mets
        let inner = try Self.newest(mets, archive, newest)
        let outer = try Self.newest(BundleLayout.mets, archive, newest)
        let tar = try archive.openTar(of: newest.object, version: document.tarVersion)
        let sha512 = try Self.digest(of: document, in: tar, progress)
        files = [
            ProofFile(
                ProofNames.document(named: document.originalName), from: tar,
                at: document.offset, size: document.size, sha512: sha512),
            ProofFile(ProofNames.record(mets), inner),
            ProofFile(ProofNames.record(BundleLayout.mets), outer),
        ]
        let listed = ShownDossier.Listed(document)
        let metsSHA256 = Digest(sha256: Hasher.digest(.sha256, of: inner))
        claims = ProofClaims.Document(
            ordinal: document.ordinal, path: path, name: document.originalName,
            title: listed.title, number: listed.number, issued: listed.issued,
            sha256: document.sha256, mets: mets, metsSHA256: metsSHA256)
    }

    /// The METS file as the newest of the tars up to a version has it.
    private static func newest(
        _ path: String, _ archive: Archive, _ newest: CatalogedVersion
    ) throws -> [UInt8] {
        let wanted = BundleLayout(object: newest.object, version: newest.version).entry(path)
        for version in (1...newest.version).reversed() {
            let tar = try archive.openTar(of: newest.object, version: version)
            var place: BundleScan.Entry?
            try BundleScan.forEachEntry(of: tar) { if $0.path == wanted { place = $0 } }
            guard let place else { continue }
            guard place.size <= largestMETS else { throw DeliveryFailure.damaged }
            return try tar.bytes(at: place.offset, count: Int(place.size))
        }
        throw DeliveryFailure.damaged
    }

    /// SHA-512 of the document, whose SHA-256 must be what the package says.
    private static func digest(
        of document: CatalogedDocument, in tar: any OpenFile, _ progress: (Int) throws -> Void
    ) throws -> Digest {
        let buffer = WorkBuffer(count: 1 << 20)
        let (small, large) = (Hasher(.sha256), Hasher(.sha512))
        var done: Int64 = 0
        while done < document.size {
            let room = buffer.prefix(Int(min(Int64(buffer.bytes.count), document.size - done)))
            guard try tar.fill(room, at: document.offset + done) == room.count else {
                throw DeliveryFailure.damaged
            }
            small.update(UnsafeRawBufferPointer(room))
            large.update(UnsafeRawBufferPointer(room))
            done += Int64(room.count)
            try progress(room.count)
        }
        guard small.finalizeAndReset() == document.sha256.bytes,
            let digest = Digest(.sha512, bytes: large.finalizeAndReset())
        else { throw DeliveryFailure.damaged }
        return digest
    }
}
