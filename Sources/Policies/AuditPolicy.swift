/// How often every copy is to be read whole (`vietnam.md` §1.11: the whole holding within three years; ours is shorter).
package struct AuditPolicy: Hashable, Sendable {
    /// Days within which every dossier of a store is read.
    package let days: Int
    /// The same for vaults and media that are mounted by hand.
    package let slowDays: Int
    /// Hours of a night, from and to, local time; nil where there is no window.
    package let window: Window?
    /// Bytes a second at most; nil for as fast as it goes.
    package let rate: Int64?

    /// A part of every day in which audits run.
    package struct Window: Hashable, Sendable {
        /// Minutes since midnight.
        package let from: Int
        package let to: Int

        package init(from: Int, to: Int) {
            self.from = from
            self.to = to
        }

        /// Minutes that it lasts; it may go over midnight.
        package var minutes: Int {
            (to - from + 1440) % 1440 == 0 ? 1440 : (to - from + 1440) % 1440
        }

        /// Whether a minute of the day lies in it.
        package func holds(_ minute: Int) -> Bool {
            (minute - from + 1440) % 1440 < minutes
        }
    }

    package init(days: Int = 90, slowDays: Int = 365, window: Window? = nil, rate: Int64? = nil) {
        self.days = days
        self.slowDays = slowDays
        self.window = window
        self.rate = rate
    }
}
