package import Files
package import SystemPackage

/// The file of a finding aid: written aside line by line, and whole under its name or not there.
package final class FindingAidFile {
    private let path: FilePath
    private let aside: FilePath
    private let volume: any Volume
    private let file: any OpenFile
    private let output: TextOutput
    private var writer: any FindingAidWriter

    private init(
        _ path: FilePath, aside: FilePath, _ file: any OpenFile, _ form: FindingAidForm,
        volume: any Volume
    ) {
        self.path = path
        self.aside = aside
        self.volume = volume
        self.file = file
        output = TextOutput(file)
        writer =
            switch form {
            case .html: FindingAidPage(output)
            case .csv: FindingAidCSV(output)
            case .ead3: FindingAidEAD(output)
            }
    }

    /// Writes a finding aid; one that is there already is never overwritten. Gives its size.
    package static func write(
        _ aid: FindingAid, as form: FindingAidForm, to path: FilePath, volume: any Volume,
        _ body: (FindingAidFile) throws -> Void
    ) throws -> Int64 {
        guard try volume.status(path) == nil else { throw DeliveryFailure.targetExists(path) }
        let aside = path.removingLastComponent().appending(
            "." + (path.lastComponent?.string ?? "muc-luc") + ".aside")
        if try volume.status(aside) != nil { try volume.remove(aside) }
        let open = try volume.create(aside, permissions: .everybodyReads)
        let file = FindingAidFile(path, aside: aside, open, form, volume: volume)
        do {
            try file.writer.begin(aid)
            try body(file)
            return try file.finish()
        } catch {
            try volume.remove(aside)
            throw error
        }
    }

    /// Begins an inventory or series.
    package func open(_ section: FindingAid.Section, isSeries: Bool) throws {
        try writer.open(section, isSeries: isSeries)
    }

    /// Ends an inventory or series.
    package func close(isSeries: Bool) throws { try writer.close(isSeries: isSeries) }

    /// Adds a dossier.
    package func add(_ dossier: FindingAidDossier) throws { try writer.add(dossier) }

    private func finish() throws -> Int64 {
        try writer.end()
        try output.flush()
        try file.synchronize()
        try file.close()
        try volume.rename(aside, to: path)
        try volume.synchronizeFolder(path.removingLastComponent())
        return output.size
    }
}

/// Text on its way into a file, in pieces of one size.
final class TextOutput {
    private let file: any OpenFile
    private var buffer: [UInt8] = []
    private(set) var size: Int64 = 0
    private static let capacity = 256 * 1024

    init(_ file: any OpenFile) { self.file = file }

    func put(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= Self.capacity { try flush() }
    }

    func put(_ bytes: UnsafeRawBufferPointer) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.capacity { try flush() }
    }

    func flush() throws {
        try file.append(buffer, at: size)
        size += Int64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }
}
