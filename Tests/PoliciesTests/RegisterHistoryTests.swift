import Policies
import Records
import Testing

/// What a fonds was on a day, after changes entered in any order.
@Suite struct RegisterHistoryTests {
    private static let fields: [RegisterField] = [.name, .code, .note]

    /// A model that keeps each element's changes apart, by the day from which they hold.
    private struct Model {
        private var days: [RegisterField: [(day: Int, value: String)]]

        init(_ values: [RegisterField: String]) { days = values.mapValues { [(0, $0)] } }

        func value(_ field: RegisterField, on day: Int) -> String? {
            days[field]?.last { $0.day <= day }?.value
        }

        mutating func set(_ field: RegisterField, _ value: String, from day: Int) {
            guard self.value(field, on: day) != value else { return }
            var line = days[field, default: []].filter { $0.day != day }
            line.append((day, value))
            line.sort { $0.day < $1.day }
            var merged: [(day: Int, value: String)] = []
            for change in line where merged.last?.value != change.value { merged.append(change) }
            days[field] = merged
        }
    }

    private static func date(_ day: Int) -> CivilDate? {
        day == 0 ? nil : CivilDate(year: 2000 + day, month: 7, day: 1)
    }

    private static func first() throws -> RegisterHistory {
        let values: [RegisterField: String] = [
            .code: "a", .name: "a", .note: "a", .state: RegisterEntry.open,
        ]
        return try #require(
            RegisterHistory([
                RegisterEntry(.fonds, id: nil, from: nil, values: values)
            ]))
    }

    @Test(arguments: 1...60)
    func `changes in any order give on every day what a simple model gives`(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        var history = try Self.first()
        var model = Model([.code: "a", .name: "a", .note: "a"])
        for _ in 1...12 {
            let day = Int.random(in: 0...6, using: &chance)
            var change = RegisterChange()
            for field in Self.fields where Bool.random(using: &chance) {
                let value = ["a", "b", "c"].randomElement(using: &chance) ?? "a"
                change.values[field] = value
                model.set(field, value, from: day)
            }
            let changed = try #require(history.states(changedBy: change, from: Self.date(day)))
            history = try #require(RegisterHistory(history.states + changed))
            for probe in 0...7 {
                let state = try #require(history.state(asOf: Self.date(max(probe, 1)) ?? .first))
                for field in Self.fields where probe > 0 {
                    #expect(state.values[field] == model.value(field, on: probe))
                }
            }
            #expect(history.states(changedBy: change, from: Self.date(day)) == [])
        }
    }

    @Test func `a code given up stays, with the day on which it ended`() throws {
        let history = try Self.first()
        var change = RegisterChange()
        change.values[.code] = "b"
        let changed = try #require(history.states(changedBy: change, from: Self.date(3)))
        #expect(changed.count == 1)
        #expect(changed.first?.codes == ["b", "a"])
        #expect(changed.first?.earlierCodes["a"] == Self.date(3))
    }

    @Test func `a change reaches later states, which keep what they say of it themselves`() throws {
        var history = try Self.first()
        for (day, name) in [(2, "b"), (5, "c")] {
            var change = RegisterChange()
            change.values[.name] = name
            let changed = try #require(history.states(changedBy: change, from: Self.date(day)))
            history = try #require(RegisterHistory(history.states + changed))
        }
        var change = RegisterChange()
        change.values = [.name: "d", .note: "n"]
        let changed = try #require(history.states(changedBy: change, from: Self.date(1)))
        #expect(changed.map { $0.values[.name] } == ["d", "b", "c"])
        #expect(changed.map { $0.values[.note] } == ["n", "n", "n"])
    }

    @Test func `nothing is before the first state`() throws {
        var entry = try Self.first().states[0]
        entry.from = Self.date(3)
        let history = try #require(RegisterHistory([entry]))
        #expect(history.state(asOf: Self.date(2) ?? .first) == nil)
        #expect(history.states(changedBy: RegisterChange(), from: Self.date(2)) == nil)
    }

    @Test(
        arguments: [
            ([.code: "x", .state: "open"], RegisterField.name),
            ([.code: "x", .name: "n", .state: "half"], .state),
            ([.code: String(repeating: "x", count: 36), .name: "n", .state: "open"], .code),
            ([.code: "x", .name: "a\u{7}b", .state: "open"], .name),
            ([.code: "x", .name: "a\nb", .state: "open"], .name),
            ([.code: "x", .name: "n", .state: "open", .parent: "x"], .parent),
            ([.code: "x", .name: "n", .state: "open", .riskRecovery: "maybe"], .riskRecovery),
            ([.code: "x", .name: "n", .state: "open", .language: "klingon"], .language),
        ] as [([RegisterField: String], RegisterField)])
    func `an element that breaks its rule is named`(
        values: [RegisterField: String], wrong: RegisterField
    ) {
        let fault = #expect(throws: RegisterFault.self) {
            try RegisterRules.checked(values, of: .fonds)
        }
        #expect(fault?.field == wrong)
    }

    @Test func `a way that leads back is seen, and a ring elsewhere does not hold us`() throws {
        let ids = (0..<4).compactMap {
            ObjectIdentifier("00000000-0000-4000-8000-00000000000\($0)")
        }
        let next = [ids[0]: [ids[1]], ids[1]: [ids[2]], ids[2]: [ids[1]]]
        let lineage = Lineage { next[$0] ?? [] }
        #expect(try lineage.leads(from: ids[0], to: ids[2]))
        #expect(try !lineage.leads(from: ids[0], to: ids[3]))
        #expect(try lineage.leads(from: ids[3], to: ids[3]))
    }
}

extension CivilDate {
    /// Some day.
    fileprivate static var first: CivilDate {
        guard let day = CivilDate(year: 1999, month: 1, day: 1) else { preconditionFailure() }
        return day
    }
}

/// Chance that repeats.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
