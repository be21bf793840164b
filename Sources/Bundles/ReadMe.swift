import Records

/// `documentation/README.txt`, the first page of every bundle: what it is, and how to check it without luutru.
enum ReadMe {
    static func text(for layout: BundleLayout, packagedAt: Instant, software: String) -> String {
        let name = layout.object.fileName
        return """
            GÓI HỒ SƠ LƯU TRỮ ĐIỆN TỬ (AIP_hoso, Thông tư 05/2025/TT-BNV)
            ==============================================================
            Mã gói:      \(layout.object.text)
            Phiên bản:   v\(layout.version)
            Đóng gói:    \(packagedAt.vietnamText) bằng \(software)

            Tệp tar này là toàn bộ một hồ sơ đã kết thúc, không nén, gồm:
              representations/rep1/data/       tài liệu, đúng từng byte như khi nhận
              representations/rep1/metadata/   mô tả từng tài liệu (EAD_doc, EAD_pic, EAD_media) và PREMIS
              representations/rep1/METS.xml    nối tài liệu với mô tả, kèm SHA-256 của từng tệp
              metadata/descriptive/EAD.xml     mô tả hồ sơ
              metadata/other/received/         danh sách nhận được, giữ nguyên
              metadata/preservation/PREMIS.xml sự kiện, tác nhân, quyền
              schemas/                         lược đồ của các tệp XML
              METS.xml                         mục lục của cả gói, kèm SHA-256

            Kiểm tra không cần luutru, đặt cạnh nhau bốn tệp \(layout.stem).*:
              tar -xf \(layout.tar) \(name)/METS.xml
              sha512sum -c \(layout.sums)
              openssl cms -verify -binary -cades -inform DER -in \(layout.seal) \\
                -content \(layout.sums) -CAfile seal.crt -purpose any -out /dev/null
            "seal.crt" là chứng thư con dấu số của cơ quan lưu trữ; đối chiếu dấu vân tay của nó với
            phiếu khóa (key-sheet.txt) đã in. Lấy hồ sơ ra: tar -xf \(layout.tar)
            Nếu tệp tar hỏng, \(layout.segments) cho biết MiB nào hỏng.

            A PACKAGE OF ELECTRONIC RECORDS (AIP_hoso, Circular 05/2025/TT-BNV of Viet Nam)
            ==============================================================
            Package:     \(layout.object.text)
            Version:     v\(layout.version)
            Packaged:    \(packagedAt.vietnamText) by \(software)

            This tar is one completed dossier, whole and uncompressed:
              representations/rep1/data/       the documents, byte for byte as received
              representations/rep1/metadata/   description of each document (EAD_doc, EAD_pic, EAD_media), PREMIS
              representations/rep1/METS.xml    links documents and descriptions, with the SHA-256 of each file
              metadata/descriptive/EAD.xml     description of the dossier
              metadata/other/received/         the lists as they were received
              metadata/preservation/PREMIS.xml events, agents, rights
              schemas/                         schemas of the XML files
              METS.xml                         table of contents of the whole, with SHA-256

            To check it without luutru, put the four files \(layout.stem).* side by side:
              tar -xf \(layout.tar) \(name)/METS.xml
              sha512sum -c \(layout.sums)
              openssl cms -verify -binary -cades -inform DER -in \(layout.seal) \\
                -content \(layout.sums) -CAfile seal.crt -purpose any -out /dev/null
            "seal.crt" is the certificate of the archive's seal; compare its fingerprint with the printed
            key sheet (key-sheet.txt). To take the dossier out: tar -xf \(layout.tar)
            Where the tar is damaged, \(layout.segments) tells which MiB.

            """
    }
}
