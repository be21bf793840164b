import Cryptography
package import Policies
package import Records

/// `luutru.yaml`: what the archive is told about itself; it holds no secrets.
package struct Configuration: Hashable, Sendable {
    package let archive: ObjectIdentifier
    package let agencyName: String
    package let agencyCode: String
    package let fondsCode: String
    package let fondsName: String
    /// The primary store's folder, relative to the archive or absolute.
    package let store: String
    package let sealPassphraseFile: String?
    /// The seal's key where it lies on a token; nil for a key in a file.
    var sealToken: TokenKeyName?
    /// Who stamps bundles, and when.
    package let stamping: StampingPolicy
    /// Who is shown the ledger's checkpoint.
    var witness = WitnessPolicy()
    /// Stores beside the primary one.
    package internal(set) var stores: [StoreEntry] = []
    /// How many copies a dossier must have; nil where nothing is asked.
    package internal(set) var copyPolicy: CopyPolicy?
    /// How often every copy is read whole.
    package internal(set) var auditPolicy = AuditPolicy()
    /// Who is told of incidents.
    var notices = NoticePolicy()
    /// Whether `watch` mends what audits found without being asked.
    package internal(set) var repairsItself = false
    /// What the primary store lies on, and where it stands.
    package internal(set) var primaryHolding = CopyPolicy.Holding(medium: "disk", place: "")

    /// The keys the file may hold.
    static let keys = [
        "archive", "agencyName", "agencyCode", "fondsCode", "fondsName", "store",
        "sealPassphraseFile", "sealKey", "sealModule", "sealToken", "sealKeyLabel",
        StampingPolicy.authoritiesKey, StampingPolicy.batchesKey, WitnessPolicy.key,
        StoreEntry.key, CopyPolicy.key, AuditPolicy.key, NoticePolicy.commandKey,
        NoticePolicy.mailKey, "repair",
    ]
    /// Those that hold mappings.
    static let groups = StampingPolicy.keys.union([
        WitnessPolicy.key, StoreEntry.key, CopyPolicy.key, AuditPolicy.key,
    ]).union(NoticePolicy.keys)
    /// The largest file read.
    static let limit = 256 * 1024

    package init(
        archive: ObjectIdentifier, agencyName: String, agencyCode: String, fondsCode: String,
        fondsName: String,
        store: String, sealPassphraseFile: String?, stamping: StampingPolicy = StampingPolicy()
    ) {
        self.archive = archive
        self.agencyName = agencyName
        self.agencyCode = agencyCode
        self.fondsCode = fondsCode
        self.fondsName = fondsName
        self.store = store
        self.sealPassphraseFile = sealPassphraseFile
        self.stamping = stamping
    }

    /// The file's bytes.
    package var bytes: [UInt8] {
        let lines = [
            "# Cấu hình kho lưu trữ · Configuration of the archive (docs/operations.md).",
            "# Không ghi mật khẩu vào đây · No secrets here.",
            "archive: \(Self.quoted(archive.text))", "agencyName: \(Self.quoted(agencyName))",
            "agencyCode: \(Self.quoted(agencyCode))", "fondsCode: \(Self.quoted(fondsCode))",
            "fondsName: \(Self.quoted(fondsName))", "store: \(Self.quoted(store))",
        ]
        let file = Array(((lines + stamping.lines).joined(separator: "\n") + "\n").utf8)
        return Self.edited(file, sealTexts)
    }

    /// A double-quoted YAML scalar, which for these texts is a JSON string.
    static func quoted(_ text: String) -> String { JSONValue.string(text).canonicalText }
}
