import Records
import Testing

@Suite struct NaturalOrderTests {
    @Test func `codes stand as people count them`() {
        let codes = ["ML10", "2", "ML2", "10", "1", "01", "ML2a", "", "ML"]
        let sorted = codes.sorted { NaturalOrder.isBefore($0, $1) }
        #expect(sorted == ["", "01", "1", "2", "10", "ML", "ML2", "ML2a", "ML10"])
    }

    @Test func `no code stands before itself, and one of two stands first`() {
        let codes = ["a1", "a01", "a1b", "1", "001", "x999999999999999999999", "x9"]
        for one in codes {
            #expect(!NaturalOrder.isBefore(one, one))
            for other in codes where other != one {
                #expect(NaturalOrder.isBefore(one, other) != NaturalOrder.isBefore(other, one))
            }
        }
    }
}
