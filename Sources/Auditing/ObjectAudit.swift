package import Records

/// How the objects of one store are read and judged; a disk and a bucket are read in different ways.
package protocol ObjectAudit {
    /// What is wrong with the storage root itself.
    func rootFindings() throws -> [Finding]
    /// Where an object of the ledger must stand.
    func place(of object: ObjectIdentifier) -> AuditedPlace
    /// Gives the folders of objects that no entry tells of, and those in the wrong place.
    func forEachStray(_ body: (AuditedPlace) throws -> Void) throws
    /// Begins to read an object, where that is of use, whose turn to be inspected comes after others'.
    func begin(_ place: AuditedPlace) throws -> AwaitedObject
    /// Reads every byte of an object; the ledger's digest of its inventory, where known, decides.
    func inspect(_ object: AwaitedObject, inventory: Digest?) throws -> ObjectAuditResult
    /// Judges an object after the run was stopped; nil unless all of its content was read before.
    func inspectRead(_ object: AwaitedObject, inventory: Digest?) throws -> ObjectAuditResult?
    /// How far the content of an object was read, by path below it, after the run was stopped.
    func readSoFar(_ object: AwaitedObject) -> [String: FileReading]
}

extension ObjectAudit {
    /// Says that an object will be read, so that its bytes may come ahead.
    package func begin(_ place: AuditedPlace) throws -> AwaitedObject { AwaitedObject(place) }

    /// Without a reading ahead, nothing was read.
    package func inspectRead(
        _ object: AwaitedObject, inventory: Digest?
    ) throws -> ObjectAuditResult? { nil }

    /// Without parts that can be gone on with, there are none.
    package func readSoFar(_ object: AwaitedObject) -> [String: FileReading] { [:] }

    /// The same for an object of which nothing was read before its turn.
    package func inspect(_ place: AuditedPlace, inventory: Digest?) throws -> ObjectAuditResult {
        try inspect(AwaitedObject(place), inventory: inventory)
    }
}

/// An object whose turn to be inspected will come, with its content files that may be read before.
package struct AwaitedObject: Sendable {
    package let place: AuditedPlace
    /// What its files hold together.
    package let bytes: Int64
    /// The files by their paths below the object, with what tells each from another in its place.
    let files: [(name: String, identity: String)]
    /// Their numbers in the reading.
    let numbers: Range<Int>

    /// Whether something of it is read before its turn.
    package var isBegun: Bool { !numbers.isEmpty }

    /// An object of which nothing is read before its turn.
    package init(_ place: AuditedPlace) {
        self.init(place, bytes: 0, files: [], numbers: 0..<0)
    }

    init(
        _ place: AuditedPlace, bytes: Int64, files: [(name: String, identity: String)],
        numbers: Range<Int>
    ) {
        self.place = place
        self.bytes = bytes
        self.files = files
        self.numbers = numbers
    }
}

/// A folder that is read as an object.
package struct AuditedPlace: Hashable, Sendable {
    /// Nil for a folder whose name is none of an object.
    package let object: ObjectIdentifier?
    /// What findings call it.
    package let subject: String
    /// Its path, on the disk or below the store.
    package let folder: String

    package init(object: ObjectIdentifier?, subject: String, folder: String) {
        self.object = object
        self.subject = subject
        self.folder = folder
    }
}

/// What reading one object came to.
package struct ObjectAuditResult {
    package let bytes: Int64
    package let findings: [Finding]
    /// Whether a byte of it is not as it was stored.
    package let isDamaged: Bool

    package init(bytes: Int64, findings: [Finding], isDamaged: Bool) {
        self.bytes = bytes
        self.findings = findings
        self.isDamaged = isDamaged
    }
}
