import Policies
import Records
import Testing

/// A dossier is kept until its period is surely over.
@Suite struct DossierKeepingTests {
    private func dossier(_ maintenance: String, _ words: String?) -> Dossier {
        var arrangement: [ArrangementField: String] = [:]
        arrangement[.retentionPeriod] = words
        return Dossier(
            fields: [.maintenance: maintenance, .endDate: "16/12/2010"], arrangement: arrangement)
    }

    private static let ending: [(String, String?, Int)] = [
        ("06", "10 năm", 2020), ("06", nil, 2020), ("07", "5 năm", 2015), ("07", "15 năm", 2025),
        ("15 năm", nil, 2025), ("05", "10 năm", 2030), ("06", "20 năm", 2030),
    ]

    @Test(arguments: ending)
    func `is kept to the end of its last year, whether the code or the words beside it say so`(
        maintenance: String, words: String?, last: Int
    ) throws {
        let dossier = dossier(maintenance, words)
        let end = try #require(CivilDate(year: last, month: 12, day: 31))
        let after = try #require(CivilDate(year: last + 1, month: 1, day: 1))

        #expect(dossier.isKept(on: end))
        #expect(!dossier.isKept(on: after))
    }

    private static let endless: [(String, String?)] = [
        ("01", "Vĩnh viễn"), ("01", "5 năm"), ("07", nil), ("07", "Khác"), ("07", "6 tháng"),
        ("07", "10 năm sau khi chết"), ("06", "Đến khi hết hiệu lực"), ("99", "5 năm"),
    ]

    @Test(arguments: endless)
    func `is kept for ever where no years are known`(maintenance: String, words: String?) throws {
        let day = try #require(CivilDate(year: 9999))
        #expect(dossier(maintenance, words).isKept(on: day))
    }

    @Test func `is kept for ever without a last day`() throws {
        let dossier = Dossier(fields: [.maintenance: "06"], arrangement: [:])
        #expect(dossier.isKept(on: try #require(CivilDate(year: 9999))))
    }
}
