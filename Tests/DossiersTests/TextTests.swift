import Console
import Records
import Testing

struct TextTests {
    @Test func `every code has its texts in both languages`() {
        #expect(Set(DossierTexts.all.keys) == Set(FindingCode.dossierCodes))
        for (code, text) in DossierTexts.all {
            for wording in [text.vietnamese, text.english] {
                #expect(!wording.explanation.isEmpty, "\(code)")
                #expect(!wording.remedy.isEmpty, "\(code)")
            }
            #expect(text.vietnamese.explanation != text.english.explanation, "\(code)")
        }
    }

    @Test(arguments: Fault.all)
    func `a finding fills in all that its texts ask for`(fault: Fault) throws {
        for finding in try fault.findings() {
            let text = try #require(DossierTexts.all[finding.code], "\(finding.code)")
            for wording in [text.vietnamese, text.english] {
                let names = Template.names(in: wording.explanation + wording.remedy)
                #expect(names.isSubset(of: finding.facts.keys), "\(finding.code) \(names)")
            }
        }
    }
}
