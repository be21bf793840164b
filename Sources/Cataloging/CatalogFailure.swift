import GRDB

/// Why the catalog cannot be read or written; it never shows what a record says.
package struct CatalogFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        /// There is no catalog at the path.
        case missing = "LT-CATALOG-MISSING"
        /// A file stands where a new catalog is to be made.
        case exists = "LT-CATALOG-EXISTS"
        /// The file is not a catalog of this program.
        case foreign = "LT-CATALOG-FOREIGN"
        /// A newer version of the program made the catalog.
        case newer = "LT-CATALOG-NEWER"
        /// An older version made the catalog, and it is opened for reading only.
        case older = "LT-CATALOG-OLDER"
        /// The file's structure is broken.
        case damaged = "LT-CATALOG-DAMAGED"
        /// Another program is writing.
        case busy = "LT-CATALOG-BUSY"
        /// The disk has no room.
        case full = "LT-CATALOG-FULL"
        /// The catalog or its folder may not be written.
        case readOnly = "LT-CATALOG-READ-ONLY"
        /// A row contradicts the rows already there: twice the same version, ordinal, entry or event.
        case contradiction = "LT-CATALOG-CONTRADICTION"
        /// A row's value is beyond what the catalog can hold.
        case value = "LT-CATALOG-VALUE"
        /// The database failed in another way.
        case failed = "LT-CATALOG-FAILED"
    }

    package let reason: Reason
    /// SQLite's extended result code, when the database said one.
    package let databaseCode: Int32?

    package init(_ reason: Reason, databaseCode: Int32? = nil) {
        self.reason = reason
        self.databaseCode = databaseCode
    }

    /// The stable code shown to people and programs.
    package var code: String { reason.rawValue }
}

extension CatalogFailure {
    init(_ error: DatabaseError) {
        let reason: Reason =
            switch error.resultCode {
            case .SQLITE_CORRUPT: .damaged
            case .SQLITE_NOTADB: .foreign
            case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
            case .SQLITE_FULL: .full
            // The file beside the database that readers share could not grow: there is no room for it.
            case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: .full
            case .SQLITE_READONLY, .SQLITE_PERM: .readOnly
            case .SQLITE_CANTOPEN: .missing
            case .SQLITE_CONSTRAINT: .contradiction
            case .SQLITE_TOOBIG, .SQLITE_MISMATCH: .value
            default: .failed
            }
        self.init(reason, databaseCode: error.extendedResultCode.rawValue)
    }

    /// Runs database work; what fails in it is a failure of the catalog, what others throw passes.
    static func translating<Result>(_ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let error as DatabaseError {
            throw CatalogFailure(error)
        }
    }
}
