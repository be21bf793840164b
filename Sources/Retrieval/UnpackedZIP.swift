import Containers
import Cryptography
package import Files
import Records

/// Writes the unpacked package of a dossier, all its versions merged, as the ZIP of TT 05/2025.
package enum UnpackedZIP {
    /// Gives the ZIP's bytes in order; each file's digest is proved again while it is read.
    package static func write(
        _ entries: [BundleUnpacking.Entry], from tars: [any OpenFile], buffer: WorkBuffer,
        progress: (Int) throws -> Void, sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let zip = try ZIPWriter(sink: sink)
        let hasher = Cryptography.Hasher(.sha512)
        for entry in entries {
            try zip.begin(entry.path.bytes, size: entry.size, modified: entry.modified)
            var done: Int64 = 0
            while done < entry.size {
                let room = buffer.prefix(Int(min(Int64(buffer.bytes.count), entry.size - done)))
                let count = try tars[entry.tar].fill(room, at: entry.offset + done)
                guard count == room.count else { throw DeliveryFailure.damaged }
                let piece = UnsafeRawBufferPointer(room)
                hasher.update(piece)
                try zip.append(piece)
                done += Int64(count)
                try progress(count)
            }
            guard hasher.finalizeAndReset() == entry.sha512.bytes else {
                throw DeliveryFailure.damaged
            }
        }
        try zip.finish()
    }
}
