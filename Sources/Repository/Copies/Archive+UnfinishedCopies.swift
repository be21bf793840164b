import Cataloging
import Files
import Records
import Storage

extension Archive {
    /// Completes what a killed run had brought into a copy store without a word for it, so that no audit takes it for damage.
    ///
    /// A version that came in without the root inventory that tells of it is no state of the object yet (invariant W6);
    /// one that is whole waits only for its receipt (invariant S1).
    func finishCopies(in copy: OpenedCopy, progress: @escaping (Int) throws -> Void) throws {
        // A store that went back is looked at as it was found.
        guard isWriter, !isLedgerBroken, !copy.isBack, let store = copy.ready as? DirectoryStore
        else { return }
        var unfinished: Set<ObjectIdentifier> = []
        do {
            // Empty folders and what was built aside are no damage either.
            try store.clearLeftovers()
            try catalog.forEachLacking(copy.entry.store) { lacking in
                if try store.isUnfinished(lacking.object, lacking.version, lacking.inventory) {
                    unfinished.insert(lacking.object)
                }
                return true
            }
        } catch let failure as FileFailure where isOfCopy(failure, copy.entry) {
            // The audit itself tells of a disk that does not answer.
            return
        }
        guard !unfinished.isEmpty else { return }
        _ = try sync([copy], only: unfinished, progress: progress)
    }
}

extension DirectoryStore {
    /// Whether an object is further than the last word for it: whole up to a version, or with one that no inventory tells of.
    func isUnfinished(
        _ object: ObjectIdentifier, _ version: Int, _ digest: Digest
    ) throws -> Bool {
        guard try objects.holds(object) else { return false }
        do {
            let (inventory, found) = try objects.inventory(of: object)
            let known = inventory.versions.count
            return try found == digest
                || known < version && objects.holds(object, version: known + 1)
        } catch is StorageFailure {
            return false
        }
    }
}
