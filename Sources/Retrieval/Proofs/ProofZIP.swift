import Containers
import Cryptography
package import Files
package import Records
package import SystemPackage

/// Writes a proof as one ZIP: the report, the script, the list, then all that they speak of.
package struct ProofZIP {
    private let folder: String
    private let time: UInt32
    private let files: [ProofFile]
    private let volume: any Volume
    private let progress: (Int) throws -> Void

    /// Takes the files without list and script, which follow from them.
    package init(
        _ claims: ProofClaims, files: [ProofFile], volume: any Volume,
        script: (_ list: Digest) throws -> [UInt8], progress: @escaping (Int) throws -> Void
    ) throws {
        folder = claims.names.folder
        time = Self.time(of: claims.made)
        self.volume = volume
        self.progress = progress
        let list = ProofFile(
            ProofNames.list, ProofList.bytes(files.map { ($0.name, $0.sha512) }))
        let script = ProofFile(ProofNames.script, try script(list.sha512))
        self.files = [script, list] + files
    }

    /// The time that every file of the ZIP has: when the proof was made, in Vietnam's time.
    package static func time(of made: Instant) -> UInt32 {
        let civil = CivilTime(seconds: made.seconds + 7 * 3600)
        return MSDOSTime.of(
            year: civil.year, month: civil.month, day: civil.day, hour: civil.hour,
            minute: civil.minute, second: civil.second)
    }

    /// Writes aside, then gives it its name; gives the ZIP's size and SHA-256.
    package func write(to path: FilePath) throws -> (size: Int64, sha256: Digest) {
        try NewFile(path, volume: volume).write { file in
            let size = try fill(file)
            return (size, try digest(of: file))
        }
    }

    private func fill(_ file: any OpenFile) throws -> Int64 {
        var zip = StoredZIPWriter(time: time) { try file.write($0, at: $1) }
        let buffer = WorkBuffer(count: 1 << 20)
        for entry in files {
            try zip.begin(
                folder + entry.name, size: entry.size, isProgram: entry.name == ProofNames.script)
            try entry.forEachPiece(in: buffer) {
                try zip.append($0)
                try progress($0.count)
            }
        }
        return try zip.finish()
    }

    /// Read again, since the headers are written after their files.
    private func digest(of file: any OpenFile) throws -> Digest {
        let hasher = Cryptography.Hasher(.sha256)
        try file.forEachPiece(in: WorkBuffer(count: 1 << 20)) { piece, _ in
            hasher.update(piece)
            try progress(0)
        }
        return Digest(sha256: hasher.finalizeAndReset())
    }
}
