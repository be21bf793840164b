import Records

/// What search reads of documents that wait for the index, in one piece of memory.
///
/// It is what the view `searchSource` says of them; from there each would be gathered out of three tables again.
struct SearchableTexts {
    private static let columnCount = 6

    private var bytes: [UInt8] = []
    /// Where each column of each document ends.
    private var ends: [UInt32] = []

    /// Adds a document of a fonds; gives its number among these.
    mutating func add(_ document: CatalogedDocument, fonds: String?) -> Int {
        let fields = document.fields
        endColumn { $0.put(fields[.subject] ?? fields[.imageTitle] ?? fields[.movieTitle]) }
        endColumn { $0.put(document.typeWord) }
        let (number, notation) = (fields[.codeNumber], fields[.codeNotation])
        endColumn {
            if number?.isEmpty ?? true, notation?.isEmpty ?? true { return }
            $0.put(number)
            $0.bytes.append(UInt8(ascii: "/"))
            $0.put(notation)
        }
        endColumn { $0.put(fields[.organName]) }
        endColumn { texts in
            for field in Self.others {
                guard let text = fields[field] else { continue }
                texts.put(text)
                if field != Self.others.last { texts.bytes.append(0x20) }
            }
        }
        let bare = number.map { $0.drop { $0 == "0" } }
        endColumn {
            $0.put(key: "f", fonds)
            $0.put(key: "t", fields[.typeName])
            $0.put(key: "n", bare.map { String($0) })
            if let bare, let notation { $0.put(key: "n", String(bare) + notation) }
        }
        return ends.count / Self.columnCount - 1
    }

    /// Puts a document's columns into a row; an empty one says nothing.
    func put(_ number: Int, into row: inout RowCells) {
        for column in (number * Self.columnCount)..<((number + 1) * Self.columnCount) {
            let start = column == 0 ? 0 : Int(ends[column - 1])
            row.put(text: bytes[start..<Int(ends[column])])
        }
    }

    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
    }

    /// Whether so many bytes are held that they should be indexed now.
    var isFull: Bool { bytes.count >= Self.mostBytes }

    private static let mostBytes = 32 << 20
    private static let others: [DocumentField] = [
        .keyword, .description, .autograph, .eventName, .photographer, .photoPlace, .recorder,
        .recordPlace, .archivesNumber,
    ]

    private mutating func endColumn(_ body: (inout SearchableTexts) -> Void) {
        body(&self)
        ends.append(UInt32(bytes.count))
    }

    private mutating func put(_ text: String?) {
        guard var text else { return }
        text.withUTF8 { bytes.append(contentsOf: $0) }
    }

    /// A filter key begins with the byte 0xFF, which no text of a record can contain.
    private mutating func put(key sort: Unicode.Scalar, _ value: (some StringProtocol)?) {
        guard let value else { return }
        bytes.append(0xFF)
        bytes.append(UInt8(ascii: sort))
        bytes.append(contentsOf: value.utf8)
    }
}
