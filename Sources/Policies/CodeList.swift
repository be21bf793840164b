/// A code list of TT 05/2025 Annex I with the words that people write for its codes.
package struct CodeList: Hashable, Sendable {
    /// A code and its Vietnamese words; the first word is the circular's.
    package struct Entry: Hashable, Sendable {
        package let code: String
        package let words: [String]
    }

    package let entries: [Entry]
    /// Codes by every text that means one; Swift compares strings by meaning, so NFC and NFD meet.
    private let codes: [String: String]
    /// The circular's words by their code.
    private let firstWords: [String: String]

    init(_ words: [String]...) {
        entries = words.enumerated().map { index, words in
            Entry(code: index < 9 ? "0\(index + 1)" : "\(index + 1)", words: words)
        }
        var codes: [String: String] = [:]
        for (index, entry) in entries.enumerated() {
            codes[entry.code] = entry.code
            // A spreadsheet takes the zero away.
            codes[String(index + 1)] = entry.code
            for word in entry.words {
                codes[word] = entry.code
                codes[word.lowercased()] = entry.code
            }
        }
        self.codes = codes
        firstWords = Dictionary(
            uniqueKeysWithValues: entries.compactMap { entry in
                entry.words.first.map { (entry.code, $0) }
            })
    }

    /// The code that a text means: the code itself, with or without its zero, or a word in any case.
    package func code(for text: String) -> String? { codes[text] ?? codes[text.lowercased()] }

    /// The circular's words for a code.
    package func words(for code: String) -> String? { firstWords[code] }

    /// All codes with their words, for the remedy of a finding.
    package var listing: String {
        entries.map { "\($0.code) \($0.words.first ?? "")" }.joined(separator: ", ")
    }

    /// The word that was probably meant.
    package func nearest(to text: String) -> String? {
        NearestWord.to(text, among: entries.flatMap(\.words))
    }
}

extension CodeList {
    package static let maintenance = CodeList(
        ["Vĩnh viễn"], ["70 năm"], ["50 năm"], ["30 năm"], ["20 năm"], ["10 năm"], ["Khác"])
    package static let mode = CodeList(
        ["Công khai"], ["Sử dụng có điều kiện", "Có điều kiện", "Tiếp cận có điều kiện"], ["Mật"])
    package static let language = CodeList(
        ["Tiếng Việt", "Việt"], ["Tiếng Anh", "Anh"], ["Tiếng Pháp", "Pháp"], ["Tiếng Nga", "Nga"],
        ["Tiếng Trung", "Trung"], ["Việt-Anh"], ["Việt-Nga"], ["Việt-Pháp"], ["Hán Nôm"],
        ["Việt-Trung"],
        ["Khác"])
    package static let typeName = CodeList(
        ["Nghị quyết"], ["Quyết định"], ["Chỉ thị"], ["Quy chế"], ["Quy định"], ["Thông cáo"],
        ["Thông báo"],
        ["Hướng dẫn"], ["Chương trình"], ["Kế hoạch"], ["Phương án"], ["Đề án"], ["Dự án"],
        ["Báo cáo"],
        ["Tờ trình"], ["Giấy ủy quyền", "Giấy uỷ quyền"], ["Phiếu gửi"], ["Phiếu chuyển"],
        ["Phiếu báo"],
        ["Biên bản"], ["Hợp đồng"], ["Công văn"], ["Công điện"], ["Bản ghi nhớ"],
        ["Bản thỏa thuận", "Bản thoả thuận"], ["Giấy mời"], ["Giấy giới thiệu"], ["Giấy nghỉ phép"],
        ["Thư công"], ["Bản đồ"], ["Bản vẽ kỹ thuật", "Bản vẽ kĩ thuật"], ["Khác"])
    package static let condition = CodeList(["Tốt"], ["Bình thường"], ["Hỏng"])
    package static let confidence = CodeList(
        ["Gốc điện tử", "Điện tử"], ["Số hóa", "Số hoá"], ["Hỗn hợp"])
    package static let recoveryStatus = CodeList(
        ["Đã dự phòng", "Đã thực hiện"], ["Chưa dự phòng", "Chưa thực hiện"])
    package static let pictureType = CodeList(["Phim âm bản", "Âm bản"], ["Ảnh"])
    package static let colour = CodeList(["Màu"], ["Đen trắng"])
    package static let recordingType = CodeList(
        ["Ghi âm", "Âm thanh"], ["Ghi hình", "Phim", "Video"])
}
