import Cataloging
import Cryptography
import Dossiers
import Files
import Formats
package import Records
package import SystemPackage

/// Packages dossier folders in their order: examined, bundled, sealed, stored, entered, cataloged.
///
/// Several are written one after another and their tars hashed side by side (`docs/decisions/0028-files-side-by-side.md`);
/// what is kept, and in which order, is as if each had come alone.
package final class Packaging {
    let archive: Archive
    let identifier: ObjectIdentifier?
    let progress: (Int) -> Void
    let fileDone: () -> Void
    private let seal: (any SealSigner)?
    private let expect: (Int64) -> Void
    private let formats: FormatIdentifier
    /// Folders of this run by archive file code: two with one code are told apart before anything is written.
    private var seen: [String: FilePath] = [:]
    var group = PackagingGroup()

    init(
        archive: Archive, identifier: ObjectIdentifier?, seal: (any SealSigner)?,
        expect: @escaping (Int64) -> Void, progress: @escaping (Int) -> Void,
        fileDone: @escaping () -> Void
    ) {
        self.archive = archive
        formats = FormatIdentifier(pages: archive.world.pages)
        self.identifier = identifier
        self.seal = seal
        self.expect = expect
        self.progress = progress
        self.fileDone = fileDone
    }

    /// Packages folders and gives what came of each, in their order, when it is certain.
    ///
    /// What is wrong with a dossier is a rejection, what is wrong with the disk an error; a folder whose outcome was not given
    /// is then not archived, or its entry stands already and the next command that writes ends it.
    package func package(_ folders: [FilePath], give: (PackageOutcome) -> Void) throws {
        do {
            for folder in folders {
                try package(folder, isAlone: folders.count == 1, give)
                if try !group.waits(freeSpace: freeSpace) { try keepGroup(give) }
            }
            try keepGroup(give)
        } catch {
            // What was written before is whole, whatever came of this one.
            try? keepGroup(give)
            throw error
        }
    }

    /// Packages one folder.
    package func package(_ folder: FilePath) throws -> PackageOutcome {
        var outcome: PackageOutcome?
        try package([folder]) { outcome = $0 }
        guard let outcome else { throw ArchiveFailure(.interrupted, subject: folder.string) }
        return outcome
    }

    private func package(
        _ folder: FilePath, isAlone: Bool, _ give: (PackageOutcome) -> Void
    ) throws {
        try archive.world.stopIfInterrupted()
        var dossier = try examine(folder)
        if dossier.closed?.dossier.links.isEmpty == false, !group.isEmpty {
            // It may name one that is about to be kept.
            try keepGroup(give)
            dossier = try examine(folder)
        }
        if let code = dossier.code { seen[code] = folder }
        guard let closed = dossier.accepted else {
            return group.add(.given(dossier.outcome(.rejected)))
        }
        guard let seal else {
            return group.add(
                .given(
                    dossier.outcome(
                        .examined(documents: dossier.documents, bytes: dossier.bytes))))
        }
        expect(dossier.bytes)
        let isLarge = PackagingGroup.isTooLarge(dossier.bytes)
        group.add(try write(dossier, closed, sealing: seal, isOneOfSeveral: !isAlone && !isLarge))
    }

    private var freeSpace: Int64 {
        get throws { try archive.world.volume.freeSpace(archive.layout.work) }
    }

    private func examine(_ folder: FilePath) throws -> ExaminedDossier {
        let examination = try DossierExamination.examine(
            folder: folder, volume: archive.world.volume, identifier: formats,
            fondsCode: archive.configuration.fondsCode)
        var others: [Finding] = []
        if let code = examination.code, let other = seen[code], seal == nil {
            others.append(
                Finding(
                    .alreadyArchived, subject: folder.string, ["code": code, "id": other.string]))
        }
        let ours = archive.configuration.agencyCode
        if let organ = examination.closed?.dossier.arrangement[.organId], organ != ours {
            others.append(
                Finding(
                    .agencyDiffers, .warning, subject: folder.string,
                    ["organ": organ, "agency": ours]))
        }
        var closed = examination.closed
        if let dossier = examination.closed?.dossier {
            others += try archive.arrangementFindings(of: dossier, in: folder.string)
            let known = Set(seen.keys).union(examination.code.map { [$0] } ?? [])
            let linking = try archive.linking(dossier, as: identifier, expecting: known)
            others += linking.findings
            closed = closed?.linked(linking.links)
        }
        return ExaminedDossier(
            folder: folder, code: examination.code, documents: examination.documentCount,
            bytes: examination.bytes, closed: closed, found: examination.findings,
            holders: try holders(of: examination.code, folder), others: others)
    }

    /// Who has the code of a folder's dossier already, or one that is found by it as well.
    func holders(of code: String?, _ folder: FilePath) throws -> [Finding] {
        guard let code else { return [] }
        if let holder = try archive.catalog.existing(code: code) {
            return [
                Finding(
                    .alreadyArchived, subject: folder.string, ["code": code, "id": holder.text])
            ]
        }
        let holder = try archive.catalog.holder(ofCode: code, but: nil, document: nil)
        return holder.map { [Archive.finding(code, $0, in: folder.string)] } ?? []
    }
}

extension Archive {
    /// Prepares to package; without a dry run the seal's key is opened first, so that no work is lost to it.
    package func packaging(
        identifier: ObjectIdentifier?, isDryRun: Bool, passphrase: [UInt8]?,
        expect: @escaping (Int64) -> Void = { _ in }, progress: @escaping (Int) -> Void,
        fileDone: @escaping () -> Void
    ) throws -> Packaging {
        Packaging(
            archive: self, identifier: identifier,
            seal: isDryRun ? nil : try sealingKey(passphrase),
            expect: expect, progress: progress, fileDone: fileDone)
    }
}
