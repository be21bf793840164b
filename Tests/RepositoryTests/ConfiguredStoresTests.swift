import Foundation
import Policies
import Records
import Testing

@testable import Repository

/// `stores:` and `copies:` of `luutru.yaml`: what they may say, and how the program edits them.
@Suite struct ConfiguredStoresTests {
    private static let head = """
        archive: "urn:uuid:0F9619FF-8B86-4011-B42D-00CF4FC964FF"
        agencyName: Sở Nội vụ
        agencyCode: H61.12
        fondsCode: H61.12
        fondsName: Phông
        store: stores/chinh

        """
    private static let id = "urn:uuid:0F9619FF-8B86-4011-B42D-00CF4FC964A"

    private func reading(_ text: String) throws -> Configuration {
        try Configuration.reading(Array((Self.head + text).utf8))
    }

    private static func entry(_ number: Int, _ more: String = "") -> String {
        """
          - name: b\(number)
            id: \(id)\(number)
            at: /mnt/b\(number)
            role: copy
            medium: tape
            place: Hầm số \(number)
        \(more)
        """
    }

    @Test func `every way of a store is read`() throws {
        let configuration = try reading(
            "stores:\n" + Self.entry(1) + """
                  - name: kho-lanh
                    id: \(Self.id)2
                    at: s3://luu-tru/tinh/vinh-long/
                    endpoint: https://s3.example.vn
                    credentials: keys/s3
                    role: vault
                    medium: object
                    place: "Trung tâm dữ liệu: Hà Nội"
                    lock-days: 120
                copies:
                  count: 4
                  places: 3
                  medium: disk
                  place: Tầng 2

                """)
        #expect(configuration.stores.map(\.name) == ["b1", "kho-lanh"])
        #expect(configuration.stores[0].location == .folder("/mnt/b1"))
        guard case .bucket(let bucket) = configuration.stores[1].location else {
            Issue.record("no bucket")
            return
        }
        #expect(bucket.prefix == "tinh/vinh-long" && bucket.region == "us-east-1")
        #expect(configuration.stores[1].lockDays == 120)
        #expect(
            configuration.copyPolicy == CopyPolicy(copies: 4, media: 2, places: 3, lagDays: 7))
        #expect(configuration.primaryHolding == CopyPolicy.Holding(medium: "disk", place: "Tầng 2"))
        #expect(try reading("").copyPolicy == nil)
        #expect(try reading("stores: []\n").stores.isEmpty)
        #expect(try reading("copies:\n  count: 1\n").copyPolicy?.media == 2)
    }

    /// Each wrong line with the number of the line that the failure names; the first line of the block is 7.
    @Test(arguments: [
        ("name: b1", "name: B1", 8), ("name: b1", "name: chinh", 8), ("name: b1", "name: 1b", 8),
        ("name: b1", "name: " + String(repeating: "b", count: 41), 8),
        ("id: urn:uuid:", "id: urn:uid:", 9), ("at: /mnt/b1", "at: ''", 10),
        ("at: /mnt/b1", "at: ftp://x/y", 10), ("at: /mnt/b1", "at: s3://b1/x", 10),
        ("at: /mnt/b1", "at: s3://Bucket/x", 10), ("role: copy", "role: primary", 11),
        ("role: copy", "role: vault", 8), ("medium: tape", "medium: paper", 12),
        ("place: Hầm số 1", "place: ''", 13), ("place: Hầm số 1", "plaec: Hầm", 13),
        ("place: Hầm số 1", "lock-days: 0", 8), ("    role: copy\n", "", 8),
        ("stores:\n", "stores:\n  - x\n", 8),
    ])
    func `a wrong form of a store names its line`(found: String, wrong: String, line: Int) throws {
        let text = ("stores:\n" + Self.entry(1)).replacing(found, with: wrong)
        let failure = #expect(throws: ArchiveFailure.self, "\(wrong)") { try reading(text) }
        #expect(failure?.reason == .configuration)
        #expect(failure?.facts["line"] == String(line), "\(wrong): \(failure?.facts ?? [:])")
    }

    @Test func `names and identifiers of stores are distinct, and there are at most sixteen`()
        throws
    {
        let twice = "stores:\n" + Self.entry(1) + Self.entry(1)
        #expect(throws: ArchiveFailure.self) { try reading(twice) }
        let sameID =
            "stores:\n" + Self.entry(1)
            + Self.entry(2).replacing(Self.id + "2", with: Self.id + "1")
        #expect(throws: ArchiveFailure.self) { try reading(sameID) }
        let hex = Array("0123456789ABCDEF")
        func many(_ count: Int) -> String {
            "stores:\n"
                + (0..<count).map { number in
                    Self.entry(1).replacing("b1", with: "b\(number)").replacing(
                        Self.id + "1",
                        with: String(Self.id.dropLast()) + "\(hex[number / 16])\(hex[number % 16])")
                }.joined()
        }
        #expect(try reading(many(16)).stores.count == 16)
        #expect(throws: ArchiveFailure.self) { try reading(many(17)) }
    }

    @Test(arguments: [
        ("  count: 0\n", 8), ("  count: ba\n", 8), ("  count: 3\n  media: 5\n", 9),
        ("  places: 17\n", 8), ("  lag-days: -1\n", 8), ("  lag-days: 367\n", 8),
        ("  cuont: 3\n", 8), ("  - count: 1\n  - count: 2\n", 7),
        ("  medium: paper\n", 8),
    ])
    func `a wrong policy of copies names its line`(text: String, line: Int) throws {
        let failure = #expect(throws: ArchiveFailure.self) { try reading("copies:\n" + text) }
        #expect(failure?.facts["line"] == String(line), "\(text): \(failure?.facts ?? [:])")
    }

    private func edited(
        _ text: String, _ change: (inout [StoreEntry]) throws -> Void
    ) throws -> String {
        let old = Array((Self.head + text).utf8)
        var stores = try Configuration.reading(old).stores
        let before = stores
        try change(&stores)
        let bytes = Configuration.edited(old, from: before, to: stores)
        #expect(try Configuration.reading(bytes).stores == stores)
        return String(String(decoding: bytes, as: UTF8.self).dropFirst(Self.head.count))
    }

    private func stranger() throws -> StoreEntry {
        try #require(reading("stores:\n" + Self.entry(9)).stores.first)
    }

    private static let added = """
          - name: "b9"
            id: "\(id)9"
            at: "/mnt/b9"
            role: copy
            medium: tape
            place: "Hầm số 9"

        """

    @Test func `a store comes in behind the others, wherever the block stands`() throws {
        let other = "copies:\n  count: 2\n"
        let text = "# kho\nstores: # bản sao\n  # ở hầm\n" + Self.entry(1) + "\n# sau\n" + other
        let out = try edited(text) { $0.append(try stranger()) }
        #expect(
            out == "# kho\nstores: # bản sao\n  # ở hầm\n" + Self.entry(1) + Self.added
                + "\n# sau\n" + other)
        #expect(try edited(other) { $0.append(try stranger()) } == other + "stores:\n" + Self.added)
        #expect(
            try edited("stores: []\n" + other) { $0.append(try stranger()) }
                == "stores:\n" + Self.added + other)
    }

    @Test func `a store at the left edge and one indented more keep their places`() throws {
        for indent in ["", "      "] {
            let entry = Self.entry(1).split(separator: "\n").map { indent + $0.dropFirst(2) }
                .joined(separator: "\n")
            let out = try edited("stores:\n" + entry + "\n") { $0.append(try stranger()) }
            #expect(out.hasPrefix("stores:\n" + entry + "\n" + indent + "- name: \"b9\"\n"))
        }
    }

    @Test func `a store goes with its own lines alone`() throws {
        let text = "stores:\n  # một\n" + Self.entry(1) + "  # hai\n" + Self.entry(2)
        #expect(
            try edited(text) { $0.remove(at: 0) } == "stores:\n  # một\n  # hai\n"
                + Self.entry(2))
        #expect(try edited(text) { $0.removeAll() } == "")
    }

    @Test func `lines that end as on Windows are edited, too`() throws {
        let text = ("stores:\n" + Self.entry(1) + "copies:\n  count: 2\n")
            .replacing("\n", with: "\r\n")
        let out = try edited(text) { $0.append(try stranger()) }
        #expect(out.contains("- name: \"b9\"\n") && out.contains("copies:\r\n  count: 2\r\n"))
        let old = Array((Self.head.replacing("\n", with: "\r\n") + text).utf8)
        let moved = Configuration.edited(old, ["store": "/mnt/b1"])
        #expect(try Configuration.reading(moved).store == "/mnt/b1")
        #expect(try Configuration.reading(moved).stores.count == 1)
    }

    @Test func `what a flow of stores says is not damaged`() throws {
        let flow =
            "stores: [{name: b1, id: \"\(Self.id)1\", at: /b, role: copy, medium: disk, place: A}]\n"
        let old = Array((Self.head + flow).utf8)
        var expected = try Configuration.reading(old)
        let bytes = Configuration.edited(
            old, from: expected.stores, to: expected.stores + [try stranger()])
        expected.stores.append(try stranger())
        #expect(throws: ArchiveFailure.self) {
            try Configuration.requireReading(bytes, as: expected)
        }
    }

    @Test func `where the primary store lies is said anew in the block of copies`() throws {
        let text = "copies:\n    # ba bản\n    count: 3\n    place: Kho A # cũ\n"
        let bytes = Configuration.edited(
            Array((Self.head + text).utf8),
            primary: CopyPolicy.Holding(medium: "tape", place: "Kho \"B\""))
        let read = try Configuration.reading(bytes)
        #expect(read.primaryHolding == CopyPolicy.Holding(medium: "tape", place: "Kho \"B\""))
        #expect(read.copyPolicy?.copies == 3)
        let none = Array(Self.head.utf8)
        #expect(Configuration.edited(none, primary: .init(medium: "tape", place: "B")) == none)
    }
}
