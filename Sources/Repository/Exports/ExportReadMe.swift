/// `README.txt` of an export: what it is, how to check it and how to read it without luutru.
enum ExportReadMe {
    static func text(_ form: ExportRequest.Form) -> String {
        head + body(form) + ended + tail
    }

    private static let head = """
        BẢN XUẤT CỦA KHO LƯU TRỮ SỐ — cách kiểm tra và đọc, không cần luutru
        ====================================================================
        EXPORT OF AN ARCHIVE — how to check and read it without luutru

        1. Kiểm tra từng tệp · Check every file:
             sha512sum -c --quiet manifest-sha512.txt
           export.json nói xuất gì, lúc nào, bao nhiêu hồ sơ, thiếu hồ sơ nào.
           export.json says what was exported, when, how many dossiers, and which are missing.

        2. Đọc hồ sơ · Read the dossiers:

        """

    private static func body(_ form: ExportRequest.Form) -> String {
        switch form {
        case .ocfl:
            """
                 ocfl/  kho OCFL 1.1, mỗi hồ sơ một thư mục · an OCFL 1.1 storage root, one folder a dossier
                 tar -xf TỆP.v1.tar ; rồi .v2.tar … theo thứ tự vào cùng thư mục · then .v2.tar … in order
                 sha512sum -c TỆP.v1.sums   (sau khi mở tar · after unpacking)

            3. Kiểm tra con dấu · Check the seal:
                 openssl cms -verify -binary -cades -inform DER -in TỆP.v1.sums.p7s \\
                   -content TỆP.v1.sums -CAfile policy/seal-0001.crt -purpose any -out /dev/null

            """
        case .folders:
            """
                 dossiers/<mã hồ sơ · code>/urn_uuid_…/  gói đã mở: METS.xml, representations/rep1/data/ là tài liệu
                 the unpacked package: METS.xml; the documents are in representations/rep1/data/

            3. Kiểm tra con dấu, trong thư mục của hồ sơ · Check the seal, in the dossier's folder:

            """ + sealBesidePackage
        case .zip:
            """
                 dossiers/<mã hồ sơ · code>/urn_uuid_….zip  gói AIP của Thông tư 05/2025/TT-BNV · the AIP as a ZIP

            3. Kiểm tra con dấu, trong thư mục của hồ sơ · Check the seal, in the dossier's folder:
                 unzip -q urn_uuid_….zip

            """ + sealBesidePackage
        }
    }

    /// How the seal is checked where the package lies unpacked beside its sums.
    private static let sealBesidePackage = """
             openssl cms -verify -binary -cades -inform DER -in urn_uuid_….v1.sums.p7s \\
               -content urn_uuid_….v1.sums -CAfile ../../policy/seal-0001.crt -purpose any -out /dev/null
             sha512sum -c --ignore-missing urn_uuid_….v1.sums
           Con dấu ký tệp .sums; .sums nêu mã băm của METS.xml (và của tệp tar trong kho, không kèm ở đây);
           METS.xml nêu SHA-256 của mọi tệp khác. Có nhiều phiên bản thì METS.xml thuộc .sums số lớn nhất.
           The seal signs .sums; .sums names the digest of METS.xml (and of the tar in the store, not doubled
           here); METS.xml names the SHA-256 of every other file. With several versions the newest counts.

        """

    private static let ended = """
           Chứng thư đã hết hạn thì thêm -attime, để xét tại lúc niêm phong; con dấu nói lúc ấy (signingTime).
           Once the certificate has ended, add -attime, to judge at the hour of sealing, which the seal tells:
             openssl cms -cmsout -print -noout -inform DER -in TỆP.v1.sums.p7s | grep -A2 signingTime
             -attime $(date -d '<signingTime>' +%s)
           Giờ ấy là lời của con dấu; dấu thời gian trong evidence/ mới chứng minh. Đã so vân tay của chính chứng
           thư ấy (mục 4) thì dùng -no_check_time cũng được.
           That hour is the seal's word; the time-stamps in evidence/ prove one. Where the fingerprint of that very
           certificate was compared (4), -no_check_time does as well.

        """

    private static let tail = """

        4. Sổ cái · The ledger:
             ledger/entries.jsonl   mỗi dòng một việc; prev là SHA-256 của dòng trước (không kể dấu xuống dòng)
                                    one act a line; prev is the SHA-256 of the line before (without its line break)
             ledger/excerpt.jsonl   các dòng của những hồ sơ này, khi chỉ xuất một phần
                                    the lines about these dossiers, when only a part was exported
             details/<sha256>.json  nói thêm về một việc; tên là SHA-256 của chính tệp · more about an act
             policy/                cấu hình, phông, chứng thư con dấu; mỗi tệp có một dòng "policy" trong sổ cái
                                    configuration, fonds, certificates; each has a "policy" line in the ledger
           Trước khi tin chứng thư trong policy/, so vân tay với phiếu khóa của cơ quan:
           Before trusting a certificate in policy/, compare its fingerprint with the agency's key sheet:
             openssl x509 -in policy/seal-0001.crt -noout -fingerprint -sha256

        """
}
