import Foundation
import GRDB
import Testing

@testable import Cataloging

struct RowBufferTests {
    private let queue: DatabaseQueue

    init() throws {
        queue = try DatabaseQueue()
        try queue.write {
            try $0.execute(sql: "CREATE TABLE held (a INTEGER, b TEXT, c BLOB) STRICT")
        }
    }

    private func rows() throws -> [String] {
        try queue.read { database in
            try Row.fetchAll(
                database, sql: "SELECT typeof(a), a, typeof(b), b, typeof(c), hex(c) FROM held"
            ).map { row in row.map { "\($0.1)" }.joined(separator: " ") }
        }
    }

    @Test func `keeps every value with its type, the empty ones too`() throws {
        try queue.write { database in
            let buffer = try RowBuffer(database, "INSERT INTO held", columns: 3, rows: 2)
            let texts: [String?] = ["Đất đai", "", nil]
            let blobs: [[UInt8]?] = [[0, 255], [], nil]
            for (text, blob) in zip(texts, blobs) {
                try buffer.add { row in
                    row.put(text.map { Int64($0.count) })
                    row.put(text)
                    row.put(blob)
                }
            }
            try buffer.flush()
        }

        #expect(
            try rows() == [
                "\"integer\" 7 \"text\" \"Đất đai\" \"blob\" \"00FF\"",
                "\"integer\" 0 \"text\" \"\" \"blob\" \"\"",
                "\"null\" NULL \"null\" NULL \"null\" \"\"",
            ])
    }

    @Test func `a row stands in the table when the statement is full, the others after a flush`()
        throws
    {
        try queue.write { database in
            let buffer = try RowBuffer(database, "INSERT INTO held", columns: 3, rows: 2)
            func count() throws -> Int? {
                try Int.fetchOne(database, sql: "SELECT count(*) FROM held")
            }
            for number in 1...5 {
                try buffer.add { row in
                    row.put(Int64(number))
                    row.put(text: Array("chữ \(number)".utf8)[...])
                    row.put([UInt8(number)])
                }
            }
            #expect(try count() == 4)
            try buffer.flush()
            #expect(try count() == 5)
        }
        #expect(try rows().last == "\"integer\" 5 \"text\" \"chữ 5\" \"blob\" \"05\"")
    }

    @Test func `a row that the table refuses is an error, and the next row goes in`() throws {
        try queue.write { database in
            try database.execute(sql: "CREATE UNIQUE INDEX held_a ON held (a)")
            let buffer = try RowBuffer(database, "INSERT INTO held", columns: 3, rows: 1)
            func put(_ number: Int64) throws {
                try buffer.add { row in
                    row.put(number)
                    row.put("chữ")
                    row.put([1])
                }
            }
            try put(1)
            #expect(throws: DatabaseError.self) { try put(1) }
            try put(2)
        }
        #expect(try rows().count == 2)
    }
}
