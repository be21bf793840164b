import Files
import Records
import Storage
import SystemPackage

/// The primary store's own folders are folders, or nothing is written there: a link would lead it out of the store.
extension Archive {
    /// Looks at each of them once; false where an audit, which says so, must not enter anything.
    func areOwnPlacesRight(for purpose: Purpose) throws -> Bool {
        wrongPlaces = try objects.layout.wrongPlaces(world.volume)
        guard !wrongPlaces.isEmpty else { return true }
        // Without a ledger to read an audit says no more than the failure does.
        let entries = objects.layout.root.appending(CopyLedgerRepair.path)
        guard purpose == .auditing, try world.volume.status(entries)?.kind == .file else {
            throw misplaced
        }
        isLedgerBroken = true
        areEntriesSuspect = true
        return false
    }

    /// Refuses to write where one of them was another thing when the archive was opened.
    func requireOwnPlaces() throws {
        guard wrongPlaces.isEmpty else { throw misplaced }
    }

    private var misplaced: ArchiveFailure {
        ArchiveFailure(
            .storePlaceWrong, subject: objects.layout.root.string,
            ["found": wrongPlaces.map(\.text).joined(separator: ", ")])
    }
}
