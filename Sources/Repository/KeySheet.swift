import Cryptography
import Evidence
import Files
import Records

/// `key-sheet.txt`: what is printed and filed, so that a stranger can know the seal decades later.
enum KeySheet {
    static func text(
        configuration: Configuration, certificate: Certificate, keys: KnownKeys = KnownKeys(),
        ledger: NoteVerifier, at instant: Instant
    ) -> String {
        """
        PHIẾU KHÓA CỦA KHO LƯU TRỮ SỐ — in, ký, đóng dấu và cất cùng sổ sách
        KEY SHEET OF THE ARCHIVE — print, sign, stamp and file
        ====================================================================
        Cơ quan / Agency:        \(configuration.agencyName) (\(configuration.agencyCode))
        Phông / Fonds:           \(configuration.fondsName) (\(configuration.fondsCode))
        Kho / Archive:           \(configuration.archive.text)
        Lập ngày / Made:         \(instant.vietnamText)

        Chứng thư con dấu / Certificate of the seal: keys/seal.crt
          Chủ thể / Subject:     \(certificate.subject)
          Từ / From:             \(Instant(seconds: certificate.notBefore).vietnamText)
          Đến / Until:           \(Instant(seconds: certificate.notAfter).vietnamText)
          SHA-256:               \(Self.grouped(certificate.fingerprint))
        \(revoked(keys.seals.first { $0.fingerprint == certificate.fingerprint }))
        Đối chiếu dấu vân tay SHA-256 này trước khi tin một con dấu:
        Compare this SHA-256 fingerprint before trusting a seal:
          openssl x509 -in seal.crt -noout -fingerprint -sha256

        Khóa ký sổ cái / Key of the ledger's checkpoints: keys/ledger.key
          \(ledger.text)
          SHA-256:               \(Self.grouped(ledger.fingerprint))

        """
            + listed(
                "Chứng thư trước đây / Earlier certificates (policy/):",
                keys.seals.filter { $0.fingerprint != certificate.fingerprint })
            + listed(
                "Khóa sổ cái trước đây / Earlier keys of the ledger (policy/):",
                keys.ledgers.filter { $0.fingerprint != ledger.fingerprint })
            + listed(
                "Gốc của nơi cấp dấu thời gian / Roots of time-stamp authorities:",
                keys.authorities)
    }

    /// Keys by which old seals, checkpoints and time-stamps are known.
    private static func listed(_ title: String, _ keys: [KnownKeys.Key]) -> String {
        guard !keys.isEmpty else { return "" }
        var text = "\n" + title + "\n"
        for key in keys {
            text += "  \(key.name)\n"
            text += revoked(key)
            text += "  SHA-256:               " + grouped(key.fingerprint) + "\n"
        }
        return text
    }

    private static func revoked(_ key: KnownKeys.Key?) -> String {
        guard let since = key?.revokedSince else { return "" }
        return "  ĐÃ THU HỒI / REVOKED:  từ / since \(since.vietnamText)\n"
    }

    /// The digest in groups of four, as people compare it.
    private static func grouped(_ hex: String) -> String {
        var result = ""
        for (index, character) in hex.uppercased().enumerated() {
            if index > 0, index % 4 == 0 {
                result += index % 32 == 0 ? "\n                         " : " "
            }
            result.append(character)
        }
        return result
    }
}

/// The keys that a key sheet names beside the two that sign now.
struct KnownKeys {
    /// A key by what people compare.
    struct Key {
        let name: String
        let fingerprint: String
        var revokedSince: Instant?
    }

    var seals: [Key] = []
    var ledgers: [Key] = []
    var authorities: [Key] = []

    /// What the ledger of a store adopted, each key once.
    static func of(_ policy: PolicyStore) throws -> KnownKeys {
        let revocations = try policy.revocations()
        func marked(_ key: Key, _ use: KeyRevocation.Use) -> Key {
            var key = key
            key.revokedSince = revocations.filter {
                $0.use == use && $0.fingerprint == key.fingerprint
            }.map(\.since).min()
            return key
        }
        let ledgers = try policy.adopted(.ledger).compactMap {
            NoteVerifier(String(decoding: $0, as: UTF8.self).trimmed)
        }
        let roots = try policy.adopted(.stampRoots).flatMap { try Certificate.reading(pem: $0) }
        return KnownKeys(
            seals: once(try TrustAnchors.of(policy).map { marked(Key($0), .seal) }),
            ledgers: once(
                ledgers.map {
                    marked(Key(name: $0.text, fingerprint: $0.fingerprint), .ledger)
                }), authorities: once(roots.map { Key($0) }))
    }

    private static func once(_ keys: [Key]) -> [Key] {
        var seen: Set<String> = []
        return keys.filter { seen.insert($0.fingerprint).inserted }
    }
}

extension KnownKeys.Key {
    init(_ certificate: Certificate) {
        self.init(name: certificate.subject, fingerprint: certificate.fingerprint)
    }
}

extension Archive {
    /// Writes the key sheet anew after what it tells of has changed; people print it again.
    func renewKeySheet() throws {
        guard try world.volume.status(layout.sealCertificate)?.kind == .file else { return }
        let sheet = KeySheet.text(
            configuration: configuration, certificate: try currentCertificate(),
            keys: try KnownKeys.of(policy),
            ledger: try ledgerKeys.verifier(of: ledgerKeys.keyOrNew()), at: world.now())
        try world.volume.replaceDurably(Array(sheet.utf8), as: layout.keySheet)
    }
}
