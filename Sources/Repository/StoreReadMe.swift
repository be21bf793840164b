/// `README.txt` of a store: what it is and how to read it by hand.
enum StoreReadMe {
    static let name = "README.txt"
    static let text = """
        KHO LƯU TRỮ SỐ — cách đọc bằng tay
        ==================================
        Thư mục này là một bản sao đầy đủ của kho lưu trữ. Không cần luutru để đọc.
          ocfl/      kho OCFL 1.1: mỗi hồ sơ một thư mục, tên thư mục là mã gói (urn%3auuid%3a…)
                     v1/content/*.tar là hồ sơ; mở bằng lệnh: tar -xf TỆP.tar
                     *.sums là mã băm SHA-512 (sha512sum -c), *.sums.p7s là con dấu số (openssl cms -verify)
                     *.segments cho biết MiB nào của tệp tar bị hỏng
          ledger/    sổ cái entries.jsonl: mỗi dòng là một việc đã làm, chỉ ghi thêm, không sửa
          details/   nội dung chi tiết của các việc, tên tệp là SHA-256 của chính nó
          evidence/  dấu thời gian theo lô; mỗi lô có README.txt chỉ cách tính lại (có khi đã đóng dấu)
          policy/    cấu hình, phông, chứng thư con dấu; mỗi tệp được ghi nhận bằng một dòng sổ cái
          store.json mã của kho lưu trữ và của bản sao này
        Xin đừng sửa hay xóa tệp nào ở đây.

        STORE OF AN ARCHIVE — how to read it by hand
        ============================================
        This folder is a complete copy of the archive. luutru is not needed to read it.
          ocfl/      an OCFL 1.1 storage root: one folder a dossier, named by its identifier (urn%3auuid%3a…)
                     v1/content/*.tar is the dossier; unpack it with: tar -xf FILE.tar
                     *.sums holds SHA-512 digests (sha512sum -c), *.sums.p7s the seal (openssl cms -verify)
                     *.segments tells which MiB of a tar is damaged
          ledger/    entries.jsonl: one line an act, only ever added to
          details/   what acts say in detail, each file named by its own SHA-256
          evidence/  time-stamps over batches; the README.txt of each says how to recompute it (once stamped)
          policy/    configuration, fonds, certificates of the seal; each adopted by a ledger entry
          store.json which archive and which copy this is
        Please change and remove nothing here.

        """
}
