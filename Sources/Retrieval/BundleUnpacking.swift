import Containers
import Cryptography
package import Files
package import Records

/// What the tars of a dossier's versions unpack to, in order into one folder: later entries replace earlier ones.
package struct BundleUnpacking {
    /// A file of the unpacked package and where its bytes lie.
    package struct Entry: Hashable, Sendable {
        /// Parts joined by `/`, as the tar has them.
        package let path: RelativePath
        /// Index of the tar that holds it.
        package let tar: Int
        package let offset: Int64
        package let size: Int64
        package let modified: Int64
        package let sha512: Digest
    }

    private let tars: [any OpenFile]
    private let expected: [Digest]
    private let buffer: WorkBuffer
    private let progress: (Int) throws -> Void

    /// Prepares to unpack tars, the oldest first, each with the SHA-512 it was stored with.
    package init(
        _ tars: [any OpenFile], expecting expected: [Digest], buffer: WorkBuffer,
        progress: @escaping (Int) throws -> Void
    ) {
        self.tars = tars
        self.expected = expected
        self.buffer = buffer
        self.progress = progress
    }

    /// Reads every tar whole and proves it; gives the files in the order in which their names first came.
    package func entries() throws -> [Entry] {
        var entries: [Entry] = []
        var places: [RelativePath: Int] = [:]
        for (index, tar) in tars.enumerated() {
            do {
                try read(tar, index) { entry in
                    if let place = places[entry.path] {
                        entries[place] = entry
                    } else {
                        places[entry.path] = entries.count
                        entries.append(entry)
                    }
                }
            } catch is TarFailure {
                throw DeliveryFailure.damaged
            }
        }
        return entries
    }

    private func read(_ tar: any OpenFile, _ index: Int, _ body: (Entry) -> Void) throws {
        let whole = Cryptography.Hasher(.sha512)
        let content = Cryptography.Hasher(.sha512)
        var parser = TarParser()
        var current: (header: TarHeader, offset: Int64)?
        try tar.forEachPiece(in: buffer) { piece, _ in
            whole.update(piece)
            try parser.consume(piece) { (event) throws(any Error) in
                switch event {
                case .entry(let header, let offset): current = (header, offset)
                case .content(let range):
                    content.update(UnsafeRawBufferPointer(rebasing: piece[range]))
                case .entryEnd:
                    let digest = Digest(.sha512, bytes: content.finalizeAndReset())
                    guard let found = current, let digest else { return }
                    body(
                        Entry(
                            path: RelativePath(bytes: found.header.path), tar: index,
                            offset: found.offset, size: found.header.size,
                            modified: found.header.modified, sha512: digest))
                }
            }
            try progress(piece.count)
        }
        try parser.finish()
        guard whole.finalizeAndReset() == expected[index].bytes else {
            throw DeliveryFailure.damaged
        }
    }
}
