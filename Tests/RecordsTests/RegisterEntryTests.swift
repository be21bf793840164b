import Records
import Testing

@Suite struct RegisterEntryTests {
    private static func entry() -> RegisterEntry {
        var entry = RegisterEntry(
            .fonds, id: ObjectIdentifier("00000000-0000-4000-8000-000000000001"),
            from: CivilDate("2025-07-01"),
            values: [.code: "H61", .name: "Phông \"A\"", .state: RegisterEntry.open])
        entry.earlierCodes = ["H60": CivilDate("2020-01-01"), "H59": nil]
        let other = ObjectIdentifier("00000000-0000-4000-8000-000000000002") ?? entry.id
        if let other, let on = CivilDate("2025-07-01") {
            entry.successors = [FondsLink(fonds: other, kind: .split, on: on)]
        }
        entry.replaces = "fonds-0001.json"
        return entry
    }

    @Test func `an entry comes back from its file`() {
        let entry = Self.entry()
        #expect(RegisterEntry(.fonds, reading: Array(entry.json.readableText.utf8)) == entry)
    }

    @Test func `the first file of old archives is an entry without identifier and day`() {
        let text = """
            {"code": "H61", "format": "luutru-fonds 1", "name": "Phông", "state": "open"}
            """
        let entry = RegisterEntry(.fonds, reading: Array(text.utf8))
        #expect(entry?.code == "H61")
        #expect(entry?.id == nil)
        #expect(entry?.since == "")
    }

    @Test(arguments: [
        "", "{", "[]", #"{"code":"a"}"#, #"{"code":"","format":"luutru-fonds 1"}"#,
        #"{"code":1,"format":"luutru-fonds 1"}"#, #"{"code":"a","format":"luutru-fonds 2"}"#,
        #"{"code":"a","format":"luutru-fonds 1","from":"2025"}"#,
        #"{"code":"a","format":"luutru-fonds 1","id":"x"}"#,
        #"{"code":"a","format":"luutru-fonds 1","earlierCodes":[{"until":"2025-01-01"}]}"#,
        #"{"code":"a","format":"luutru-fonds 1","successors":[{"fonds":"x"}]}"#,
        #"{"code":"a","format":"luutru-fonds 1","series":[{"code":"x"}]}"#,
        #"{"code":"a","format":"luutru-inventory 1"}"#,
    ])
    func `a file that says what cannot be is no entry`(text: String) {
        #expect(RegisterEntry(.fonds, reading: Array(text.utf8)) == nil)
    }
}
