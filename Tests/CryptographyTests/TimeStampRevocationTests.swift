import Cryptography
import Foundation
import Testing

struct TimeStampRevocationTests {
    @Test func `a list without the authority's certificate makes revocation known`() throws {
        let bench = try StampBench()
        let token = try bench.token()

        let list = try bench.list()

        let check = token.check(at: bench.now + 9, roots: [try bench.root], lists: [list])
        #expect(check.problems.isEmpty && check.isRevocationKnown)
    }

    @Test(arguments: [("", true), ("keyCompromise", true), ("superseded", false)])
    func `a lost key takes back what it signed, another reason does not`(
        _ reason: String, _ isTakenBack: Bool
    ) throws {
        let bench = try StampBench()
        let token = try bench.token()
        // The list counts in whole seconds.
        Thread.sleep(forTimeInterval: 1.1)

        let list = try bench.list(revokingFor: reason)

        let roots = [try bench.root]
        let later = token.check(at: bench.now + 3_600, roots: roots, lists: [list])
        #expect(later.problems.map(\.fault) == (isTakenBack ? [.revoked] : []))
        let before = token.check(at: token.generationTime, roots: roots, lists: [list])
        #expect(before.problems.isEmpty)
    }

    @Test func `lists and answers put into a token leave its signature good`() throws {
        let bench = try StampBench()
        let token = try bench.token()
        let list = try bench.list()

        let withList = try token.embedding(lists: [list.der], answers: [])
        let withBoth = try token.embedding(lists: [list.der], answers: [[0x30, 3, 10, 1, 6]])

        let roots = [try bench.root]
        for changed in [withList, withBoth] {
            let check = changed.check(at: bench.now, roots: roots)
            #expect(check.problems.isEmpty && check.isRevocationKnown)
            #expect(changed.revocationLists.map(\.der) == [list.der])
            try bench.bench.write(changed.der, as: "t.der")
            let verdict = try bench.bench.openssl(
                "cms -verify -inform DER -in t.der -CAfile root.pem -purpose timestampsign -out i")
            #expect(verdict.status == 0)
        }
        #expect(try withList.embedding(lists: [list.der], answers: []).der == withList.der)
        #expect(try token.embedding(lists: [], answers: []).der == token.der)
    }
}
