import Cryptography
import Files
import Records
import Storage
package import SystemPackage

extension Archive {
    /// Imports an export, or a bare OCFL root of ours, into the fresh archive in a folder.
    package static func importing(
        _ request: ImportRequest, into root: FilePath, in world: World,
        progress: @escaping (Int) -> Void
    ) throws -> ImportReport {
        let listening: (Int) throws -> Void = { count in
            progress(count)
            try world.stopIfInterrupted()
        }
        let trusted =
            request.trust.isEmpty
            ? nil : SealTrust(try TrustAnchors.of(request.trust, volume: world.volume))
        func verified() throws -> ExportVerification {
            var verification = ExportVerification(
                request.source, trusting: trusted, volume: world.volume, progress: listening)
            try verification.run()
            return verification
        }
        switch try ImportSource(request.source, volume: world.volume) {
        case .whole(let card, let ending):
            let layout = ArchiveLayout(root: root)
            let configuration = try Configuration.read(layout, in: world)
            let lock = try ArchiveLock.take(layout, in: world)
            defer { withExtendedLifetime(lock) {} }
            var whole = WholeImport(
                layout, configuration, request.source, card, ending, in: world,
                progress: listening)
            return try whole.run(verifying: verified)
        case .part(let card):
            let archive = try open(root, in: world, for: .writing)
            var part = PartImport(
                archive, request.source, isBare: false, progress: listening)
            return try part.run(card, verified())
        case .bare:
            let archive = try open(root, in: world, for: .writing)
            var part = PartImport(
                archive, request.source, isBare: true, progress: listening)
            return try part.run(trusting: trusted?.certificates ?? [])
        }
    }
}
