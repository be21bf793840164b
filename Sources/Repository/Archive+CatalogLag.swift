import Cataloging
import Evidence
import Files
package import Records
import Storage

/// A catalog that does not have the ledger's last entries, as one that was put back or that a killed writer left.
extension Archive {
    /// Longer than a writer that is at work stands between an entry and its rows.
    private static let wait = Duration.milliseconds(250)
    private static let mostLooks = 3

    /// How many entries the ledger has more than the catalog; it costs the same however long the ledger is.
    package func catalogLag() throws -> Int64 {
        if let known = knownLag { return known }
        let lag = try isWriter ? 0 : lookedUpLag()
        knownLag = lag
        return lag
    }

    /// The finding of a catalog that is behind; nil where it has every entry.
    package func catalogFinding() throws -> Finding? {
        let lag = try catalogLag()
        guard lag > 0 else { return nil }
        return Finding(
            .catalogBehind, .warning, subject: "catalog.sqlite", ["count": String(lag)])
    }

    private func lookedUpLag() throws -> Int64 {
        guard let count = try countAtEnd() else { return 0 }
        var lag: Int64 = 0
        for look in 1...Self.mostLooks {
            lag = try max(0, count - (catalog.ledgerHead?.count ?? count))
            guard lag > 0 else { return 0 }
            if look < Self.mostLooks { world.pause(Self.wait) }
        }
        return lag
    }

    /// Entries as the ledger's end tells; nil where it tells nothing, of which others tell.
    private func countAtEnd() throws -> Int64? {
        do {
            return try ledger.end()?.count
        } catch let failure as FileFailure {
            try FileUnreadable.stopUnlessRot(failure)
            return nil
        }
    }
}
