import Evidence
import Files
import Records

/// What the ledger was when a run had proved all of it, and how the file system told of its file (`design.md` R3).
///
/// It is compared as a text: what cannot be read, or is of another form, is no mark.
struct LedgerMark: Hashable {
    /// By what a change of a file is seen that leaves its length as it was; no program can set the time of change.
    struct Identity: Hashable {
        let inode: UInt64
        let size: Int64
        /// Nanoseconds of the last change of anything about the file.
        let changed: Int64
        /// Microseconds of the last change of its bytes.
        let modified: Int64

        init(_ status: FileStatus) {
            inode = status.inode
            size = status.size
            changed = status.changed
            modified = status.modified
        }
    }

    let identity: Identity
    let head: LedgerHead
    /// Root of the tree that was signed last; nil before the first.
    let root: TreeHash?

    /// Four lines: the form, the ledger's end, the signed root, the file.
    var text: String {
        """
        luutru ledger mark 1
        \(head.size) \(head.count) \(head.last.hex)
        \(root?.text ?? "-")
        \(identity.inode) \(identity.size) \(identity.changed) \(identity.modified)

        """
    }

    static let limit = 4096
}
