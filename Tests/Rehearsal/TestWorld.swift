package import Files
import Formats
package import Records
package import Repository
import Synchronization

/// A world for tests: a clock that moves a second a look, and chance that repeats.
package enum TestWorld {
    /// The first moment of the clock: 2026-11-22T01:00:00Z.
    package static let start = Instant(seconds: 1_795_309_200)

    /// A world over a disk; equal seeds and hours give equal bytes.
    package static func make(
        _ volume: any Volume = DiskVolume(), seed: UInt64 = 1, from start: Instant = start
    ) -> World {
        let clock = Mutex(start.seconds)
        let chance = Mutex(SeededChance(seed: seed))
        return make(volume, clock, chance)
    }

    private static func make(
        _ volume: any Volume, _ clock: consuming Mutex<Int64>,
        _ chance: consuming Mutex<SeededChance>
    ) -> World {
        let clock = Shared(clock)
        let chance = Shared(chance)
        return World(
            volume: volume,
            now: {
                clock.value.withLock { seconds in
                    seconds += 1
                    return Instant(seconds: seconds)
                }
            },
            random: { chance.value.withLock { $0.next() } }, agent: "os:test", process: 1,
            isInterrupted: { false }, pages: { PDFPages.count(at: $0) })
    }
}

/// Something that closures share.
private final class Shared<Value: ~Copyable & Sendable>: Sendable {
    let value: Value

    init(_ value: consuming Value) { self.value = value }
}

/// SplitMix64: chance that repeats with its seed.
package struct SeededChance: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
