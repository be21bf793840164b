import Cryptography
import Evidence
import Records

/// `key-sheet.txt`: what is printed and filed, so that a stranger can know the seal decades later.
enum KeySheet {
    static func text(
        configuration: Configuration, certificate: Certificate, earlier: [Certificate] = [],
        ledger: NoteVerifier, at instant: Instant
    ) -> String {
        let before = earlier.filter { $0.fingerprint != certificate.fingerprint }
        return """
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

            Đối chiếu dấu vân tay SHA-256 này trước khi tin một con dấu:
            Compare this SHA-256 fingerprint before trusting a seal:
              openssl x509 -in seal.crt -noout -fingerprint -sha256

            Khóa ký sổ cái / Key of the ledger's checkpoints: keys/ledger.key
              \(ledger.text)

            """ + (before.isEmpty ? "" : Self.earlierText(before))
    }

    /// Certificates whose keys sealed before: old seals are known by them.
    private static func earlierText(_ certificates: [Certificate]) -> String {
        var text = "Chứng thư trước đây / Earlier certificates (policy/):\n"
        for certificate in certificates {
            text += "  \(certificate.subject)\n  SHA-256:               "
            text += grouped(certificate.fingerprint) + "\n"
        }
        return text
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
