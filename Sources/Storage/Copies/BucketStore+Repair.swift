import Files
import Records
package import SystemPackage

/// A damaged object gives way to a whole one; a bucket that keeps versions keeps what stood there, else it is copied aside first.
extension BucketStore {
    package var stagingFolder: FilePath? { nil }

    package func restore(
        _ path: String, from file: CopiedFile, keepingAs name: String, _ run: CopyRun
    ) throws -> StoredFile {
        try asking {
            try keep(RelativePath(path), as: name)
            let (source, size) = try opened(file)
            let stored = try client.put(
                source, size: size, as: RelativePath(path), expecting: file.sha512,
                S3Terms(lock: lock), parts: parts, progress: run.progress)
            return StoredFile(path: path, size: stored.size, mark: stored.version)
        }
    }

    package func setAside(_ path: String, as name: String) throws {
        try asking {
            let target = RelativePath(path)
            guard try client.facts(of: target) == nil else { return try moveAway(target, name) }
            // A folder is nothing but the names in it.
            try client.list(below: path + "/") { try moveAway($0.path, name) }
        }
    }

    private func moveAway(_ path: RelativePath, _ name: String) throws {
        // Consoles make an empty object of a folder's own name, which some stores do not copy: there is nothing to keep.
        if path.bytes.last == 0x2F, try client.facts(of: path)?.size == 0 {
            return try client.delete(path)
        }
        try keep(path, as: name)
        try client.delete(path)
    }

    /// Every answer comes anew from the object store.
    package func forget(_ path: String) throws {}

    /// Keeps what stands under a path, where the next request would end it.
    private func keep(_ path: RelativePath, as name: String) throws {
        guard let facts = try client.facts(of: path), !facts.isVersioned else { return }
        let kept = try freeName(of: "recovered/" + name.replacing("/", with: "_"))
        try client.copy(path, facts, to: kept, parts: parts)
    }

    /// A name that nothing has: what was kept before stays.
    func freeName(of stem: String) throws -> RelativePath {
        var number = 1
        var name = RelativePath(stem)
        while try client.facts(of: name) != nil {
            number += 1
            name = RelativePath("\(stem)-\(number)")
        }
        return name
    }
}
