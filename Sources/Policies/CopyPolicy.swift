/// How many copies a dossier must have, and on how many media and at how many places (QCVN 12:2026/BCA, TT 05/2025 Art. 27).
package struct CopyPolicy: Hashable, Sendable {
    /// Copies in all, the primary one among them.
    package let copies: Int
    package let media: Int
    package let places: Int
    /// Days for which a new version may be short of this.
    package let lagDays: Int

    package init(copies: Int, media: Int, places: Int, lagDays: Int) {
        self.copies = copies
        self.media = media
        self.places = places
        self.lagDays = lagDays
    }

    /// Where one copy lies.
    package struct Holding: Hashable, Sendable {
        package let medium: String
        package let place: String

        package init(medium: String, place: String) {
            self.medium = medium
            self.place = place
        }
    }

    /// What a dossier lacks; empty when it has all.
    package struct Shortage: Hashable, Sendable {
        package let copies: Int
        package let media: Int
        package let places: Int
        package var isNone: Bool { copies == 0 && media == 0 && places == 0 }
    }

    /// What is lacking when a dossier lies in these stores.
    package func shortage(of holdings: [Holding]) -> Shortage {
        Shortage(
            copies: max(0, copies - holdings.count),
            media: max(0, media - Set(holdings.map(\.medium)).count),
            places: max(0, places - Set(holdings.map(\.place)).count))
    }
}
