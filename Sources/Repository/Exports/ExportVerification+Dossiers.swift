import Evidence
import Files
import Records
import Storage
import SystemPackage

/// The dossiers of an export, each judged with its bundles and seals.
extension ExportVerification {
    mutating func checkObjects(_ ending: ExportCard.Ending) throws {
        let store = ObjectStore(layout: StoreLayout(root: layout.root), volume: volume)
        let rootFindings = try RootInspection.findings(of: store, volume: volume)
        findings += rootFindings
        var unseen = survey.inventories
        if try volume.status(layout.objects)?.kind == .folder {
            var found: [(ObjectIdentifier?, FilePath)] = []
            try store.forEachObject { found.append(($0, $1)) }
            for (object, folder) in found {
                guard let object, folder == store.folder(of: object),
                    let inventory = unseen.removeValue(forKey: object)
                else {
                    let name = object?.text ?? folder.lastComponent?.string ?? ""
                    report(.objectWithoutEntry, name)
                    continue
                }
                try check(object, in: store, inventory)
            }
        }
        reportUnseen(unseen.keys.sorted(), ending)
    }

    private mutating func check(
        _ object: ObjectIdentifier, in store: ObjectStore, _ inventory: Digest
    ) throws {
        let stored = StoredObject(
            object, in: store, volume: volume, trusting: trust, inventory: inventory)
        let check: StoredObject.Check
        do {
            check = try stored.check(progress: progress)
        } catch let failure as FileFailure {
            // One file that cannot be read must not hide what is the matter with the others.
            try FileUnreadable.stopUnlessRot(failure)
            refused.insert(object)
            return report(
                .fileUnreadable, object.text + "/" + (failure.path.lastComponent?.string ?? ""),
                ["reason": failure.errno.description])
        }
        counts.dossiers += 1
        signer = signer ?? check.signer
        guard check.verdict != .valid else {
            accepted.insert(object)
            findings += check.findings
            return
        }
        refused.insert(object)
        if check.verdict == .untrusted {
            trustFindings += check.findings
        } else {
            findings += check.findings
        }
    }

    mutating func checkDossiers(
        _ form: ExportRequest.Form, _ ending: ExportCard.Ending
    ) throws {
        var unseen = survey.sums
        let isThere = try volume.status(layout.dossiers)?.kind == .folder
        for entry in isThere ? try volume.list(layout.dossiers) : [] {
            let place = layout.dossiers.appending(entry.name)
            guard entry.kind == .folder, let object = try object(in: place),
                let sums = unseen.removeValue(forKey: object)
            else {
                report(.exportFileExtra, "dossiers/" + entry.name.string)
                continue
            }
            try check(object, in: place, sums, form)
            counts.dossiers += 1
        }
        reportUnseen(unseen.keys.sorted(), ending)
    }

    private mutating func check(
        _ object: ObjectIdentifier, in place: FilePath, _ sums: [Digest],
        _ form: ExportRequest.Form
    ) throws {
        var check = UnpackedCheck(
            object, in: place, expecting: sums, form: form, volume: volume, trusting: trust)
        do {
            try check.run()
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            report(
                .fileUnreadable, object.text + "/" + (failure.path.lastComponent?.string ?? ""),
                ["reason": failure.errno.description])
        }
        findings += check.findings
        trustFindings += check.trustFindings
        signer = signer ?? check.signer
    }

    /// The dossier whose files lie in a folder, by the names they have.
    private func object(in folder: FilePath) throws -> ObjectIdentifier? {
        for entry in try volume.list(folder) {
            let stem = entry.name.string.split(separator: ".").first ?? ""
            if let object = ObjectIdentifier(stem) { return object }
        }
        return nil
    }

    private mutating func reportUnseen(
        _ objects: [ObjectIdentifier], _ ending: ExportCard.Ending
    ) {
        let excused = Set(ending.missing.map(\.object))
        for object in objects {
            report(
                .exportDossierMissing, excused.contains(object) ? .warning : .error, object.text)
        }
    }
}
