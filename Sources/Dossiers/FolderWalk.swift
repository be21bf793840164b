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
    /// Indices of files by name; Swift's strings are equal when they are canonically, so NFC and NFD meet here.
    private(set) var indices: [String: [Int]] = [:]
    private(set) var dossierFile: Found?
    private(set) var list: Found?
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

    mutating func run(_ folder: FilePath) throws {
        var pending: [(FilePath, [UInt8], Int)] = [(folder, [], 0)]
        while let (path, prefix, depth) = pending.popLast() {
            let entries = try volume.list(path)
            if entries.isEmpty, depth > 0 {
                findings.add(.folderEmpty, .warning, String(decoding: prefix, as: UTF8.self))
            }
            for entry in entries {
                let bytes = prefix.isEmpty ? entry.name.bytes : prefix + [0x2F] + entry.name.bytes
                let relative = RelativePath(bytes: bytes)
                guard isAcceptable(relative, depth) else { continue }
                switch entry.kind {
                case .folder: pending.append((path.appending(entry.name), bytes, depth + 1))
                case .link: findings.add(.fileLink, relative.text)
                case .device: findings.add(.fileDevice, relative.text)
                case .file: try take(relative, at: path.appending(entry.name))
                }
            }
        }
        files.sort { $0.path < $1.path }
        for (index, file) in files.enumerated() { indices[file.path.text, default: []].append(index) }
        reportCollisions()
    }

    private func isAcceptable(_ path: RelativePath, _ depth: Int) -> Bool {
        guard String(validating: path.bytes, as: UTF8.self) != nil else {
            findings.add(.nameNotUTF8, path.text)
            return false
        }
        guard depth < limits.depth else {
            findings.add(.limitDepth, path.text, ["limit": String(limits.depth)])
            return false
        }
        guard path.bytes.count <= limits.path else {
            findings.add(.limitPath, path.text.shown, ["limit": String(limits.path)])
            return false
        }
        if path.bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            findings.add(.fieldControl, path.text, ["element": "file"])
            return false
        }
        if !WindowsName.canHold(path.name) { findings.add(.nameWindows, .warning, path.text) }
        return true
    }

    private mutating func take(_ path: RelativePath, at file: FilePath) throws {
        if WorkingFile.isOne(path.name) {
            findings.add(.fileLeftOut, .warning, path.text)
            return
        }
        guard let status = try volume.status(file), status.kind == .file else { return }
        let found = Found(
            path: path, size: status.size, modified: Instant(microseconds: status.modified),
            stamp: FileStamp(device: status.device, inode: status.inode, changed: status.changed))
        if status.size > limits.fileSize {
            findings.add(.limitFileSize, path.text, ["limit": String(limits.fileSize)])
        }
        switch path.text {
        case Self.dossierFileName: dossierFile = found
        case Self.listName: list = found
        default: files.append(found)
        }
    }

    /// Names that are one name for Windows, macOS or a person who types them.
    private func reportCollisions() {
        var first: [String: RelativePath] = [:]
        for file in files {
            let folded = file.path.text.lowercased()
            if let other = first[folded] {
                findings.add(.nameCollision, file.path.text, ["other": other.text])
            } else {
                first[folded] = file.path
            }
        }
    }

    /// The file that a list names: byte for byte, else by canonical equivalence where only one fits.
    mutating func match(_ name: String) -> Int? {
        guard let candidates = indices[name] else { return nil }
        let bytes = Array(name.utf8)
        return candidates.first { files[$0].path.bytes == bytes } ?? (candidates.count == 1 ? candidates[0] : nil)
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

/// Names that Windows cannot hold.
private enum WindowsName {
    private static let reserved: Set<String> = [
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
        "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    ]

    static func canHold(_ name: String) -> Bool {
        if name.utf8.contains(where: { "<>:\"|?*\\".utf8.contains($0) }) || name.hasSuffix(".") || name.hasSuffix(" ") {
            return false
        }
        return name.utf8.count > 12 || !reserved.contains(name.prefix { $0 != "." }.lowercased())
    }
}

/// Files that programs leave in folders and that are no part of a dossier.
private enum WorkingFile {
    static func isOne(_ name: String) -> Bool {
        name.hasPrefix("~$") || name.hasPrefix(".~lock.") || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(name)
    }
}
