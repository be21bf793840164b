/// Bytes of a stranger's file: reading past them gives nil, never a trap.
struct Bytes {
    let all: [UInt8]

    init(_ all: [UInt8]) { self.all = all }

    var count: Int { all.count }

    subscript(index: Int) -> UInt8? { all.indices.contains(index) ? all[index] : nil }

    func slice(_ start: Int, _ count: Int) -> ArraySlice<UInt8>? {
        guard start >= 0, count >= 0, start <= all.count, count <= all.count - start else {
            return nil
        }
        return all[start..<(start + count)]
    }

    /// The unsigned number of 1 to 4 bytes at a place, least significant byte first.
    func little(_ start: Int, _ count: Int) -> Int? {
        slice(start, count).map { $0.reversed().reduce(0) { $0 << 8 | Int($1) } }
    }

    /// The unsigned number of 1 to 4 bytes at a place, most significant byte first.
    func big(_ start: Int, _ count: Int) -> Int? {
        slice(start, count).map { $0.reduce(0) { $0 << 8 | Int($1) } }
    }

    func has(_ text: StaticString, at start: Int) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return slice(start, wanted.count).map { $0.elementsEqual(wanted) } ?? false
    }

    /// Where a text first occurs at or after a place.
    func find(_ text: StaticString, from start: Int = 0) -> Int? {
        find(
            Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)),
            from: start)
    }

    func contains(_ text: StaticString) -> Bool { find(text) != nil }
}
