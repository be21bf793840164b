import Cryptography
import Foundation
import Records
import Testing

@testable import Evidence

/// Records in XML, put together as another maker would.
struct XMLEvidenceRecordTests {
    private let authority: RecordBench

    init() throws { authority = try RecordBench(count: 1) }

    private static let data = Array("quyết định".utf8)
    private static let form = "http://www.w3.org/2001/10/xml-exc-c14n#"
    private static let sha512 = "http://www.w3.org/2001/04/xmlenc#sha512"

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    /// A stamp over hashes in one list.
    private func stamp(_ order: Int, over hashes: [[UInt8]], at second: Int64) throws -> String {
        let root = try #require(HashTree.node(over: hashes, .sha512))
        var bench = authority
        bench.now = second
        let token = try bench.token(over: root, .sha512).der
        let values = hashes.map { "<DigestValue>\(Self.base64($0))</DigestValue>" }.joined()
        return """
            <ArchiveTimeStamp Order="\(order)"><HashTree><Sequence Order="1">\(values)</Sequence>\
            </HashTree>\(Self.timeStamp(token))</ArchiveTimeStamp>
            """
    }

    private static func timeStamp(_ token: [UInt8]) -> String {
        """
        <TimeStamp><TimeStampToken Type="RFC3161">\(base64(token))</TimeStampToken></TimeStamp>
        """
    }

    private static func chain(_ order: Int, _ stamps: String, digest: String = sha512) -> String {
        """
        <ArchiveTimeStampChain Order="\(order)"><DigestMethod Algorithm="\(digest)"/>\
        <CanonicalizationMethod Algorithm="\(form)"/>\(stamps)</ArchiveTimeStampChain>
        """
    }

    private static func record(_ chains: String) -> String {
        """
        <EvidenceRecord xmlns="urn:ietf:params:xml:ns:ers" Version="1.0">\
        <ArchiveTimeStampSequence>\(chains)</ArchiveTimeStampSequence></EvidenceRecord>
        """
    }

    private func verdict(
        _ xml: String, _ data: [UInt8] = data, _ coverage: EvidenceCoverage = .wholeGroup
    ) throws -> EvidenceVerdict {
        try XMLEvidenceRecord(xml: Array(xml.utf8)).verify(
            [.bytes(data)], coverage: coverage, trust: authority.trust,
            at: RecordBench.start + 500)
    }

    /// What a canonical writer hashes: the part as it stands, with the namespace on its own element.
    private static func hash(_ part: String, _ name: String) -> [UInt8] {
        let named = part.replacing(
            "<\(name)>", with: "<\(name) xmlns=\"urn:ietf:params:xml:ns:ers\">", maxReplacements: 1)
        let open = named.replacing(
            /<(DigestMethod|CanonicalizationMethod) ([^>]*)\/>/,
            with: { "<\($0.1) \($0.2)></\($0.1)>" })
        return DigestMethod.sha512.digest(of: Array(open.utf8))
    }

    @Test func `a stamp, its renewal and a new tree are walked`() throws {
        let leaf = DigestMethod.sha512.digest(of: Self.data)
        let first = try stamp(1, over: [leaf], at: RecordBench.start)
        let part = try #require(first.firstMatch(of: /<TimeStamp>.*<\/TimeStamp>/)).output
        let second = try stamp(
            2, over: [Self.hash(String(part), "TimeStamp")], at: RecordBench.start + 10)
        let one = Self.chain(1, first + second)
        let before = Self.hash(
            "<ArchiveTimeStampSequence>\(one)</ArchiveTimeStampSequence>",
            "ArchiveTimeStampSequence")
        let two = Self.chain(2, try stamp(1, over: [leaf, before], at: RecordBench.start + 20))

        let sound = try verdict(Self.record(one + two))
        #expect(sound.problems == [])
        #expect(sound.stamps.map(\.chain) == [0, 0, 1])
        #expect(sound.provedSince == RecordBench.start)
        // The order is the one that the elements tell.
        let turned = Self.chain(1, second + first)
        #expect(try verdict(Self.record(turned)).problems == [])

        let other = try verdict(Self.record(one + two), Array("khác".utf8))
        #expect(other.problems.map(\.fault).contains(.dataNotInFirstList))
        // Half of the first chain is gone, though what is left holds by itself.
        let cut = try verdict(Self.record(Self.chain(1, first) + two))
        #expect(cut.problems.map(\.fault).contains(.dataNotInFirstList))
        // A renewal over something else.
        let loose = Self.chain(
            1, first + (try stamp(2, over: [leaf], at: RecordBench.start + 10)))
        #expect(try verdict(Self.record(loose)).problems.map(\.fault) == [.previousNotCovered])
    }

    @Test func `what a record has beyond the data is seen when the group is whole`() throws {
        let leaf = DigestMethod.sha512.digest(of: Self.data)
        let more = DigestMethod.sha512.digest(of: [1])
        let xml = Self.record(
            Self.chain(1, try stamp(1, over: [leaf, more], at: RecordBench.start)))

        #expect(try verdict(xml, Self.data, .members).problems == [])
        #expect(try verdict(xml).problems.map(\.fault) == [.groupIncomplete])
    }

    @Test func `records that cannot be judged are told apart from broken ones`() throws {
        func fault(_ xml: String) -> EvidenceFault? {
            do throws(EvidenceProblem) {
                _ = try XMLEvidenceRecord(xml: Array(xml.utf8))
                return nil
            } catch { return error.fault }
        }
        let leaf = DigestMethod.sha512.digest(of: Self.data)
        let sound = Self.record(Self.chain(1, try stamp(1, over: [leaf], at: RecordBench.start)))

        #expect(fault(sound) == nil)
        #expect(fault(sound.replacing(Self.sha512, with: "u:new")) == .algorithmUnknown)
        #expect(fault(sound.replacing(Self.form, with: "u:new")) == .algorithmUnknown)
        #expect(fault(sound.replacing("RFC3161", with: "XMLENTRUST")) == .algorithmUnknown)
        #expect(
            fault(
                sound.replacing(
                    "<ArchiveTimeStampSequence>",
                    with: "<EncryptionInformation/><ArchiveTimeStampSequence>")) == .encrypted)
        #expect(fault(sound.replacing("Version=\"1.0\"", with: "Version=\"2.0\"")) == .malformed)
        #expect(fault(sound.replacing("Order=\"1\"", with: "Order=\"2\"")) == .malformed)
        #expect(fault(sound.replacing("TimeStampToken ", with: "Token ")) == .malformed)
        #expect(fault("<!DOCTYPE a><a/>" + sound) == .malformed)
        #expect(fault(sound.replacing("<DigestValue>", with: "<DigestValue>!")) == .malformed)
    }
}
