import Policies
import Records
import Testing

struct FieldRuleTests {
    @Test(arguments: [
        ("title", " Hồ sơ ", " Hồ sơ "), ("mode", "công khai", "01"), ("mode", "3", "03"),
        ("language", "Tiếng Việt; Tiếng Anh", "01;02"), ("language", "Việt-Anh", "06"),
        ("language", "01, 02;01", "01;02"), ("startDate", "2024-03-05", "05/03/2024"),
        ("startDate", "5/3/2024", "05/03/2024"), ("startDate", "03/2024", "03/2024"),
        ("startDate", "2024", "2024"), ("endDate", "29/02/2024", "29/02/2024"),
        ("riskRecovery", "Có", "1"), ("riskRecovery", "KHÔNG", "0"), ("riskRecovery", "true", "1"),
        ("riskRecovery", "kho\u{302}ng", "0"), ("totalDoc", "0012", "12"), ("totalDoc", "0", "0"),
        ("maintenance", "20 năm", "05"), ("maintenance", "05", "05"),
        ("maintenance", "15 năm", "07"),
    ])
    func `gives a dossier's value its canonical form`(
        element: String, text: String, canonical: String
    ) throws {
        let rule = try #require(FieldRules.dossier[element])
        #expect(try rule.canonical(text) == canonical)
    }

    @Test(arguments: [
        ("mode", "04", FieldFault.notCode(.mode)), ("language", "01;99", .notCode(.language)),
        ("language", ";", .notCode(.language)), ("startDate", "30/02/2024", .notDate),
        ("startDate", "29/02/2023", .notDate), ("startDate", "13/2024", .notDate),
        ("startDate", "00/00/0000", .notDate), ("startDate", "hôm nay", .notDate),
        ("riskRecovery", "2", .notBoolean), ("riskRecovery", "", .notBoolean),
        ("totalDoc", "-1", .notNumber), ("totalDoc", "1.5", .notNumber),
        ("totalDoc", "١", .notNumber),
        ("totalDoc", "99999999999999999999", .tooLong),
        ("maintenance", "8", .notCode(.maintenance)),
        ("title", "a\u{0}b", .control), ("title", "a\u{1B}[31m", .control),
        ("title", "\u{85}", .control),
        ("title", "\u{FFFE}", .control), ("title", "\u{7F}", .control),
    ])
    func `refuses a dossier's value that breaks its rule`(
        element: String, text: String, fault: FieldFault
    ) throws {
        let rule = try #require(FieldRules.dossier[element])
        #expect(throws: fault) { try rule.canonical(text) }
    }

    @Test(arguments: [
        ("docOrdinal", "0", FieldFault.notNumber), ("docOrdinal", "12345678", .tooLong),
        ("numberOfPage", "10000", .tooLong), ("issuedDate", "03/2024", .notDay),
        ("issuedDate", "31/04/2024", .notDay), ("photoTime", "2024-13", .notDate),
        ("typeName", "33", .notCode(.typeName)), ("process", "x", .notBoolean),
    ])
    func `refuses a document's value that breaks its rule`(
        element: String, text: String, fault: FieldFault
    ) throws {
        let rule = try #require(FieldRules.document[element])
        #expect(throws: fault) { try rule.canonical(text) }
    }

    @Test func `counts length as XML Schema does, in code points and not in bytes`() throws {
        let rule = try #require(FieldRules.dossier["keyword"])
        let composed = String(repeating: "ế", count: 100)
        let decomposed = "a" + String(repeating: "e\u{302}\u{301}", count: 33)

        #expect(try rule.canonical(composed) == composed)
        #expect(try Array(rule.canonical(decomposed).utf8) == Array(decomposed.utf8))
        #expect(throws: FieldFault.tooLong) { try rule.canonical(composed + "a") }
        #expect(throws: FieldFault.tooLong) { try rule.canonical(decomposed + "a") }
    }

    @Test func `keeps tabs and line breaks of a long text`() throws {
        let rule = try #require(FieldRules.dossier["description"])
        #expect(try rule.canonical("một\n\thai\r\nba") == "một\n\thai\r\nba")
    }

    @Test func `has a rule for every element of a description`() {
        for field in DocumentField.allCases { #expect(FieldRules.document[field.rawValue] != nil) }
        for field in DossierField.allCases { #expect(FieldRules.dossier[field.rawValue] != nil) }
        for field in ArrangementField.allCases {
            #expect(FieldRules.dossier[field.rawValue] != nil)
        }
        for kind in DocumentKind.allCases {
            for element in FieldRules.required(of: kind) {
                #expect(kind.elements.map(\.rawValue).contains(element))
            }
        }
    }

    @Test func `asks for what depends on other elements`() {
        let digitised = FieldRules.requiredBesides(confidenceLevel: "02", riskRecovery: "1")
        #expect(digitised == ["numberOfPaper", "paperFileCode", "riskRecoveryStatus"])
        #expect(FieldRules.requiredBesides(confidenceLevel: "01", riskRecovery: "0").isEmpty)
    }
}

struct RetentionPeriodTests {
    @Test(arguments: [
        ("01", "01", "Vĩnh viễn"), ("Vĩnh viễn", "01", "Vĩnh viễn"),
        ("VĨNH VIỄN", "01", "Vĩnh viễn"),
        ("20 năm", "05", "20 năm"), ("20 NĂM", "05", "20 năm"), ("20năm", "05", "20 năm"),
        ("20 nam", "05", "20 năm"), ("20  na\u{306}m", "05", "20 năm"), ("15 năm", "07", "15 năm"),
        ("015 năm", "07", "15 năm"), ("6 tháng", "07", "6 tháng"),
        ("Đến khi văn bản hết hiệu lực", "07", "Đến khi văn bản hết hiệu lực"),
        ("10 năm sau khi chết", "07", "10 năm sau khi chết"),
    ])
    func `reads a code, its words or other words`(text: String, code: String, words: String) throws
    {
        let period = try #require(RetentionPeriod(text))
        #expect(period.code == code)
        #expect(period.words == words)
        #expect(!period.isUnspecified)
    }

    @Test(arguments: [
        "5", "20", "08", "99", "Vĩnh vien", "vinh viễn", "Khac", "",
        "0 năm", "00 năm", "000năm", "-5 năm", "năm", "1e9 năm", "99999999999999999999 năm",
        "2,5 năm",
    ])
    func `does not guess at a number or a misspelt word`(text: String) {
        #expect(RetentionPeriod(text) == nil)
    }

    @Test(arguments: ["07", "Khác", "khác"])
    func `knows that the code for others says no period`(text: String) throws {
        #expect(try #require(RetentionPeriod(text)).isUnspecified)
    }
}
