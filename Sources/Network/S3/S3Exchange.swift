import CCurl

/// One request under way: gives libcurl the body, takes the answer, and keeps what was thrown meanwhile.
final class S3Exchange {
    private let handle: UnsafeMutableRawPointer
    private let body: S3Request.Body
    private let taking: S3Taking
    private let check: () throws -> Void
    private var sent: Int64 = 0
    private var received: Int64 = 0
    private(set) var head = S3Head()
    private(set) var bytes: [UInt8] = []
    /// What a callback threw; it goes before what libcurl says of the end.
    private(set) var failure: (any Error)?
    private(set) var isFull = false
    /// Whether the text of an error was longer than is read; the status says enough.
    private(set) var isErrorCut = false

    /// The most bytes read of the text of an error.
    private static let largestError = 64 * 1024

    init(
        _ handle: UnsafeMutableRawPointer, _ body: S3Request.Body, _ taking: S3Taking,
        _ check: @escaping () throws -> Void
    ) {
        self.handle = handle
        self.body = body
        self.taking = taking
        self.check = check
    }

    private static func from(_ pointer: UnsafeMutableRawPointer) -> S3Exchange {
        Unmanaged<S3Exchange>.fromOpaque(pointer).takeUnretainedValue()
    }

    static let give: luutru_curl_reader = { data, size, count, source in
        guard let data, let source else { return Int(CURL_READFUNC_ABORT) }
        let room = UnsafeMutableRawBufferPointer(start: data, count: size * count)
        return from(source).give(room) ?? Int(CURL_READFUNC_ABORT)
    }

    static let seek: luutru_curl_seeker = { source, offset, origin in
        guard let source, origin == SEEK_SET else { return CURL_SEEKFUNC_FAIL }
        from(source).sent = Int64(offset)
        return CURL_SEEKFUNC_OK
    }

    static let takeHead: luutru_curl_writer = { data, size, count, target in
        guard let data, let target else { return 0 }
        from(target).head.take(UnsafeRawBufferPointer(start: data, count: size * count))
        return size * count
    }

    static let take: luutru_curl_writer = { data, size, count, target in
        guard let data, let target else { return 0 }
        let piece = UnsafeRawBufferPointer(start: data, count: size * count)
        return from(target).take(piece) ? piece.count : 0
    }

    static let watch: luutru_curl_watcher = { context, _, _, _, _ in
        guard let context else { return 1 }
        let exchange = from(context)
        return exchange.keep { try exchange.check() } == nil ? 1 : 0
    }

    /// Runs what may throw out of a callback of C; nil when it did.
    private func keep<Value>(_ body: () throws -> Value) -> Value? {
        do { return try body() } catch {
            failure = error
            return nil
        }
    }

    private func give(_ room: UnsafeMutableRawBufferPointer) -> Int? {
        let wanted = Int(min(Int64(room.count), body.count - sent))
        guard wanted > 0 else { return 0 }
        let part = UnsafeMutableRawBufferPointer(rebasing: room[..<wanted])
        let given: Int?
        switch body {
        case .none: given = 0
        case .bytes(let bytes):
            part.copyBytes(from: bytes[Int(sent)..<(Int(sent) + wanted)])
            given = wanted
        case .pieces(_, let read): given = keep { try read(part, sent) }
        }
        // Fewer bytes than were announced would leave the server waiting.
        guard let given, given > 0 else { return nil }
        sent += Int64(given)
        return given
    }

    private func take(_ piece: UnsafeRawBufferPointer) -> Bool {
        if received == 0 { head.status = luutru_curl_status(handle) }
        let isFirst = received == 0
        received += Int64(piece.count)
        guard head.isSuccess else {
            isErrorCut = received > Int64(Self.largestError)
            if !isErrorCut { bytes += piece }
            return !isErrorCut
        }
        switch taking {
        case .whole(let limit):
            isFull = received > Int64(limit)
            if !isFull { bytes += piece }
            return !isFull
        case .pieces(let limit, let judge, let take):
            if isFirst, keep({ try judge(head) }) == nil { return false }
            isFull = received > limit
            return !isFull && keep { try take(piece) } != nil
        }
    }

    /// The status also of an answer without a body.
    func close() { head.status = luutru_curl_status(handle) }
}
