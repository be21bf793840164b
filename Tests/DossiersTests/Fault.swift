import Dossiers
import Foundation
import Glibc
import Records
import SystemPackage
import Testing

/// One thing wrong with a dossier, and the finding that says so.
struct Fault: Sendable, CustomTestStringConvertible {
    let code: FindingCode
    let severity: Finding.Severity
    let subject: String
    let place: Place?
    /// A fact that the finding must hold.
    let fact: [String: String]
    /// Breaks the sample before it is written.
    let breaking: @Sendable (inout SampleDossier) -> Void
    /// Breaks the folder after it was written.
    let spoiling: @Sendable (DossierFolder) throws -> Void

    var testDescription: String { code.text + " " + subject }

    init(
        _ code: FindingCode, _ severity: Finding.Severity, _ subject: String, _ line: Int? = nil,
        _ column: Int = 1, _ fact: [String: String] = [:],
        breaking: @escaping @Sendable (inout SampleDossier) -> Void = { _ in },
        spoiling: @escaping @Sendable (DossierFolder) throws -> Void = { _ in }
    ) {
        self.code = code
        self.severity = severity
        self.subject = subject
        place = line.map { Place(line: $0, column: column) }
        self.fact = fact
        self.breaking = breaking
        self.spoiling = spoiling
    }

    init(
        _ code: FindingCode, _ subject: String, _ line: Int? = nil, _ column: Int = 1,
        _ fact: [String: String] = [:],
        breaking: @escaping @Sendable (inout SampleDossier) -> Void = { _ in },
        spoiling: @escaping @Sendable (DossierFolder) throws -> Void = { _ in }
    ) {
        self.init(
            code, .error, subject, line, column, fact, breaking: breaking, spoiling: spoiling)
    }

    /// The findings of a sample that is broken so.
    func findings() throws -> [Finding] {
        var sample = SampleDossier()
        breaking(&sample)
        let folder = try DossierFolder(sample)
        try spoiling(folder)
        return try folder.examine().findings
    }

    static let all = ofDossierFile + ofList + ofFolder
    private static let yaml = "dossier.yaml"
    private static let list = "documents.csv"

    static let ofDossierFile: [Fault] = [
        Fault(.dossierFileMissing, yaml) { $0.hasYAML = false },
        Fault(.textNotUTF8, yaml, 2, 3) { $0.yaml = Array("a: 1\nb:".utf8) + [0xE9, 0x0A] },
        Fault(.textControl, yaml, 1, 4) { $0.yaml = [0x61, 0x3A, 0x20, 0x00] },
        Fault(.textUnreadable, yaml, 2, 2) { $0.yaml = Array("a: [1\nb: 2\n".utf8) },
        Fault(.textUnreadable, yaml, 10, 72) {
            $0["mode"] = "a" + String(repeating: "\u{301}\u{323}", count: 10_000)
        },
        Fault(.textUnreadable, yaml, 10, 7) {
            $0["mode"] = "\"a" + String(repeating: "\\u0301\\u0323", count: 10_000) + "\""
        },
        Fault(.textNotFlat, yaml, 11, 14) { $0["description"] = "{một: hai}" },
        Fault(.textNotFlat, yaml, 10, 8) { $0["title"] = "&neo Hồ sơ" },
        Fault(.limitFileSize, yaml, 1, 1, ["limit": "1048576"]) {
            $0.yaml = [UInt8](repeating: 0x20, count: 2 << 20)
        },
        Fault(.keyUnknown, yaml, 11, 1, ["element": "tittle", "nearest": " (≈ title)"]) {
            $0.keys.append(("tittle", "x"))
        },
        Fault(.columnTwice, yaml, 11, 1, ["element": "title"]) { $0.keys.append(("title", "x")) },
        Fault(.fieldRequired, yaml, nil, 1, ["element": "title"]) { $0["title"] = nil },
        Fault(.fieldRequired, yaml, nil, 1, ["element": "riskRecovery"]) {
            $0["riskRecovery"] = "''"
        },
        Fault(.fieldRequired, yaml, nil, 1, ["element": "riskRecoveryStatus"]) {
            $0["riskRecovery"] = "1"
        },
        Fault(.fieldRequired, yaml, nil, 1, ["element": "paperFileCode"]) {
            $0["confidenceLevel"] = "Số hóa"
            $0["numberOfPaper"] = "3"
        },
        Fault(.fieldRequired, yaml, nil, 1, ["element": "numberOfPaper"]) {
            $0["confidenceLevel"] = "02"
            $0["paperFileCode"] = "K1.G2.3"
        },
        Fault(.fieldTooLong, yaml, 11, 12, ["limit": "30", "length": "31"]) {
            $0["inforSign"] = String(repeating: "ế", count: 31)
        },
        Fault(.fieldNotNumber, yaml, 11, 11, ["value": "hai"]) { $0["totalDoc"] = "hai" },
        Fault(.fieldTooLong, yaml, 11, 11, ["limit": "10"]) {
            $0["totalDoc"] = "99999999999999999999"
        },
        Fault(.fieldNotBoolean, yaml, 10, 15, ["value": "2"]) { $0["riskRecovery"] = "2" },
        Fault(.fieldNotCode, yaml, 10, 7, ["nearest": " (≈ Công khai)"]) {
            $0["mode"] = "Công khại"
        },
        Fault(.fieldNotCode, yaml, 10, 14, ["value": "5"]) { $0["maintenance"] = "5" },
        Fault(.fieldNotDate, yaml, 10, 10, ["value": "30/02/2024"]) {
            $0["endDate"] = "30/02/2024"
        },
        Fault(.fieldControl, yaml, 11, 14) { $0["description"] = "\"a\\x07\"" },
        Fault(.periodUnspecified, yaml, 10, 14) { $0["maintenance"] = "Khác" },
        Fault(.periodDiffers, yaml, 11, 18, ["value": "15 năm", "expected": "20 năm"]) {
            $0["retentionPeriod"] = "15 năm"
        },
        Fault(.datesOrder, yaml, 10, 10, ["start": "01/01/2024"]) { $0["endDate"] = "31/12/2023" },
        Fault(.totalDiffers, yaml, 11, 11, ["expected": "3", "found": "2"]) {
            $0["totalDoc"] = "3"
        },
        Fault(.pageSumDiffers, yaml, 11, 15, ["expected": "4", "found": "3"]) {
            $0["numberOfPage"] = "4"
        },
    ]

    static let ofList: [Fault] = [
        Fault(.listMissing, list) { $0.hasList = false },
        Fault(.dossierEmpty, list) {
            $0.list = []
            $0.files = []
        },
        Fault(.dossierEmpty, list) {
            $0.rows = []
            $0.files = []
        },
        Fault(.textNotUTF8, list, 2, 1) { $0.list = Array("file\n".utf8) + [0xFF, 0x0A] },
        Fault(.textControl, list, 2, 1) { $0.list = Array("file\n\u{0}\n".utf8) },
        Fault(.textUnreadable, list, 2, 4) { $0.list = Array("file,b\n\"a\"x,1\n".utf8) },
        Fault(.textUnreadable, list, 2, 7) {
            $0.set("typeName", "a" + String(repeating: "\u{301}\u{323}", count: 10_000))
        },
        Fault(.quoteUnclosed, list, 2, 1) { $0.list = Array("file,b\na,\"1\n".utf8) },
        Fault(.limitRow, list, 2, 1, ["limit": "65536"]) {
            $0.set("subject", String(repeating: "x", count: 70 << 10))
        },
        Fault(.limitColumns, list, 1, 1, ["limit": "64"]) {
            $0.list = Array(repeating: UInt8(ascii: ","), count: 100)
        },
        Fault(.limitFileSize, list, nil, 1, ["limit": "20"]) { $0.limits.list = 20 },
        Fault(.columnUnknown, list, 1, 71, ["element": "subjetc", "nearest": " (≈ subject)"]) {
            $0.set("subjetc", "x")
        },
        Fault(.columnTwice, list, 1, 71, ["element": "mode"]) {
            $0.columns.append("mode")
            for row in $0.rows.indices { $0.rows[row].append("01") }
        },
        Fault(.columnMissing, list, 1, 1, ["element": "organName"]) { $0.drop("organName") },
        Fault(.columnNameless, list, 2, 64, ["value": "rơi"]) {
            $0.columns.append("")
            $0.rows[0].append("rơi")
            $0.rows[1].append("")
        },
        Fault(.rowLength, list, 3, 1, ["expected": "8", "found": "9"]) { $0.rows[1].append("") },
        Fault(.rowLength, list, 4, 1, ["expected": "8", "found": "9"]) {
            $0.rows.append(Array(repeating: "", count: 8) + ["lạc"])
        },
        Fault(.fieldRequired, list, 2, 1, ["element": "subject"]) { $0.set("subject", " ") },
        Fault(.fieldRequired, list, 2, 1, ["element": "process"]) {
            $0.set("confidenceLevel", "01")
            $0.set("process", "1", row: 1)
        },
        Fault(.fieldRequired, list, 3, 1, ["element": "file"]) {
            $0.rows[1][0] = ""
            $0.files.removeLast()
        },
        Fault(.columnMissing, list, 1, 1, ["element": "riskRecoveryStatus"]) {
            $0.set("riskRecovery", "1")
        },
        Fault(.fieldTooLong, list, 2, 49, ["length": "501", "limit": "500"]) {
            $0.set("organName", "UBND tỉnh Vĩnh Long")
            $0.set("subject", String(repeating: "x", count: 501))
        },
        Fault(.fieldTooLong, list, 2, 59, ["value": "99999999999999999999"]) {
            $0.set("numberOfPage", "99999999999999999999")
        },
        Fault(.fieldTooLong, list, 2, 64, ["value": "99999999999999999999", "limit": "7"]) {
            $0.set("docOrdinal", "99999999999999999999")
        },
        Fault(.fieldTooLong, list, 2, 1, ["element": "docCode", "length": "101"]) {
            $0["arcFileCode"] = String(repeating: "x", count: 93)
            $0.rows.removeLast()
            $0.files.removeLast()
        },
        Fault(.fieldTooLong, list, 2, 39, ["length": "501"]) {
            $0.set("subject", String(repeating: "e\u{302}\u{301}", count: 167))
        },
        Fault(.fieldNotNumber, list, 2, 64, ["value": "0"]) { $0.set("docOrdinal", "0") },
        Fault(.fieldNotBoolean, list, 2, 64, ["value": "x"]) { $0.set("process", "x") },
        Fault(.fieldNotCode, list, 2, 7, ["nearest": " (≈ Quyết định)"]) {
            $0.set("typeName", "Quyết đinh")
        },
        Fault(.fieldNotDay, list, 2, 18, ["value": "03/2024"]) { $0.set("issuedDate", "03/2024") },
        Fault(.fieldNotDate, list, 2, 67, ["value": "2024-13"]) {
            $0.set("typePic", "02")
            $0.set("photoTime", "2024-13")
        },
        Fault(.fieldControl, list, 2, 39) { $0.set("subject", "a\u{1B}b") },
        Fault(.periodUnspecified, list, 2, 64) { $0.set("maintenance", "07") },
        Fault(.codeForm, .warning, list, 2, 64, ["expected": "H61.12.2024.01.CĐS.0000001"]) {
            $0.set("docCode", "H61.12.2023.01.CĐS.0000001")
        },
        Fault(.kindUnclear, list, 2, 67) {
            $0.set("typePic", "02")
            $0.set("typeMedia", "01")
        },
        Fault(.dateOutside, .warning, list, 2, 18, ["value": "01/01/2025", "end": "31/12/2024"]) {
            $0.set("issuedDate", "2025-01-01")
        },
        Fault(.ordinalTwice, list, 3, 1, ["value": "2"]) { $0.set("docOrdinal", "2") },
        Fault(.codeTwice, list, 3, 1, ["value": "H61.12.2024.01.CĐS.0000002"]) {
            $0.set("docCode", "H61.12.2024.01.CĐS.0000002")
        },
        Fault(.limitDocuments, list, 3, 1, ["limit": "1"]) {
            $0.limits.documents = 1
            $0.files.removeLast()
        },
        Fault(.pathOutside, list, 2, 1, ["value": "../a.txt"]) { $0.rows[0][0] = "../a.txt" },
        Fault(.pathOutside, list, 2, 1) { $0.rows[0][0] = "/etc/passwd" },
        Fault(.pathOutside, list, 2, 1) { $0.rows[0][0] = "x\\..\\..\\a.txt" },
        Fault(.fileMissing, list, 2, 1, ["value": "à.txt", "nearest": " (≈ a.txt)"]) {
            $0.rows[0][0] = "à.txt"
        },
        Fault(.fileTwice, list, 3, 1, ["value": "./a.txt"]) {
            $0.rows[1][0] = "./a.txt"
            $0.files.removeLast()
        },
        Fault(.pagesDiffer, list, 2, 59, ["expected": "1", "found": "3", "file": "a.pdf"]) {
            $0.rows[0][0] = "a.pdf"
            $0.files[0] = ("a.pdf", SampleDossier.pdf(pages: 3))
        },
    ]

    static let ofFolder: [Fault] = [
        Fault(.fileEmpty, "a.txt") { $0.files[0].bytes = [] },
        Fault(.fileExtra, "Phụ lục/c.txt") { $0.add("Phụ lục/c.txt") },
        Fault(.fileLeftOut, .warning, "~$a.docx") { $0.add("~$a.docx") },
        Fault(.fileLeftOut, .warning, "Phụ lục/Thumbs.db") { $0.add("Phụ lục/Thumbs.db") },
        Fault(.fileLeftOut, .warning, ".DS_Store") { $0.add(".DS_Store") },
        Fault(
            .fileLink, "c",
            spoiling: {
                try FileManager.default.createSymbolicLink(
                    atPath: $0.path.string + "/c", withDestinationPath: "a.txt")
            }),
        Fault(
            .fileLink, "d",
            spoiling: {
                try FileManager.default.createSymbolicLink(
                    atPath: $0.path.string + "/d", withDestinationPath: "Phụ lục")
            }),
        Fault(.fileDevice, "ống", spoiling: { _ = mkfifo($0.path.string + "/ống", 0o600) }),
        Fault(
            .folderEmpty, .warning, "rỗng",
            spoiling: {
                try FileManager.default.createDirectory(
                    atPath: $0.path.string + "/rỗng", withIntermediateDirectories: false)
            }),
        Fault(.nameCollision, "a.txt", nil, 1, ["other": "A.TXT"]) {
            $0.add("A.TXT")
            $0.rows.append(["A.TXT"] + $0.rows[0].dropFirst())
        },
        Fault(.nameCollision, "\u{EA}.txt", nil, 1) {
            $0.add("\u{EA}.txt")
            $0.add("e\u{302}.txt")
            $0.rows.append(["\u{EA}.txt"] + $0.rows[0].dropFirst())
            $0.rows.append(["e\u{302}.txt"] + $0.rows[0].dropFirst())
        },
        Fault(.nameWindows, .warning, "con.2024.txt") {
            $0.files[0].name = "con.2024.txt"
            $0.rows[0][0] = "con.2024.txt"
        },
        Fault(.nameWindows, .warning, "a?.txt") {
            $0.files[0].name = "a?.txt"
            $0.rows[0][0] = "a?.txt"
        },
        Fault(
            .nameNotUTF8, "\u{FFFD}.txt",
            spoiling: { folder in
                let path =
                    Array(folder.path.string.utf8CString.dropLast()) + [
                        0x2F, CChar(bitPattern: 0xE9),
                    ]
                let name = path + Array(".txt".utf8CString)
                let descriptor = open(name, O_CREAT | O_WRONLY, 0o600)
                close(descriptor)
            }),
        Fault(.nameControl, "a\u{7}.txt") { $0.add("a\u{7}.txt") },
        Fault(.nameControl, "a\u{9B}b.txt") { $0.add("a\u{9B}b.txt") },
        Fault(.nameControl, "a\u{85}b.txt") { $0.add("a\u{85}b.txt") },
        Fault(.nameControl, "a\u{FFFE}.txt") { $0.add("a\u{FFFE}.txt") },
        Fault(.nameControl, "Phụ lục/\u{FFFF}") { $0.add("Phụ lục/\u{FFFF}") },
        Fault(.formatNotAccepted, .warning, "a.odd", nil, 1, ["count": "1"]) {
            $0.files[0] = ("a.odd", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0])
            $0.rows[0][0] = "a.odd"
        },
        Fault(.pagesEncrypted, .warning, "a.pdf") {
            $0.rows[0][0] = "a.pdf"
            $0.files[0] = ("a.pdf", SampleDossier.pdf(pages: 1, encrypted: true))
        },
        Fault(.pagesUnknown, .warning, "a.pdf") {
            $0.rows[0][0] = "a.pdf"
            $0.files[0] = ("a.pdf", SampleDossier.pdf(pages: 1).dropLast(40))
        },
        Fault(.limitFileSize, "a.txt", nil, 1, ["limit": "4"]) { $0.limits.fileSize = 4 },
        Fault(.limitDepth, "x/y/z", nil, 1, ["limit": "2"]) {
            $0.limits.depth = 2
            $0.add("x/y/z/c.txt")
        },
        Fault(.limitPath, "đường dẫn dài.txt", nil, 1, ["limit": "20"]) {
            $0.limits.path = 20
            $0.add("đường dẫn dài.txt")
        },
    ]
}
