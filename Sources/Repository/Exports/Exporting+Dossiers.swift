import Bundles
import Cryptography
import Files
import Records
import Retrieval
import Storage
import SystemPackage

/// The dossiers of an export unpacked or as ZIP, each with its seal beside it.
extension Exporting {
    /// A dossier's tars, open, with what else its versions hold.
    private struct Opened {
        let tars: [any OpenFile]
        let digests: [Digest]
        /// Content files that are not tars, by path below the object.
        let beside: [(path: String, digest: Digest)]
    }

    func copyDossiers() throws {
        for item in selection.items {
            let folder = layout.dossiers.appending(item.place)
            do {
                let files = try copyDossier(item, to: folder)
                for (path, copied) in files {
                    let place = Array("dossiers/\(item.place)/".utf8) + path.bytes
                    try manifest.add(RelativePath(bytes: place), copied)
                    fileDone()
                }
                manifest.count { $0.dossiers += 1 }
            } catch let failure as DossierFault {
                try leaveOut(item, failure.findings, in: folder, below: layout.dossiers)
            }
        }
    }

    /// Why one dossier cannot leave; the others can.
    private struct DossierFault: Error {
        let findings: [Finding]
    }

    private func copyDossier(_ item: ExportSelection.Item, to folder: FilePath) throws
        -> [(RelativePath, FileCopy.Copied)]
    {
        let source = archive.objects.folder(of: item.object)
        do {
            let opened = try open(item, in: source)
            try archive.world.volume.makeDurableFolders(folder)
            var files = try copyPackage(item, opened, to: folder)
            for file in opened.beside {
                let name = file.path.split(separator: "/").last.map { String($0) } ?? ""
                let copied = try copy.copy(
                    source.appending(file.path), expecting: file.digest,
                    to: folder.appending(name))
                files.append((RelativePath(name), copied))
            }
            return files.sorted { $0.0 < $1.0 }
        } catch DeliveryFailure.damaged {
            throw fault(item, .contentDigestWrong)
        } catch FileCopy.SourceFailure.different(let found, _) {
            throw fault(item, .contentDigestWrong, ["found": found.hex])
        } catch FileCopy.SourceFailure.unreadable(let failure) {
            throw try fault(item, failure, isSource: true)
        } catch let failure as FileFailure {
            throw try fault(item, failure, isSource: failure.path.starts(with: source))
        } catch let failure as StorageFailure {
            throw fault(
                item, failure.reason == .missing ? .objectMissing : .inventoryUnreadable)
        }
    }

    private func fault(
        _ item: ExportSelection.Item, _ code: FindingCode, _ facts: [String: String] = [:]
    ) -> DossierFault {
        DossierFault(findings: [Finding(code, subject: item.object.text, facts)])
    }

    /// Rot of the source, or a name that the target's disk cannot hold; anything else stops the run.
    private func fault(_ item: ExportSelection.Item, _ failure: FileFailure, isSource: Bool) throws
        -> DossierFault
    {
        if isSource {
            try FileUnreadable.stopUnlessRot(failure)
            return fault(item, .fileUnreadable, ["reason": failure.errno.description])
        }
        let impossible: [Errno] = [
            .fileNameTooLong, .notDirectory, .isDirectory, .illegalByteSequence, .invalidArgument,
        ]
        guard impossible.contains(failure.errno) else { throw failure }
        return fault(item, .exportNameImpossible, ["reason": failure.errno.description])
    }

    private func open(_ item: ExportSelection.Item, in source: FilePath) throws -> Opened {
        let (inventory, digest) = try archive.objects.inventory(of: item.object)
        guard digest == item.inventory else { throw fault(item, .inventoryReplaced) }
        var rest = inventory.manifest
        var tars: [any OpenFile] = []
        var digests: [Digest] = []
        for number in 1...inventory.versions.count {
            let path =
                "v\(number)/content/" + BundleLayout(object: item.object, version: number).tar
            guard let expected = rest.removeValue(forKey: path) else { continue }
            tars.append(try archive.world.volume.open(source.appending(path)))
            digests.append(expected)
        }
        guard !tars.isEmpty else { throw fault(item, .contentMissing) }
        return Opened(
            tars: tars, digests: digests,
            beside: rest.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }

    private func copyPackage(_ item: ExportSelection.Item, _ opened: Opened, to folder: FilePath)
        throws -> [(RelativePath, FileCopy.Copied)]
    {
        let entries = try BundleUnpacking(
            opened.tars, expecting: opened.digests, buffer: buffer, progress: progress
        ).entries()
        guard form == .folders else {
            let name = item.object.fileName + ".zip"
            return [
                (RelativePath(name), try copyZIP(entries, opened, to: folder.appending(name)))
            ]
        }
        return try entries.map { entry in
            let target = folder.appending(bytes: entry.path.bytes)
            try archive.world.volume.makeFolders(target.removingLastComponent())
            let copied = try copy.copy(
                opened.tars[entry.tar], at: entry.offset, size: entry.size,
                expecting: entry.sha512, to: target)
            return (entry.path, copied)
        }
    }

    /// A ZIP that is there is compared with the one that would be written.
    private func copyZIP(_ entries: [BundleUnpacking.Entry], _ opened: Opened, to target: FilePath)
        throws -> FileCopy.Copied
    {
        let volume = archive.world.volume
        if try volume.status(target) != nil {
            let hasher = Cryptography.Hasher(.sha512)
            var size: Int64 = 0
            try UnpackedZIP.write(
                entries, from: opened.tars, buffer: buffer, progress: progress
            ) { piece in
                hasher.update(piece)
                size += Int64(piece.count)
            }
            if let digest = Digest(.sha512, bytes: hasher.finalizeAndReset()),
                try copy.isRight(target, size: size, digest)
            {
                return FileCopy.Copied(size: size, sha512: digest, isKept: true)
            }
        }
        let draft = try FileDraft(aside: layout.aside, volume: volume)
        try UnpackedZIP.write(entries, from: opened.tars, buffer: buffer, progress: progress) {
            try draft.append($0)
        }
        return try draft.finish(as: target)
    }
}
