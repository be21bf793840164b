/// Reads the tar of a bundle as its bytes come; anything but the form `TarHeader` writes is a failure.
package struct TarParser: Sendable {
    /// What the parser found; content comes in pieces between `entry` and `entryEnd`.
    package enum Event: Sendable {
        case entry(TarHeader, dataOffset: Int64)
        case content(Range<Int>)
        case entryEnd
    }

    private enum State {
        case header
        case paxContent(size: Int)
        case content(left: Int64)
        case padding(left: Int)
        case end(blocks: Int)
    }

    /// The longest pax content read: a path of 4,096 bytes and a size fit many times over.
    private static let largestPax = 64 * 1024

    private var state: State = .header
    private var pending: [UInt8] = []
    private var header: TarHeader?
    private var paxBytes: [UInt8] = []
    private var paxRecords: PaxRecords?
    private var headerOffset: Int64 = 0
    /// Offset of the next byte to be given.
    package private(set) var offset: Int64 = 0

    package init() {}

    /// Content bytes that may be jumped over instead of being given.
    package var skippableCount: Int64 {
        if case .content(let left) = state { return left }
        return 0
    }

    /// Jumps over content of the current entry.
    package mutating func skip(_ count: Int64) {
        guard case .content(let left) = state, count <= left else {
            preconditionFailure("more was skipped than the entry has")
        }
        offset += count
        state = .content(left: left - count)
    }

    /// Takes the next bytes of the tar and tells what is in them; ranges count within these bytes.
    package mutating func consume<Failure: Error>(
        _ bytes: UnsafeRawBufferPointer, _ body: (Event) throws(Failure) -> Void
    ) throws -> Void {
        var index = 0
        while index < bytes.count || isAtBoundary {
            switch state {
            case .content(let left):
                guard left > 0 else {
                    try finishContent(body)
                    continue
                }
                let count = Int(min(left, Int64(bytes.count - index)))
                try body(.content(index..<(index + count)))
                advance(count, &index)
                state = .content(left: left - Int64(count))
            case .padding(let left):
                guard left > 0 else {
                    state = .header
                    continue
                }
                let count = min(left, bytes.count - index)
                try requireZeros(bytes, index, count, .padding)
                advance(count, &index)
                state = .padding(left: left - count)
            case .header where pending.isEmpty && bytes.count - index >= TarHeader.blockSize:
                let end = index + TarHeader.blockSize
                let block = UnsafeRawBufferPointer(rebasing: bytes[index..<end])
                let blockOffset = offset
                advance(TarHeader.blockSize, &index)
                try takeHeader(block, at: blockOffset, body)
            case .header, .paxContent, .end:
                try gather(bytes, &index, body)
            }
        }
    }

    /// Says that no bytes follow; fails when the archive is not complete.
    package func finish() throws(TarFailure) {
        guard case .end(blocks: 2) = state, pending.isEmpty else {
            throw TarFailure(reason: .truncated, offset: offset)
        }
    }

    /// Whether the state can move on without a further byte.
    private var isAtBoundary: Bool {
        switch state {
        case .content(let left): left == 0
        case .padding(let left): left == 0
        default: false
        }
    }

    private mutating func advance(_ count: Int, _ index: inout Int) {
        index += count
        offset += Int64(count)
    }

    private mutating func finishContent<Failure: Error>(_ body: (Event) throws(Failure) -> Void)
        throws
    {
        try body(.entryEnd)
        state = .padding(left: header?.paddingCount ?? 0)
    }

    /// Collects whole blocks for the states that need them.
    private mutating func gather<Failure: Error>(
        _ bytes: UnsafeRawBufferPointer, _ index: inout Int, _ body: (Event) throws(Failure) -> Void
    ) throws {
        if case .end(blocks: 2) = state { throw TarFailure(reason: .trailing, offset: offset) }
        let wanted: Int
        if case .paxContent(let size) = state {
            wanted = (size + TarHeader.blockSize - 1) / TarHeader.blockSize * TarHeader.blockSize
        } else {
            wanted = TarHeader.blockSize
        }
        let count = min(wanted - pending.count, bytes.count - index)
        pending.append(contentsOf: bytes[index..<(index + count)])
        let blockOffset = offset + Int64(count) - Int64(pending.count)
        advance(count, &index)
        guard pending.count == wanted else { return }
        let block = pending
        pending = []
        try take(block, at: blockOffset, body)
    }

    private mutating func take<Failure: Error>(
        _ block: [UInt8], at blockOffset: Int64, _ body: (Event) throws(Failure) -> Void
    ) throws {
        switch state {
        case .paxContent(let size):
            paxBytes += block
            paxRecords = try PaxRecords(block[..<size], offset: blockOffset)
            guard block[size...].allSatisfy({ $0 == 0 }) else {
                throw TarFailure(reason: .padding, offset: blockOffset)
            }
            state = .header
        case .end:
            guard block.allSatisfy({ $0 == 0 }) else {
                throw TarFailure(reason: .padding, offset: blockOffset)
            }
            state = .end(blocks: 2)
        default:
            try block.withUnsafeBytes { try takeHeader($0, at: blockOffset, body) }
        }
    }

    private mutating func takeHeader<Failure: Error>(
        _ block: UnsafeRawBufferPointer, at blockOffset: Int64,
        _ body: (Event) throws(Failure) -> Void
    ) throws {
        if Self.nonzero(in: block, 0..<block.count) == nil {
            guard paxRecords == nil else { throw TarFailure(reason: .form, offset: blockOffset) }
            state = .end(blocks: 1)
            return
        }
        let fields = try UstarBlock(block, offset: blockOffset)
        if fields.type == 0x78 {
            guard paxRecords == nil, fields.size > 0, fields.size <= Int64(Self.largestPax) else {
                throw TarFailure(reason: .form, offset: blockOffset)
            }
            headerOffset = blockOffset
            paxBytes = Array(block)
            state = .paxContent(size: Int(fields.size))
            return
        }
        let header = TarHeader(
            path: paxRecords?.path ?? fields.path, size: paxRecords?.size ?? fields.size,
            modified: fields.modified)
        // The one honest test of form: what luutru would have written for this entry is what stands there.
        guard header.isWritten(as: paxBytes, block, sum: fields.sum) else {
            throw TarFailure(reason: .form, offset: paxRecords == nil ? blockOffset : headerOffset)
        }
        guard Self.isSafe(header.path) else { throw TarFailure(reason: .name, offset: blockOffset) }
        paxRecords = nil
        paxBytes = []
        self.header = header
        state = .content(left: header.size)
        try body(.entry(header, dataOffset: offset))
    }

    private func requireZeros(
        _ bytes: UnsafeRawBufferPointer, _ index: Int, _ count: Int, _ reason: TarFailure.Reason
    ) throws(TarFailure) {
        if let place = Self.nonzero(in: bytes, index..<(index + count)) {
            throw TarFailure(reason: reason, offset: offset + Int64(place - index))
        }
    }

    /// The first byte that is not zero; looked for eight at a time.
    private static func nonzero(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        var place = range.lowerBound
        while range.upperBound - place >= 8,
            bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) == 0
        {
            place += 8
        }
        while place < range.upperBound {
            if bytes[place] != 0 { return place }
            place += 1
        }
        return nil
    }

    /// Whether a name stays below the folder it is unpacked in.
    static func isSafe(_ path: [UInt8]) -> Bool {
        guard !path.isEmpty, path.first != 0x2F, path.last != 0x2F else { return false }
        return path.withUnsafeBufferPointer { path in
            guard !isOfDots(path, from: 0) else { return false }
            for index in 0..<path.count where path[index] <= 0x2F {
                if path[index] == 0 { return false }
                if path[index] == 0x2F, isOfDots(path, from: index + 1) { return false }
            }
            return true
        }
    }

    /// Whether the part of a path that begins here is nothing, `.` or `..`.
    private static func isOfDots(_ path: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
        var end = start
        while end < path.count, end < start + 2, path[end] == 0x2E { end += 1 }
        return end == path.count || path[end] == 0x2F
    }
}
