package import Cryptography
import Records

/// The texts of a time-stamp renewal's folder.
package enum RenewalTexts {
    /// `README.txt` of a renewal over so many batches.
    package static func readMe(batches: Int64, method: DigestMethod, root: [UInt8]) -> String {
        let digest = method.rawValue
        return """
            GIA HẠN DẤU THỜI GIAN — một dấu thời gian (RFC 3161) cho dấu của \(batches) lô bằng chứng.
            RENEWAL OF TIME-STAMPS — one time-stamp (RFC 3161) over the tokens of \(batches) batches.

            leaves           mỗi lô một dòng: lá, tên lô · one line a batch: leaf, name of the batch
            profile          quy tắc, không bao giờ đổi · the rule, frozen
            stamps/0001.tst  dấu thời gian, DER · the time-stamp token, DER

            Băm bằng \(digest). Lá của một lô: băm của các dấu trong chuỗi cuối của lô (dấu đầu hoặc dấu của lần
            băm lại, rồi các lần gia hạn), xếp theo byte, nối lại và băm; chỉ có một dấu thì lá là băm của dấu ấy.
            The digest is \(digest). The leaf of a batch is over the digests of all tokens of its last chain (its own
            or that of the last hash-tree renewal, then those of renewals), sorted by bytes, joined and hashed; of a
            single token it is that token's digest. Tree: profile.

            Gốc của cây · Root of the tree (\(digest)):
            \(Hexadecimal.text(of: root))

            """
    }
}
