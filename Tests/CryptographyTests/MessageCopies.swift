/// Messages in memory of their own, which stays while they are hashed.
enum MessageCopies {
    static func use<Value>(
        _ messages: [[UInt8]], _ body: ([UnsafeRawBufferPointer]) -> Value
    ) -> Value {
        let copies = messages.map { message in
            let copy = UnsafeMutableRawBufferPointer.allocate(
                byteCount: message.count, alignment: 1)
            copy.copyBytes(from: message)
            return copy
        }
        defer { for copy in copies { copy.deallocate() } }
        return body(copies.map { UnsafeRawBufferPointer($0) })
    }
}
