import Files
import Records
import SystemPackage

/// The files below a dossier's folder: what each is, what may not be there, and names that collide.
struct FolderWalk {
    /// A file that may become a document's content.
    struct Found {
        let path: RelativePath
        let size: Int64
        let modified: Instant
        let stamp: FileStamp
        var isListed = false
    }

    private(set) var files: [Found] = []
    private(set) var dossierFile: Found?
    private(set) var list: Found?
    /// Whether every folder was walked to its end.
    private(set) var isComplete = true
    /// Files by name, made when a name first stands on the disk in another form than in the list.
    private var indices: [String: [Int]]?
    private let volume: any Volume
    private let limits: DossierLimits
    private let findings: FindingList

    static let dossierFileName = "dossier.yaml"
    static let listName = "documents.csv"

    init(volume: any Volume, limits: DossierLimits, findings: FindingList) {
        self.volume = volume
        self.limits = limits
        self.findings = findings
    }

    /// Bytes of all documents; no sum of hostile sizes is too large to be told.
    var bytes: Int64 {
        files.reduce(0) { sum, file in
            let (total, isTooLarge) = sum.addingReportingOverflow(file.size)
            return isTooLarge ? .max : total
        }
    }

    mutating func run(_ folder: FilePath) throws {
        var pending: [(FilePath, [UInt8], Int)] = [(folder, [], 0)]
        while let (path, prefix, depth) = pending.popLast(), isComplete {
            guard let entries = try entries(of: path, prefix) else { continue }
            if entries.isEmpty, depth > 0 {
                findings.add(.folderEmpty, .warning, String(decoding: prefix, as: UTF8.self))
            }
            for entry in entries where isComplete {
                let relative = RelativePath(
                    bytes: prefix.isEmpty ? entry.name.bytes : prefix + [0x2F] + entry.name.bytes)
                guard isAcceptable(relative, depth) else { continue }
                switch entry.kind {
                case .folder:
                    pending.append((path.appending(entry.name), relative.bytes, depth + 1))
                case .link: findings.add(.fileLink, relative.text)
                case .device: findings.add(.fileDevice, relative.text)
                case .file: try take(relative, at: path.appending(entry.name))
                }
            }
        }
        files.sort { $0.path < $1.path }
        reportCollisions()
    }

    /// The names in a folder; nil, with a finding, when a folder below the dossier's may not be read.
    private func entries(of path: FilePath, _ prefix: [UInt8]) throws -> [FolderEntry]? {
        do {
            return try volume.list(path)
        } catch {
            guard !prefix.isEmpty, [.permissionDenied, .notPermitted].contains(error.errno) else {
                throw error
            }
            findings.add(
                .sourceUnreadable, RelativePath(bytes: prefix).text,
                ["reason": error.errno.description])
            return nil
        }
    }

    private func isAcceptable(_ path: RelativePath, _ depth: Int) -> Bool {
        guard let text = String(validating: path.bytes, as: UTF8.self) else {
            findings.add(.nameNotUTF8, path.text)
            return false
        }
        guard depth < limits.depth else {
            findings.add(.limitDepth, text.shown, ["limit": String(limits.depth)])
            return false
        }
        guard path.bytes.count <= limits.path else {
            findings.add(.limitPath, text.shown, ["limit": String(limits.path)])
            return false
        }
        if Self.holdsControl(path.bytes) {
            findings.add(.nameControl, text)
            return false
        }
        let name = path.bytes.suffix(from: (path.bytes.lastIndex(of: 0x2F) ?? -1) + 1)
        if !WindowsName.canHold(name) { findings.add(.nameWindows, .warning, text) }
        return true
    }

    /// Whether a name holds a control character, or U+FFFE or U+FFFF, which no XML may hold.
    private static func holdsControl(_ name: [UInt8]) -> Bool {
        var last: UInt32 = 0
        for byte in name {
            last = (last << 8 | UInt32(byte)) & 0xFF_FFFF
            let isC1 = byte <= 0x9F && last & 0xFF00 == 0xC200
            if byte < 0x20 || byte == 0x7F || isC1 || last == 0xEF_BFBE || last == 0xEF_BFBF {
                return true
            }
        }
        return false
    }

    private mutating func take(_ path: RelativePath, at file: FilePath) throws {
        if WorkingFile.isOne(path) { return findings.add(.fileLeftOut, .warning, path.text) }
        guard let status = try volume.status(file), status.kind == .file else { return }
        let found = Found(
            path: path, size: status.size, modified: Instant(microseconds: status.modified),
            stamp: FileStamp(status))
        if path == RelativePath(Self.dossierFileName) {
            dossierFile = found
        } else if path == RelativePath(Self.listName) {
            list = found
        } else {
            add(found)
        }
    }

    private mutating func add(_ found: Found) {
        guard files.count < limits.documents else {
            isComplete = false
            return findings.add(
                .limitDocuments, found.path.text, ["limit": String(limits.documents)])
        }
        if found.size > limits.fileSize {
            findings.add(.limitFileSize, found.path.text, ["limit": String(limits.fileSize)])
        }
        files.append(found)
    }

    /// Names that are one name for Windows, macOS or a person who types them.
    private func reportCollisions() {
        // Swift's strings are equal when they are canonically, so NFC and NFD meet here.
        var first: [String: Int] = [:]
        first.reserveCapacity(files.count)
        for (index, file) in files.enumerated() {
            let text = file.path.text
            guard let other = first.updateValue(index, forKey: text.lowercased()) else { continue }
            findings.add(.nameCollision, text, ["other": files[other].path.text.shown])
        }
    }

    /// The file that a list names: byte for byte, else by canonical equivalence where only one fits.
    mutating func match(_ name: String) -> Int? {
        if let index = exactMatch(RelativePath(name)) { return index }
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
        if indices == nil {
            indices = [:]
            for (index, file) in files.enumerated() {
                indices?[file.path.text, default: []].append(index)
            }
        }
        guard let candidates = indices?[name], candidates.count == 1 else { return nil }
        return candidates[0]
    }

    private func exactMatch(_ path: RelativePath) -> Int? {
        var low = 0
        var high = files.count
        while low < high {
            let middle = (low + high) / 2
            if files[middle].path < path { low = middle + 1 } else { high = middle }
        }
        return low < files.count && files[low].path == path ? low : nil
    }

    /// Notes that a row names the file; false when another did before.
    mutating func list(_ index: Int) -> Bool {
        defer { files[index].isListed = true }
        return !files[index].isListed
    }

    func reportUnlisted() {
        for file in files where !file.isListed { findings.add(.fileExtra, file.path.text) }
    }
}

extension FileStamp {
    /// What the file system says now.
    init(_ status: FileStatus) {
        self.init(device: status.device, inode: status.inode, changed: status.changed)
    }
}
