import Cryptography
package import Files
package import Records

/// One file of a proof before it is written: bytes at hand, or a piece of a stored file.
package struct ProofFile {
    /// Where the bytes come from.
    package enum Source {
        case bytes([UInt8])
        case piece(of: any OpenFile, at: Int64)
    }

    /// Below the proof's folder.
    package let name: String
    package let source: Source
    package let size: Int64
    package let sha512: Digest

    /// A small file.
    package init(_ name: String, _ bytes: [UInt8]) {
        self.name = name
        source = .bytes(bytes)
        size = Int64(bytes.count)
        sha512 = Self.sha512(of: bytes)
    }

    /// A piece of a stored file whose digest is known; it is proved while it is written.
    package init(
        _ name: String, from file: any OpenFile, at offset: Int64, size: Int64, sha512: Digest
    ) {
        self.name = name
        source = .piece(of: file, at: offset)
        self.size = size
        self.sha512 = sha512
    }

    /// The digest that lists of files are made of.
    package static func sha512(of bytes: [UInt8]) -> Digest {
        return Digest(sha512: Hasher.digest(.sha512, of: bytes))
    }

    /// Gives the bytes in order; a failure at the end when they are not those that were promised.
    func forEachPiece(
        in buffer: WorkBuffer, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        switch source {
        case .bytes(let bytes): try bytes.withUnsafeBytes { try body($0) }
        case .piece(let file, let start):
            let hasher = Hasher(.sha512)
            var done: Int64 = 0
            while done < size {
                let room = buffer.prefix(Int(min(Int64(buffer.bytes.count), size - done)))
                guard try file.fill(room, at: start + done) == room.count else {
                    throw DeliveryFailure.damaged
                }
                hasher.update(UnsafeRawBufferPointer(room))
                try body(UnsafeRawBufferPointer(room))
                done += Int64(room.count)
            }
            guard hasher.finalizeAndReset() == sha512.bytes else { throw DeliveryFailure.damaged }
        }
    }
}

/// The list of a proof's files, as `sha512sum -c` reads it.
package enum ProofList {
    /// The list's bytes; names are in byte order.
    package static func bytes(_ files: [(name: String, sha512: Digest)]) -> [UInt8] {
        let lines = files.sorted { Array($0.name.utf8).lexicographicallyPrecedes($1.name.utf8) }
        return Array(lines.map { "\($0.sha512.hex)  \($0.name)\n" }.joined().utf8)
    }
}
