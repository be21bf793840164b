import Records
import Testing

@testable import Formats

struct AcceptedFormatsTests {
    @Test func `accepts PDF-A but not a plain PDF`() throws {
        let archival = try identified(Samples.pdfA("1.7", part: "2", level: "B"), "a.pdf")
        let plain = try identified(Samples.ascii("%PDF-1.7\n"), "a.pdf")

        #expect(AcceptedFormats.accepts(archival))
        #expect(!AcceptedFormats.accepts(plain))
    }

    @Test func `accepts text by its name and a picture only by its bytes`() throws {
        #expect(AcceptedFormats.accepts(try identified(Samples.ascii("a;b"), "a.csv")))
        #expect(!AcceptedFormats.accepts(try identified(Samples.ascii("a;b"), "a.png")))
        #expect(AcceptedFormats.accepts(try identified(Samples.png(["IDAT"]), "a.png")))
    }

    @Test func `accepts only the versions that the list names`() throws {
        let old = try identified(Samples.ascii("GIF87a"), "a.gif")
        let new = try identified(Samples.ascii("GIF89a"), "a.gif")
        let odt11 = try identified(ZIPSample.openDocument("text", version: "1.1"), "a.odt")
        let odt12 = try identified(ZIPSample.openDocument("text", version: "1.2"), "a.odt")

        #expect(!AcceptedFormats.accepts(old))
        #expect(AcceptedFormats.accepts(new))
        #expect(!AcceptedFormats.accepts(odt11))
        #expect(AcceptedFormats.accepts(odt12))
    }

    @Test func `refuses what is unknown or only a container`() throws {
        #expect(!AcceptedFormats.accepts(try identified([1, 2, 3], "a")))
        #expect(!AcceptedFormats.accepts(try identified(CompoundSample.bytes(["Other"]), "a.doc")))
        #expect(
            !AcceptedFormats.accepts(try identified(ZIPSample().adding("a", []).bytes, "a.zip")))
    }
}

struct FormatTableTests {
    @Test func `every line of the built-in table is a row with a readable signature`() {
        let lines = TableLines(PackageResources.signatures_tsv).map { $0 }

        #expect(lines.count > 90)
        for fields in lines {
            let row = FormatRow(fields)
            #expect(row != nil, "\(fields)")
            #expect(fields.count == 7 && (fields[6] == "-") == (row?.signature == nil), "\(fields)")
            if let puid = row?.puid { #expect(puid.contains(/^(x-)?fmt\/[0-9]+$/), "\(fields)") }
        }
    }

    @Test func `every accepted type is one that the signature table can give`() {
        let known = Set(TableLines(PackageResources.signatures_tsv).map { $0[4] })

        for fields in TableLines(PackageResources.accepted_tsv) {
            #expect(fields.count == 6 && known.contains(fields[3]), "\(fields)")
        }
    }

    @Test func `reads its table fast enough for every start`() {
        let spent = ContinuousClock().measure {
            for _ in 0..<20 { _ = FormatTable(PackageResources.signatures_tsv) }
        }

        // Tests run without optimisation beside others; a release build needs a fiftieth of this.
        #expect(spent / 20 < .milliseconds(50))
    }
}
