import Foundation
import GRDB
package import Records

extension Catalog {
    /// When what a store holds of a dossier came into it; nil when it holds nothing of it. Nil is the primary store.
    package func arrival(
        of object: ObjectIdentifier, in store: ObjectIdentifier?
    ) throws -> Instant? {
        let sql =
            store == nil
            ? "SELECT packagedAt FROM version WHERE uuid = ? AND current = 1"
            : "SELECT at FROM copy WHERE uuid = ? AND store = ?"
        var arguments: StatementArguments = [object.uuidBytes]
        if let store { arguments += [store.uuidBytes] }
        return try read { database in
            try Int64.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
                .map { Instant(microseconds: $0) }
        }
    }
}
