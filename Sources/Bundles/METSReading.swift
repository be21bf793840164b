import Files
import Records
import XML

/// Reads what a METS file says of the files it names: each `mdRef` and each `file` with its `FLocat`.
struct METSReading {
    /// A file as METS names it.
    struct File {
        let href: String
        let size: Int64
        let sha256: String
    }

    private let tar: any ReadableFile
    private let place: BundleScan.Place

    init(_ tar: any ReadableFile, at place: BundleScan.Place) {
        self.tar = tar
        self.place = place
    }

    /// Gives each file that is named; afterwards every reference has been taken in, and OBJID is known.
    @discardableResult
    func forEachFile(_ links: inout METSLinks, _ body: (File) throws -> Void) throws -> String? {
        try forEachFile(taking: { links.take($0) }, body)
    }

    /// Gives each file that is named; memory does not grow with their number.
    @discardableResult
    func forEachFile(
        taking start: (XMLReader) -> Void = { _ in }, _ body: (File) throws -> Void
    ) throws -> String? {
        var identifier: String?
        var source = EntrySource(tar, at: place)
        let reader = try XMLReader { try source.read(into: $0) }
        var pending: (size: Int64, sha256: String)?
        while let event = try reader.next() {
            guard case .start(let name) = event else { continue }
            start(reader)
            switch name {
            case "mets": identifier = reader.attribute("OBJID")
            case "mdRef":
                let facts = self.facts(reader)
                try body(File(href: href(reader), size: facts.size, sha256: facts.sha256))
            case "file": pending = facts(reader)
            case "FLocat":
                guard let facts = pending else { continue }
                try body(File(href: href(reader), size: facts.size, sha256: facts.sha256))
                pending = nil
            default: break
            }
        }
        return identifier
    }

    private func facts(_ reader: XMLReader) -> (size: Int64, sha256: String) {
        (
            reader.attribute("SIZE").flatMap { Int64($0) } ?? -1,
            reader.attribute("CHECKSUM") ?? ""
        )
    }

    private func href(_ reader: XMLReader) -> String {
        Self.decoded(reader.attribute("xlink:href") ?? "")
    }

    /// A relative reference with its percent-encoded bytes put back.
    static func decoded(_ reference: String) -> String {
        guard reference.utf8.contains(0x25) else { return reference }
        let units = Array(reference.utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < units.count {
            if units[index] == 0x25, index + 2 < units.count,
                let byte = Hexadecimal.bytes(
                    of: String(decoding: units[(index + 1)...(index + 2)], as: UTF8.self))
            {
                bytes += byte
                index += 3
            } else {
                bytes.append(units[index])
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
