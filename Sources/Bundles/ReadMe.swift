import Records

/// `documentation/README.txt`, the first page of every bundle: what it is, and how to check it without luutru.
enum ReadMe {
    static func text(for layout: BundleLayout, packagedAt: Instant, software: String) -> String {
        guard layout.version == 1 else {
            return later(layout, packagedAt: packagedAt, software: software)
        }
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
              Chứng thư đã hết hạn thì thêm -attime \(packagedAt.seconds) (lúc niêm phong).
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
              Once the certificate has ended, add -attime \(packagedAt.seconds) (the hour of sealing).
            "seal.crt" is the certificate of the archive's seal; compare its fingerprint with the printed
            key sheet (key-sheet.txt). To take the dossier out: tar -xf \(layout.tar)
            Where the tar is damaged, \(layout.segments) tells which MiB.

            """
    }

    /// The first page of a later state: what it adds to which tars, and how to put them together.
    private static func later(
        _ layout: BundleLayout, packagedAt: Instant, software: String
    ) -> String {
        let tars = (1...layout.version).map { layout.at($0).tar }
        let unpacking = tars.map { "              tar -xf \($0)" }.joined(separator: "\n")
        return """
            GÓI HỒ SƠ LƯU TRỮ ĐIỆN TỬ — TRẠNG THÁI SAU (AIP_hoso, Thông tư 05/2025/TT-BNV)
            ==============================================================
            Mã gói:      \(layout.object.text)
            Phiên bản:   v\(layout.version)
            Lập lúc:     \(packagedAt.vietnamText) bằng \(software)

            Tệp tar này chỉ chứa những gì phiên bản này thay đổi: tệp mới, mô tả mới (tên có _v\(layout.version))
            và METS.xml mới của cả gói. Không tệp nào của các phiên bản trước bị sửa hay bỏ; mô tả cũ được
            ghi là SUPERSEDED trong METS.xml. Mở các tệp tar lần lượt vào cùng một thư mục thì được cả gói:
            \(unpacking.drop { $0 == " " })
            Kiểm tra: sha512sum -c \(layout.sums)  (đặt cạnh nhau mọi tệp tar, sau khi mở METS.xml)
              openssl cms -verify -binary -cades -inform DER -in \(layout.seal) \\
                -content \(layout.sums) -CAfile seal.crt -purpose any -out /dev/null
              Chứng thư đã hết hạn thì thêm -attime \(packagedAt.seconds) (lúc niêm phong).
            Vì sao có phiên bản này: \(layout.own(BundleLayout.preservation))

            A PACKAGE OF ELECTRONIC RECORDS: A LATER STATE (AIP_hoso, Circular 05/2025/TT-BNV of Viet Nam)
            ==============================================================
            Package:     \(layout.object.text)
            Version:     v\(layout.version)
            Made:        \(packagedAt.vietnamText) by \(software)

            This tar holds only what this version changes: new files, new descriptions (names with _v\(layout.version))
            and the new METS.xml of the whole package. No file of an earlier version is changed or dropped;
            earlier descriptions are marked SUPERSEDED in METS.xml. Unpack the tars in order into one folder:
            \(unpacking.drop { $0 == " " })
            To check: sha512sum -c \(layout.sums)  (all tars side by side, METS.xml unpacked)
              openssl cms -verify -binary -cades -inform DER -in \(layout.seal) \\
                -content \(layout.sums) -CAfile seal.crt -purpose any -out /dev/null
              Once the certificate has ended, add -attime \(packagedAt.seconds) (the hour of sealing).
            Why this version was made: \(layout.own(BundleLayout.preservation))

            """
    }
}
