import Records
import Repository
import Storage
import Testing

@testable import Console

@Suite struct CatalogueTests {
    private static let codes =
        FindingCode.dossierCodes + FindingCode.catalogCodes + FindingCode.storeCodes
        + FindingCode.bundleCodes + FindingCode.packageCodes + FindingCode.exportCodes
        + FindingCode.linkCodes + FindingCode.copyCodes + FindingCode.evidenceCodes
        + FindingCode.keyCodes + FindingCode.stampCodes
        + FindingCode.proofCodes + FindingCode.incidentCodes

    @Test func `every finding says what is wrong and what to do, in both languages`() throws {
        #expect(Set(Self.codes).count == Self.codes.count)
        for code in Self.codes {
            let text = try #require(Catalogue.findings[code], "\(code.text)")
            for wording in [text.vietnamese, text.english] {
                #expect(!wording.explanation.isEmpty, "\(code.text)")
                #expect(!wording.remedy.isEmpty, "\(code.text)")
            }
            #expect(
                Template.names(in: text.vietnamese.explanation)
                    == Template.names(in: text.english.explanation),
                "\(code.text)")
        }
        #expect(Catalogue.findings.count == Self.codes.count)
    }

    @Test func `every failure has its texts`() throws {
        let codes: [String] =
            ArchiveFailure.Reason.allCases.map(\.rawValue)
            + S3Failure.Reason.allCases.map(\.rawValue)
            + CopyStoreFailure.Reason.allCases.map(\.rawValue) + [
                "LT-DISK-NOT-FOUND", "LT-DISK-FULL", "LT-DISK-QUOTA", "LT-DISK-READ-ONLY",
                "LT-DISK-PERMISSION", "LT-DISK-INPUT-OUTPUT", "LT-DISK-EXISTS",
                "LT-DISK-NAME-TOO-LONG",
                "LT-DISK-FAILED", "LT-FAILED", "LT-CATALOG-DAMAGED", "LT-CATALOG-BUSY",
                "LT-KEY-FAILED",
                "LT-KEY-UNREADABLE", "LT-KEY-PASSPHRASE-WRONG", "LT-KEY-CERTIFICATE-UNREADABLE",
                "LOG_CLOCK_BEHIND", "LOG_CLOCK_AHEAD", "LOG_INCONSISTENT", "LOG_TREE_SHRUNK",
                "LOG_ENTRY_MISMATCH",
                "LT-STORE-OBJECT-MISSING", "LT-STORE-OBJECT-EXISTS", "LT-STORE-OBJECT-UNREADABLE",
                "TS_MALFORMED", "TS_SIGNATURE_BROKEN", "TS_SIGNER_UNKNOWN", "TS_NO_EKU",
                "TS_UNTRUSTED", "TS_EXPIRED", "TS_REVOKED", "TS_UNPROTECTED_BYTES",
                "TS_IMPRINT_MISMATCH", "TS_POLICY_MISMATCH", "TSA_BAD_NONCE", "TS_CLOCK_SKEW",
                "TSA_REFUSED",
                "LT-TOKEN-MODULE", "LT-TOKEN-ABSENT", "LT-TOKEN-SEVERAL", "LT-TOKEN-KEY-MISSING",
                "LT-TOKEN-KEY-WEAK", "LT-TOKEN-CERTIFICATE-MISSING", "LT-TOKEN-PIN-MISSING",
                "LT-TOKEN-PIN-FORM", "LT-TOKEN-PIN-WRONG", "LT-TOKEN-PIN-LOCKED",
                "LT-TOKEN-PIN-FINAL-TRY", "LT-TOKEN-GONE", "LT-TOKEN-CRASHED", "LT-TOKEN-SILENT",
                "LT-TOKEN-NONSENSE", "LT-TOKEN-FAILED",
            ]
        for code in codes {
            let text = try #require(Catalogue.failures[code], "\(code)")
            #expect(!text.vietnamese.explanation.isEmpty && !text.english.explanation.isEmpty)
            #expect(!text.vietnamese.remedy.isEmpty && !text.english.remedy.isEmpty)
        }
    }

    @Test(arguments: [
        ([:], Language.vietnamese), (["LANG": "en_US.UTF-8"], .english),
        (["LC_ALL": "C"], .vietnamese),
        (["LC_ALL": "C", "LANG": "en_US.UTF-8"], .vietnamese), (["LC_MESSAGES": "en_GB"], .english),
        (["LC_ALL": "", "LANG": "en"], .english), (["LANG": "vi_VN.UTF-8"], .vietnamese),
    ])
    func `the environment's language is the first that is set`(
        environment: [String: String], language: Language
    ) {
        #expect(Language(environment: environment) == language)
    }

    @Test func `names and titles cannot move the cursor of a terminal`() {
        #expect(SafeText.shown("a\u{1B}[2Jb") == "a\\u{1b}[2Jb")
        #expect(SafeText.json("\"a\u{9B}\u{202E}\u{2028}é\"") == "\"a\\u009b\\u202e\\u2028é\"")
        #expect(SafeText.shown("a\u{202E}b") == "a\\u{202e}b")
        #expect(SafeText.shown("Quyết định") == "Quyết định")
    }

    @Test func `braces that are no facts stay`() {
        #expect(Template.filled("{a} {b} {", ["a": "1"]) == "1 {b} {")
    }
}
