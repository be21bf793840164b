import Dossiers
import Foundation
import Records
import SystemPackage
import Testing

struct FaultTests {
    @Test(arguments: Fault.all)
    func `a fault is found where it is`(fault: Fault) throws {
        let findings = try fault.findings()
        let found = findings.filter { $0.code == fault.code && $0.subject == fault.subject }

        let one = try #require(
            found.first { finding in fault.fact.allSatisfy { finding.facts[$0] == $1 } },
            "found \(findings)")
        #expect(one.severity == fault.severity)
        #expect(one.place == fault.place)
        let others = findings.filter { $0 != one && !Self.follow.contains($0.code) }
        #expect(others.isEmpty, "also found \(others)")
    }

    /// Findings that another fault may bring with it.
    private static let follow: Set<FindingCode> = [
        .fileExtra, .columnUnknown, .columnMissing, .codeForm, .nameCollision, .fieldRequired,
        .formatNotAccepted,
    ]

    @Test func `the sample itself has no fault`() throws {
        let examination = try DossierFolder(SampleDossier()).examine()
        #expect(examination.findings == [])
        #expect(examination.closed != nil)
    }

    @Test func `only errors keep a dossier open`() throws {
        for fault in Fault.all {
            var sample = SampleDossier()
            fault.breaking(&sample)
            let folder = try DossierFolder(sample)
            try fault.spoiling(folder)
            let examination = try folder.examine()
            #expect(
                (examination.closed == nil) == examination.findings.containsErrors, "\(fault.code)")
        }
    }

    @Test func `there is a fault for every code`() {
        let tested = Set(Fault.all.map(\.code))
        let elsewhere: Set<FindingCode> = [.folderMissing, .sourceUnreadable, .limitFindings]
        #expect(Set(FindingCode.dossierCodes).subtracting(tested) == elsewhere)
        #expect(Set(FindingCode.dossierCodes).count == FindingCode.dossierCodes.count)
    }

    @Test func `a folder that is not there is a finding`() throws {
        let folder = try DossierFolder(SampleDossier())
        let path = folder.path.string
        try FileManager.default.removeItem(atPath: path)
        let examination = try folder.examine()
        #expect(examination.findings == [Finding(.folderMissing, subject: path)])
    }

    @Test func `faults of both lists are told at once`() throws {
        var sample = SampleDossier()
        sample.hasYAML = false
        sample.set("mode", "99")
        let codes = try DossierFolder(sample).examine().findings.map(\.code)
        #expect(codes == [.dossierFileMissing, .fieldNotCode])
    }

    @Test func `reports so many errors and so many warnings, then that there are more`() throws {
        var sample = SampleDossier()
        sample.limits.findings = 3
        for number in 0..<5 {
            sample.add("thừa \(number).txt")
            sample.add("~$\(number).docx")
        }
        let findings = try DossierFolder(sample).examine().findings
        let warnings = findings.filter { $0.severity == .warning }
        let errors = findings.filter { $0.severity == .error }
        #expect(warnings.map(\.code) == [.fileLeftOut, .fileLeftOut, .fileLeftOut, .limitFindings])
        #expect(errors.map(\.code) == [.fileExtra, .fileExtra, .fileExtra, .limitFindings])
        #expect(findings.last?.facts["limit"] == "3")
    }

    @Test func `any number of warnings keeps a dossier in order`() throws {
        var sample = SampleDossier()
        sample.limits.findings = 2
        for number in 0..<9 { sample.add("~$\(number).docx") }
        let examination = try DossierFolder(sample).examine()
        #expect(examination.findings.count == 3)
        #expect(examination.closed != nil)
    }

    @Test func `a long value is cut in its finding`() throws {
        var sample = SampleDossier()
        sample.set("subject", String(repeating: "ế", count: 600))
        let findings = try DossierFolder(sample).examine().findings
        #expect(findings.first?.facts["value"]?.count == 80)
    }

    @Test func `a long value of one letter is cut as well`() throws {
        var sample = SampleDossier()
        sample.set("subject", "a" + String(repeating: "\u{200D}", count: 600))
        let findings = try DossierFolder(sample).examine().findings
        #expect(findings.first?.facts["value"]?.unicodeScalars.count == 80)
    }
}
