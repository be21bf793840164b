import Policies
import Testing

/// How many copies a dossier lacks is decided by media and places, too.
@Suite struct CopyPolicyTests {
    private let policy = CopyPolicy(copies: 3, media: 2, places: 2, lagDays: 7)

    private func shortage(_ holdings: (String, String)...) -> [Int] {
        let lacking = policy.shortage(
            of: holdings.map { CopyPolicy.Holding(medium: $0.0, place: $0.1) })
        #expect(lacking.isNone == ([lacking.copies, lacking.media, lacking.places] == [0, 0, 0]))
        return [lacking.copies, lacking.media, lacking.places]
    }

    @Test func `copies, media and places are each counted`() {
        #expect(shortage() == [3, 2, 2])
        #expect(shortage(("disk", "A")) == [2, 1, 1])
        #expect(shortage(("disk", "A"), ("disk", "A")) == [1, 1, 1])
        #expect(shortage(("disk", "A"), ("disk", "B"), ("disk", "C")) == [0, 1, 0])
        #expect(shortage(("disk", "A"), ("tape", "A"), ("object", "A")) == [0, 0, 1])
        #expect(shortage(("disk", "A"), ("tape", "B")) == [1, 0, 0])
        #expect(shortage(("disk", "A"), ("tape", "B"), ("tape", "B")) == [0, 0, 0])
        #expect(shortage(("disk", "A"), ("tape", "B"), ("tape", "B"), ("tape", "C")) == [0, 0, 0])
    }
}
