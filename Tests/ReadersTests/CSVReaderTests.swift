import Readers
import Records
import Testing

struct CSVReaderTests {
    @Test(arguments: [
        ("a,b\n1,2\n", UInt8(ascii: ",")), ("a;b\n1;2\n", UInt8(ascii: ";")), ("a\tb\n1\t2\n", 9),
        ("\u{FEFF}a;b\r\n1;2\r\n", UInt8(ascii: ";")), ("a;b\r1;2\r", UInt8(ascii: ";")),
        ("\n\r\n\na;b\n\n1;2", UInt8(ascii: ";")), ("\"a\";\"b\"\n\"1\";\"2\"", UInt8(ascii: ";")),
        ("\"a\",b\n1,2\n\n\n", UInt8(ascii: ",")),
    ])
    func `reads what spreadsheets write`(text: String, separator: UInt8) throws {
        let reader = reader(text)
        let rows = try all(reader)
        #expect(rows.map { $0.fields.map(\.text) } == [["a", "b"], ["1", "2"]])
        #expect(reader.separator == separator)
    }

    @Test func `does not take separators in quotes for the list's own`() throws {
        let rows = try all(reader("\"a,b,c\";d\n1;2\n"))
        #expect(rows.map { $0.fields.map(\.text) } == [["a,b,c", "d"], ["1", "2"]])
    }

    @Test func `counts lines and characters through quoted breaks`() throws {
        let rows = try all(reader("đ,b,c\r\n\"một\r\nhai \"\"x\"\"\",ba,\"\"\r\nbốn,năm,sáu\r\n"))

        #expect(rows[1].fields.map(\.text) == ["một\r\nhai \"x\"", "ba", ""])
        #expect(rows[0].fields[1].place == Place(line: 1, column: 3))
        #expect(rows[1].fields[0].place == Place(line: 2, column: 1))
        #expect(rows[1].fields[1].place == Place(line: 3, column: 12))
        #expect(rows[2].line == 4)
        #expect(rows[2].fields[2].place == Place(line: 4, column: 9))
    }

    @Test(arguments: ["", "\n\r\n", "\u{FEFF}", "\u{FEFF}\n"])
    func `finds no row in an empty list`(text: String) throws {
        #expect(try all(reader(text)).isEmpty)
    }

    @Test func `tells where each row stands, so that it can be read again`() throws {
        let text = "\u{FEFF}a;b\r\n\r\n\"1\r\nx\";2\r\n3;4"
        let bytes = Array(text.utf8)
        let reader = reader(text, piece: 5)
        for row in try all(reader) {
            let slice = bytes[Int(row.offset)..<(Int(row.offset) + row.length)]
            let again = try CSVRow(
                parsing: slice, offset: row.offset, line: row.line, separator: reader.separator)
            #expect(again.fields.map(\.text) == row.fields.map(\.text))
            #expect(again.fields.map(\.place) == row.fields.map(\.place))
        }
    }

    @Test(arguments: 1...12)
    func `gives the same rows in pieces of any size`(piece: Int) throws {
        let text = "\u{FEFF}a;b\r\n\"một\r\nhai\";\"x\"\"y\"\r\n\r3;4\n5;6"
        let whole = try all(reader(text))
        let pieces = try all(reader(text, piece: piece))
        #expect(pieces.map { $0.fields.map(\.text) } == whole.map { $0.fields.map(\.text) })
        #expect(pieces.map(\.offset) == whole.map(\.offset))
        #expect(pieces.map(\.line) == whole.map(\.line))
    }

    @Test(arguments: [
        ("a,b\n1,\"2\n3,4\n", TextFault.Reason.unclosedQuote, 2, 1),
        ("a,b\n1,\"2\"x\n", .syntax, 2, 6), ("a,b\n\u{0}1,2\n", .control, 2, 1),
        ("a,b\n1,x\u{0}\n", .control, 2, 3),
    ])
    func `names the place of what cannot be read`(
        text: String, reason: TextFault.Reason, line: Int, column: Int
    ) {
        #expect(fault(reader(text)) == TextFault(reason, at: Place(line: line, column: column)))
    }

    @Test func `names the place of bytes that are not UTF-8`() {
        let bytes = Array("a,b\n1,2\n3,".utf8) + [0xC3, 0x28, 0x0A]
        #expect(fault(reader(bytes)) == TextFault(.notUTF8, at: Place(line: 3, column: 3)))
    }

    @Test func `refuses more marks on a letter than are cheap, and reads decomposed texts`() throws
    {
        let long = String(repeating: "e\u{302}\u{301}", count: 2000)
        #expect(try all(reader("a,b\n1,\(long)\n"))[1].fields[1].text.count == 2000)
        let pile = "e" + String(repeating: "\u{323}\u{301}", count: 300)
        #expect(fault(reader("a,b\n1,\(pile)\n"))?.reason == .syntax)
        #expect(fault(reader("a,b\n1,\(pile)\n"))?.place == Place(line: 2, column: 3))
    }

    @Test func `reads a row of the limit and refuses a longer one`() throws {
        let longest = String(repeating: "x", count: CSVReader.largestRow - 2)
        #expect(try all(reader("a,b\n1,\(longest)\n2,3\n")).count == 3)
        for offset in [1, 40_000, 1_000_000] {
            let text = "a,b\n1,\(longest)" + String(repeating: "y", count: offset) + "\n2,3\n"
            #expect(fault(reader(text)) == TextFault(.rowTooLong, at: Place(line: 2, column: 1)))
        }
    }

    @Test func `reads sixty-four columns and refuses more`() throws {
        let most = Array(repeating: "x", count: CSVReader.largestColumns).joined(separator: ",")
        #expect(try all(reader(most)).first?.fields.count == CSVReader.largestColumns)
        #expect(fault(reader(most + ",x"))?.reason == .tooManyColumns)
    }

    @Test func `keeps little of a long list in memory`() throws {
        var largest = 0
        let row = Array(String(repeating: "x", count: 99).utf8) + [0x0A]
        let reader = CSVReader { offset, count in
            largest = max(largest, count)
            guard offset < 5_000_000 else { return [] }
            let start = Int(offset % 100)
            return (0..<min(count, 5_000_000 - Int(offset))).map { row[(start + $0) % 100] }
        }
        #expect(try all(reader).count == 50_000)
        #expect(largest <= 1 << 17)
    }

    @Test func `survives any bytes`() {
        var chance = Lottery(state: 11)
        let alphabet = Array("a,;\t\"\n\rđ".utf8) + [0, 0x80, 0xFF]
        for _ in 0..<3000 {
            let count = Int.random(in: 0..<50, using: &chance)
            let bytes = (0..<count).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &chance)]
            }
            for row in (try? all(reader(bytes, piece: 7))) ?? [] {
                #expect(row.line >= 1 && row.offset + Int64(row.length) <= Int64(bytes.count))
            }
        }
    }

    private func reader(_ text: String, piece: Int = .max) -> CSVReader {
        reader(Array(text.utf8), piece: piece)
    }

    private func reader(_ bytes: [UInt8], piece: Int = .max) -> CSVReader {
        CSVReader { offset, count in
            Array(bytes.dropFirst(Int(offset)).prefix(min(count, piece)))
        }
    }

    private func all(_ reader: CSVReader) throws -> [CSVRow] {
        var rows: [CSVRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    private func fault(_ reader: CSVReader) -> TextFault? {
        do {
            _ = try all(reader)
            return nil
        } catch {
            return error as? TextFault
        }
    }
}
