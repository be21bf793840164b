import Records

/// The texts of a time-stamp renewal's folder.
package enum RenewalTexts {
    /// `README.txt` of a renewal over so many batches.
    package static func readMe(batches: Int64, root: [UInt8]) -> String {
        """
        GIA HẠN DẤU THỜI GIAN — một dấu thời gian (RFC 3161) cho dấu của \(batches) lô bằng chứng.
        RENEWAL OF TIME-STAMPS — one time-stamp (RFC 3161) over the tokens of \(batches) batches.

        leaves           mỗi lô một dòng: lá, tên lô · one line a batch: leaf, name of the batch
        profile          quy tắc, không bao giờ đổi · the rule, frozen
        stamps/0001.tst  dấu thời gian, DER · the time-stamp token, DER

        Lá của một lô là SHA-512 của các SHA-512 của mọi dấu trước của lô (dấu đầu, rồi các lần gia hạn), xếp
        theo byte và nối lại; chỉ có một dấu thì lá là SHA-512 của dấu ấy. Cây như profile của lô.
        The leaf of a batch is SHA-512 over the SHA-512 of all its tokens so far (its own, then those of
        renewals), sorted by bytes and joined; of a single token it is that token's SHA-512. Tree: profile.

        Gốc của cây · Root of the tree (SHA-512):
        \(Hexadecimal.text(of: root))

        """
    }
}
