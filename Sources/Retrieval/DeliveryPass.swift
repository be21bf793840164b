import Cryptography
package import Files
package import Records
package import SystemPackage

/// Where a file is handed to.
package enum DeliveryTarget: Sendable {
    /// A new file; an existing one is never overwritten.
    case file(FilePath)
    case standardOutput
}

/// Why a file was not handed over.
package enum DeliveryFailure: Error, Hashable, Sendable {
    /// The bytes in the store are not those that were stored.
    case damaged
    case targetExists(FilePath)
}

/// Hands over a piece of a stored file, its digest proved before the last byte leaves.
package struct DeliveryPass {
    private let source: any OpenFile
    private let offset: Int64
    private let size: Int64
    private let expected: Digest
    private let volume: any Volume

    /// Prepares to hand over `size` bytes of the source from an offset on.
    package init(
        of source: any OpenFile, at offset: Int64, size: Int64, expecting expected: Digest,
        volume: any Volume
    ) {
        self.source = source
        self.offset = offset
        self.size = size
        self.expected = expected
        self.volume = volume
    }

    /// Hands the bytes over; gives their SHA-256.
    package func run(to target: DeliveryTarget, standardOutput: any OpenFile) throws -> Digest {
        switch target {
        case .standardOutput: return try copy { try standardOutput.write($0, at: $1) }
        case .file(let path): return try deliver(to: path)
        }
    }

    private func deliver(to path: FilePath) throws -> Digest {
        try NewFile(path, volume: volume).write { file in
            try copy { try file.write($0, at: $1) }
        }
    }

    private func copy(_ write: (UnsafeRawBufferPointer, Int64) throws -> Void) throws -> Digest {
        let buffer = WorkBuffer(count: 1 << 20)
        let sha256 = Cryptography.Hasher(.sha256)
        let sha512 = Cryptography.Hasher(.sha512)
        var done: Int64 = 0
        while true {
            let room = UnsafeMutableRawBufferPointer(
                rebasing: buffer.bytes[..<Int(min(Int64(buffer.bytes.count), size - done))])
            guard try source.fill(room, at: offset + done) == room.count else {
                throw DeliveryFailure.damaged
            }
            let piece = UnsafeRawBufferPointer(room)
            sha256.update(piece)
            if expected.algorithm == .sha512 { sha512.update(piece) }
            let isLast = done + Int64(piece.count) == size
            if isLast {
                let found = sha256.finalizeAndReset()
                let proof = expected.algorithm == .sha512 ? sha512.finalizeAndReset() : found
                guard proof == expected.bytes, let digest = Digest(.sha256, bytes: found) else {
                    throw DeliveryFailure.damaged
                }
                try write(piece, done)
                return digest
            }
            try write(piece, done)
            done += Int64(piece.count)
        }
    }
}
