import Dossiers
import Files
import Formats
import Foundation
import Records
import SystemPackage

/// A good dossier of two text documents that a test then breaks in one place.
struct SampleDossier {
    /// Lines of `dossier.yaml`: key and what is written behind it.
    var keys: [(key: String, value: String)] = [
        ("organId", "H61.12"), ("fileCatalog", "2024"), ("fileNotation", "01.CĐS"),
        ("title", "Hồ sơ chuyển đổi số"), ("maintenance", "20 năm"), ("mode", "Công khai"),
        ("language", "Tiếng Việt"), ("startDate", "01/01/2024"), ("endDate", "31/12/2024"),
        ("riskRecovery", "không"),
    ]
    var columns = [
        "file", "typeName", "issuedDate", "organName", "subject", "language", "numberOfPage",
        "mode",
    ]
    var rows: [[String]] = [
        ["a.txt", "Quyết định", "05/03/2024", "UBND tỉnh", "Về việc thứ nhất", "01", "1", "01"],
        ["Phụ lục/b.txt", "02", "06/03/2024", "UBND tỉnh", "Về việc thứ hai", "01", "2", "01"],
    ]
    var files: [(name: String, bytes: [UInt8])] = [
        ("a.txt", Array("một\n".utf8)), ("Phụ lục/b.txt", Array("hai\n".utf8)),
    ]
    /// The whole text of a list, where the test writes it itself.
    var yaml: [UInt8]?
    var list: [UInt8]?
    var hasYAML = true
    var hasList = true
    var limits = DossierLimits()

    subscript(_ key: String) -> String? {
        get { keys.first { $0.key == key }?.value }
        set {
            keys.removeAll { $0.key == key }
            if let newValue { keys.append((key, newValue)) }
        }
    }

    /// Sets a cell, in a column that is made when it is not there.
    mutating func set(_ column: String, _ value: String, row: Int = 0) {
        if let index = columns.firstIndex(of: column) {
            rows[row][index] = value
            return
        }
        columns.append(column)
        for index in rows.indices { rows[index].append(index == row ? value : "") }
    }

    /// Takes a column away.
    mutating func drop(_ column: String) {
        guard let index = columns.firstIndex(of: column) else { return }
        columns.remove(at: index)
        for row in rows.indices { rows[row].remove(at: index) }
    }

    mutating func add(_ name: String, _ text: String = "thêm\n") {
        files.append((name, Array(text.utf8)))
    }

    /// A PDF of so many pages, or one that needs a password.
    static func pdf(pages: Int, encrypted: Bool = false) -> [UInt8] {
        let kids = (0..<pages).map { "\($0 + 3) 0 R" }.joined(separator: " ")
        let objects =
            ["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count \(pages)/Kids[\(kids)]>>"]
            + Array(repeating: "<</Type/Page/MediaBox[0 0 9 9]>>", count: pages)
        var text = "%PDF-1.5\n"
        var table = "0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            table += CivilTime.padded(text.utf8.count, 10) + " 00000 n \n"
            text += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let zeros = String(repeating: "00", count: 32)
        let secret =
            "/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<\(zeros)>/U<\(zeros)>>>"
            + "/ID[<00><00>]"
        return Array(
            (text + "xref\n0 \(objects.count + 1)\n\(table)trailer\n<</Root 1 0 R/Size "
                + "\(objects.count + 1)\(encrypted ? secret : "")>>\nstartxref\n\(text.utf8.count)\n"
                + "%%EOF\n").utf8)
    }
}

/// A sample dossier on the disk, removed with its last reference.
final class DossierFolder {
    let path: FilePath
    private let limits: DossierLimits

    init(_ sample: SampleDossier) throws {
        let url = FileManager.default.temporaryDirectory.appending(
            path: "dossier-" + UUID().uuidString)
        path = FilePath(url.path)
        limits = sample.limits
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        for file in sample.files { try write(file.bytes, to: file.name) }
        if sample.hasYAML {
            let text = sample.keys.map { "\($0.key): \($0.value)\n" }.joined()
            try write(sample.yaml ?? Array(text.utf8), to: "dossier.yaml")
        }
        if sample.hasList {
            let text = ([sample.columns] + sample.rows).map { $0.joined(separator: ",") + "\n" }
            try write(sample.list ?? Array(text.joined().utf8), to: "documents.csv")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path.string) }

    func write(_ bytes: [UInt8], to name: String) throws {
        let file = path.appending(bytes: Array(name.utf8))
        try DiskVolume().makeFolders(file.removingLastComponent())
        let descriptor = try FileDescriptor.open(
            file, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
        _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
    }

    func examine(_ volume: any Volume = DiskVolume()) throws -> DossierExamination {
        try DossierExamination.examine(
            folder: path, volume: volume,
            identifier: FormatIdentifier(pages: { PDFPages.count(at: $0) }), fondsCode: "P01",
            limits: limits)
    }

    /// The documents of a dossier that was found to be in order.
    func documents() throws -> [Document] {
        var documents: [Document] = []
        let examination = try examine()
        guard let closed = examination.closed else { throw Faulty(findings: examination.findings) }
        try closed.forEachDocument { documents.append($0) }
        return documents
    }

    /// What was found in a dossier that should have been in order.
    struct Faulty: Error {
        let findings: [Finding]
    }
}
