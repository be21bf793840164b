import Cataloging
import Cryptography
import Evidence
import Files
import Records
import Storage
import SystemPackage

extension Archive {
    /// A batch that a crash left without its entry gets it when its token verifies, else it is set aside (invariant R1).
    func finishStamp() throws {
        let number = (try catalog.lastBatch()?.number ?? 0) + 1
        let place = BatchLayout(number, in: objects.layout.evidence)
        guard try world.volume.status(place.folder) != nil else { return }
        guard let (draft, token) = try provenBatch(at: place) else {
            return try setAside(place, as: "evidence-" + BatchLayout.name(number))
        }
        try record(try stampDraft(draft, token, more: ["recovered": true]))
        recovered.append("evidence/" + BatchLayout.name(number))
    }

    private func provenBatch(at place: BatchLayout) throws -> (BatchDraft, TimeStampToken)? {
        do {
            guard let draft = try BatchDraft.reading(self) else { return nil }
            let token = try TimeStampToken(
                der: world.volume.readAll(place.stamp, limit: TimeStampToken.largest))
            guard token.method == .sha512, token.imprint == draft.root else { return nil }
            let texts = [
                (place.profile, BatchTexts.profile),
                (place.readMe, BatchTexts.readMe(versions: draft.count, root: draft.root)),
            ]
            for (path, text) in texts
            where try world.volume.readAll(path, limit: 1 << 16) != Array(text.utf8) {
                return nil
            }
            let check = token.check(at: world.now().seconds, roots: try stampRoots())
            return check.problems.isEmpty ? (draft, token) : nil
        } catch is LeavesReader.Fault {
            return nil
        } catch is TimeStampProblem {
            return nil
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }

    /// Moves a folder of evidence to `recovered/`, under a name that is free, and enters it.
    func setAside(_ place: BatchLayout, as stem: String) throws {
        try world.volume.makeFolders(objects.layout.recovered)
        var name = stem
        var copy = 1
        while try world.volume.status(objects.layout.recovered.appending(name)) != nil {
            copy += 1
            name = stem + "-\(copy)"
        }
        try world.volume.rename(
            place.folder, to: objects.layout.recovered.appending(name))
        try world.volume.synchronizeFolder(objects.layout.evidence)
        try world.volume.synchronizeFolder(objects.layout.recovered)
        try record(
            draft(
                LedgerAct.recovery, "quarantine", outcome: .warning,
                facts: ["moved": .string("recovered/" + name)]))
        recovered.append("recovered/" + name)
    }
}
