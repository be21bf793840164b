package import Cryptography
import Records

/// The texts of a hash-tree renewal's folder.
package enum RehashTexts {
    /// What a line of `leaves` says in place of a file's name.
    package static let leafName = "leaf"

    /// `README.txt` of a renewal over so many versions.
    package static func readMe(versions: Int, method: DigestMethod, root: [UInt8]) -> String {
        let digest = method.rawValue
        return """
            GIA HẠN CÂY BĂM — một dấu thời gian (RFC 3161) cho \(versions) phiên bản, băm lại bằng \(digest).
            RENEWAL OF HASH TREES — one time-stamp (RFC 3161) over \(versions) versions, hashed again with \(digest).

            files            mỗi tệp một dòng: \(digest) của tệp, mã hồ sơ, phiên bản, tệp
                             one line a file: its \(digest), object, version, file
            leaves           mỗi phiên bản một dòng: lá, mã hồ sơ, phiên bản · one line a version: leaf, object, version
            profile          quy tắc, không bao giờ đổi · the rule, frozen
            stamps/0001.tst  dấu thời gian, DER · the time-stamp token, DER

            Với mỗi tệp: H(H(tệp) || H(các chuỗi trước của bản ghi, DER)); các giá trị ấy xếp theo byte, nối lại, băm
            thành lá. Bản ghi: luutru evidence export. Phiên bản không có trong files giữ bằng chứng cũ.
            For each file: H(H(file) || H(the record's earlier chains, DER)); these sorted by bytes, joined and hashed
            are the leaf. Records: luutru evidence export. A version that is not in files keeps its old evidence.

            Gốc của cây · Root of the tree (\(digest)):
            \(Hexadecimal.text(of: root))

            Tính lại gốc, chạy trong thư mục này · Recompute the root, in this folder:
              sh root.sh < leaves                (chép các dòng dưới · copy the lines below)

            ---- root.sh ----
            \(BatchTexts.script(method))---- end ----

            """
    }
}
