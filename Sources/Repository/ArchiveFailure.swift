/// Why the archive as a whole cannot do what it was asked; each reason is a stable code with its exit status.
package struct ArchiveFailure: Error, Hashable, Sendable {
    /// The reasons, each with a stable word.
    package enum Reason: String, Sendable, CaseIterable {
        case noArchive = "LT-ARCHIVE-NONE"
        case notNamed = "LT-ARCHIVE-NOT-NAMED"
        case notEmpty = "LT-ARCHIVE-FOLDER-NOT-EMPTY"
        case locked = "LT-ARCHIVE-LOCKED"
        case configuration = "LT-ARCHIVE-CONFIGURATION"
        case storeAway = "LT-ARCHIVE-STORE-AWAY"
        case storeForeign = "LT-ARCHIVE-STORE-FOREIGN"
        case ledgerSuspect = "LT-ARCHIVE-LEDGER-SUSPECT"
        case catalogMissing = "LT-ARCHIVE-CATALOG-MISSING"
        case catalogOther = "LT-ARCHIVE-CATALOG-OTHER"
        case unknownRecord = "LT-ARCHIVE-UNKNOWN-RECORD"
        case severalRecords = "LT-ARCHIVE-SEVERAL-RECORDS"
        case unknownVersion = "LT-ARCHIVE-UNKNOWN-VERSION"
        case unknownDocument = "LT-ARCHIVE-UNKNOWN-DOCUMENT"
        case severalDocuments = "LT-ARCHIVE-SEVERAL-DOCUMENTS"
        case targetExists = "LT-ARCHIVE-TARGET-EXISTS"
        case usage = "LT-USAGE"
        case noAuthority = "LT-EVIDENCE-NO-AUTHORITY"
        case noWitness = "LT-LEDGER-NO-WITNESS"
        case evidenceDamaged = "LT-EVIDENCE-DAMAGED"
        case proofUntrusted = "LT-PROOF-UNTRUSTED"
        case passphraseMissing = "LT-KEY-PASSPHRASE-MISSING"
        case passphraseFile = "LT-KEY-PASSPHRASE-FILE"
        case keyMissing = "LT-KEY-MISSING"
        case keyNotAdopted = "LT-KEY-NOT-ADOPTED"
        case ledgerKeyWrong = "LT-KEY-LEDGER-WRONG"
        case revocationsLost = "LT-KEY-REVOCATIONS-LOST"
        case ledgerKeyLost = "LT-KEY-LEDGER-LOST"
        case ledgerKeyInUse = "LT-KEY-LEDGER-IN-USE"
        case noLedgerEntry = "LT-LEDGER-NO-ENTRY"
        case pinFile = "LT-TOKEN-PIN-FILE"
        case pinFileOpen = "LT-TOKEN-PIN-FILE-OPEN"
        case keyRevoked = "LT-KEY-REVOKED"
        case keySame = "LT-KEY-SAME"
        case keyExpired = "LT-KEY-EXPIRED"
        case keyUnfit = "LT-KEY-CERTIFICATE-UNFIT"
        case keyUnknown = "LT-KEY-UNKNOWN-FINGERPRINT"
        case keyMismatch = "LT-KEY-CERTIFICATE-MISMATCH"
        case fieldIsAct = "LT-FIELD-IS-ACT"
        case damaged = "LT-ARCHIVE-DOCUMENT-DAMAGED"
        case interrupted = "LT-INTERRUPTED"
        case outputLost = "LT-OUTPUT-LOST"
        case noPath = "LT-PATH-NONE"
        case unregistered = "LT-REGISTER-UNKNOWN"
        case notYetRegistered = "LT-REGISTER-NOT-YET"
        case severalRegistered = "LT-REGISTER-SEVERAL"
        case codeTaken = "LT-REGISTER-CODE-TAKEN"
        case registerField = "LT-REGISTER-FIELD"
        case registerCycle = "LT-REGISTER-CYCLE"
        case registerUnchanged = "LT-REGISTER-UNCHANGED"
        case registerLost = "LT-REGISTER-LOST"
        case registerTooMuch = "LT-REGISTER-TOO-MUCH"
        case exportOther = "LT-EXPORT-OTHER"
        case importForm = "LT-IMPORT-FORM"
        case importNotFresh = "LT-IMPORT-ARCHIVE-NOT-FRESH"
        case importUnfinished = "LT-IMPORT-UNFINISHED"
        case storeAhead = "LT-ARCHIVE-STORE-AHEAD"
        case unknownStore = "LT-STORE-UNKNOWN"
        case storeName = "LT-STORE-NAME"
        case storeAddress = "LT-STORE-ADDRESS"
        case storeNotEmpty = "LT-STORE-NOT-EMPTY"
        case storeIncomplete = "LT-STORE-INCOMPLETE"
        case storeNotThere = "LT-STORE-NOT-THERE"
        case unknownIncident = "LT-INCIDENT-UNKNOWN"
        case incidentClosed = "LT-INCIDENT-CLOSED"
        case incidentDamaged = "LT-INCIDENT-DAMAGE-OPEN"
        case noticeCredentials = "LT-NOTICE-CREDENTIALS"
        case auditReport = "LT-AUDIT-REPORT"
    }

    package let reason: Reason
    package let subject: String
    package let facts: [String: String]

    package init(_ reason: Reason, subject: String, _ facts: [String: String] = [:]) {
        self.reason = reason
        self.subject = subject
        self.facts = facts
    }
}
