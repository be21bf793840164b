/// Parts of `--help` that every command shares.
enum HelpText {
    /// The exit statuses, with which every help ends (`docs/exits.md`).
    static let exits = """
        Mã kết thúc · Exit statuses:
          0 xong · done          1 hồ sơ có lỗi · findings        2 lỗi chạy · failed
          3 chưa hết · incomplete  4 bị từ chối · refused           5 chưa tin cậy · untrusted
          10 không có kho · no archive  11 đang bị khóa · locked  12 khóa, mật khẩu · key
          64 sai cách dùng · usage  130 bị ngắt · interrupted
        """

    /// A discussion that ends with the exit statuses.
    static func discussion(_ text: String) -> String {
        text.isEmpty ? exits : text + "\n\n" + exits
    }
}
