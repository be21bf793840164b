package import Records

/// A file of `policy/` that a ledger entry adopted.
package struct CatalogedPolicy: Hashable, Sendable {
    /// `fonds-0001.json`.
    package let file: String
    package let kind: String
    package let number: Int
    /// The adopting entry.
    package let sequence: Int64
    /// Where its line begins in the ledger.
    package let offset: Int64
    package let digest: Digest

    package init(
        file: String, kind: String, number: Int, sequence: Int64, offset: Int64, digest: Digest
    ) {
        self.file = file
        self.kind = kind
        self.number = number
        self.sequence = sequence
        self.offset = offset
        self.digest = digest
    }
}

/// A state of a fonds, inventory or accession with the adopted file that says it.
package struct RegisteredState: Hashable, Sendable {
    /// What it is a state of: the number of its first file.
    package let unit: Int64
    package let file: String
    package let entry: RegisterEntry
}

/// What a list of a register shows of one fonds, inventory or accession.
package struct RegisterLine: Hashable, Sendable {
    package let unit: Int64
    package let id: ObjectIdentifier?
    package let code: String
    package let name: String
    package let state: String
    /// The fonds above it, or that it belongs to.
    package let above: ObjectIdentifier?
    /// The series of an inventory.
    package let series: [Series]
}

/// Where the paper of a dossier is since an act of the archive.
package struct CatalogedPlace: Hashable, Sendable {
    package let object: ObjectIdentifier
    /// `kho/kệ/hộp`; nil when what the act said was erased.
    package let location: String?
    package let reason: String?
    package let at: Instant
    package let sequence: Int64

    package init(
        object: ObjectIdentifier, location: String?, reason: String?, at: Instant, sequence: Int64
    ) {
        self.object = object
        self.location = location
        self.reason = reason
        self.at = at
        self.sequence = sequence
    }
}

/// Folded codes of a fonds, inventory and series, under which different spellings meet.
package struct Keys: Hashable, Sendable {
    package let fonds: String
    package let inventory: String
    package let series: String
}

/// How much stands under one fonds, inventory and series, as the dossiers name them.
package struct TallyLine: Hashable, Sendable {
    package let fonds: String
    package let inventory: String
    package let series: String
    /// The same, folded as codes compare.
    package let keys: Keys
    package let dossiers: Int64
    package let documents: Int64
    package let payloadBytes: Int64
}
