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
            let report = try importingWhole(
                ArchiveLayout(root: root), request, card, ending, in: world, listening, verified)
            // The ledger that came is signed by the key of the archive that it came into.
            if report.isDone { try open(root, in: world, for: .writing).finish() }
            return report
        case .part(let card):
            let archive = try open(root, in: world, for: .writing)
            var part = PartImport(
                archive, request.source, isBare: false, progress: listening)
            let report = try part.run(card, verified())
            try archive.finish()
            return report
        case .bare:
            let archive = try open(root, in: world, for: .writing)
            var part = PartImport(
                archive, request.source, isBare: true, progress: listening)
            let report = try part.run(trusting: trusted?.certificates ?? [])
            try archive.finish()
            return report
        }
    }

    private static func importingWhole(
        _ layout: ArchiveLayout, _ request: ImportRequest, _ card: ExportCard,
        _ ending: ExportCard.Ending, in world: World, _ progress: @escaping (Int) throws -> Void,
        _ verify: () throws -> ExportVerification
    ) throws -> ImportReport {
        let configuration = try Configuration.read(layout, in: world)
        let lock = try ArchiveLock.take(layout, in: world)
        defer { withExtendedLifetime(lock) {} }
        var whole = WholeImport(
            layout, configuration, request.source, card, ending, in: world, progress: progress)
        return try whole.run(verifying: verify)
    }
}
