import Network
package import Records

/// A version of an object, or a delete marker, as a listing tells it.
package struct S3Listed: Hashable, Sendable {
    /// The key behind the store's prefix, byte for byte.
    package let path: RelativePath
    package let size: Int64
    /// The version; nil in a listing of what is there now.
    package let version: String?
    package let isLatest: Bool
    package let isDeleteMarker: Bool
    package let modified: Instant?
}

extension S3Client {
    /// Gives every object of the store below a folder as it is now, a page at a time, in the store's own order.
    package func list(
        below folder: String = "", pageSize: Int = 1000, _ body: (S3Listed) throws -> Void
    ) throws {
        try pages([("list-type", "2")], folder, pageSize, root: "ListBucketResult") { page in
            for entry in page.children where entry.name == "Contents" {
                let listed = try listed(entry, of: page, isVersion: false)
                if !listed.path.bytes.isEmpty { try body(listed) }
            }
            guard let token = page["NextContinuationToken"] else { return nil }
            return [("continuation-token", token)]
        }
    }

    /// Gives what stands directly below a folder of the store: names of objects, and of folders once each.
    package func listNames(
        below folder: String = "", _ body: (String) throws -> Void
    ) throws {
        let start = address.keyPrefix.count + folder.utf8.count
        try pages(
            [("list-type", "2"), ("delimiter", "/")], folder, nil, root: "ListBucketResult"
        ) { page in
            for entry in page.children {
                guard let tag = ["Contents": "Key", "CommonPrefixes": "Prefix"][entry.name] else {
                    continue
                }
                let path = RelativePath(
                    bytes: try key(entry, tag, of: page).dropFirst(start))
                // Consoles make an empty object of the prefix itself, to show it as a folder.
                if !path.bytes.isEmpty { try body(String(path.text.prefix { $0 != "/" })) }
            }
            return page["NextContinuationToken"].map { [("continuation-token", $0)] }
        }
    }

    /// Gives every version and every delete marker of the store below a folder, the latest of a key first.
    package func listVersions(
        below folder: String = "", pageSize: Int = 1000, _ body: (S3Listed) throws -> Void
    ) throws {
        try pages(
            [("versions", "")], folder, pageSize, root: "ListVersionsResult",
            "ListBucketVersionsResult"
        ) { page in
            for entry in page.children where ["Version", "DeleteMarker"].contains(entry.name) {
                let listed = try listed(entry, of: page, isVersion: true)
                if !listed.path.bytes.isEmpty { try body(listed) }
            }
            guard let key = try text(page["NextKeyMarker"], of: page) else { return nil }
            return [
                ("key-marker", key), ("version-id-marker", page["NextVersionIdMarker"] ?? ""),
            ]
        }
    }

    /// Ends every upload in parts below the prefix: what a run that was killed left, since one archive writes.
    package func abortUploads() throws -> Int {
        var left: [(keys: [[UInt8]], name: String)] = []
        try pages([("uploads", "")], "", nil, root: "ListMultipartUploadsResult") { page in
            for entry in page.children where entry.name == "Upload" {
                guard let name = entry["UploadId"], Self.isPlain(name) else { throw strangeList }
                left.append((try keys(ofUpload: entry, page), name))
            }
            guard let key = try text(page["NextKeyMarker"], of: page) else { return nil }
            return [("key-marker", key), ("upload-id-marker", page["NextUploadIdMarker"] ?? "")]
        }
        for upload in left { try abort(upload.name, under: upload.keys) }
        return left.count
    }

    /// Ends an upload under the first of the keys that the store knows it by; under none it is gone.
    private func abort(_ name: String, under keys: [[UInt8]]) throws {
        for key in keys {
            do {
                _ = try send(
                    .delete, Target(key: key, subject: address.text), [("uploadId", name)])
                return
            } catch let failure as S3Failure where failure.reason == .missing {
                continue
            }
        }
    }

    /// The keys that a listed upload may have.
    ///
    /// SeaweedFS says that keys of uploads are encoded and gives them as they are, so both readings are tried.
    private func keys(ofUpload entry: S3Element, _ page: S3Element) throws -> [[UInt8]] {
        guard let text = entry["Key"] else { throw strangeList }
        let plain = Array(text.utf8)
        let decoded = page["EncodingType"] == "url" ? PercentEncoding.decoded(text) : nil
        let keys = [decoded, plain].compactMap { $0 }.filter { isOurs($0) }
        guard let first = keys.first else { throw strangeList }
        return keys.allSatisfy { $0 == first } ? [first] : keys
    }

    /// More entries than any store of an archive has: a listing without end is none.
    private static let mostPages = 1_000_000

    private var strangeList: S3Failure { S3Failure(.answer, subject: address.text, status: 200) }

    private func pages(
        _ parameters: [(name: String, value: String)], _ folder: String, _ size: Int?,
        root: String..., each: (S3Element) throws -> [(name: String, value: String)]?
    ) throws {
        let prefix = String(decoding: address.keyPrefix + Array(folder.utf8), as: UTF8.self)
        var fixed = parameters + [("encoding-type", "url"), ("prefix", prefix)]
        if let size { fixed.append(("max-keys", String(size))) }
        var place: [(name: String, value: String)] = []
        for _ in 0..<Self.mostPages {
            let response = try send(.get, bucket, fixed + place)
            guard let page = try? S3Element.read(response.body), root.contains(page.name) else {
                throw strange(response, bucket)
            }
            let next = try each(page)
            guard page["IsTruncated"] == "true" else { return }
            // A store that gives the same page again would be asked for ever.
            guard let next, !next.elementsEqual(place, by: { $0.value == $1.value }) else {
                throw strange(response, bucket)
            }
            place = next
        }
        throw strangeList
    }

    private func listed(_ entry: S3Element, of page: S3Element, isVersion: Bool) throws -> S3Listed
    {
        let key = try key(entry, of: page)
        let isMarker = entry.name == "DeleteMarker"
        let size = isMarker ? 0 : entry["Size"].flatMap { Int64($0) }
        let version = isVersion ? entry["VersionId"] : nil
        guard let size, size >= 0, !isVersion || version.map({ Self.isPlain($0) }) == true else {
            throw strangeList
        }
        return S3Listed(
            path: RelativePath(bytes: key.dropFirst(address.keyPrefix.count)), size: size,
            version: version, isLatest: isVersion ? entry["IsLatest"] == "true" : true,
            isDeleteMarker: isMarker, modified: entry["LastModified"].flatMap { Instant($0) })
    }

    /// The key of an entry, which must lie where it was asked for.
    private func key(_ entry: S3Element, _ tag: String = "Key", of page: S3Element) throws
        -> [UInt8]
    {
        guard let text = entry[tag] else { throw strangeList }
        let key = page["EncodingType"] == "url" ? PercentEncoding.decoded(text) : Array(text.utf8)
        guard let key, isOurs(key) else { throw strangeList }
        return key
    }

    /// Whether a key lies where it was asked for.
    private func isOurs(_ key: [UInt8]) -> Bool {
        key.starts(with: address.keyPrefix) && key.count <= S3Address.longestKey
    }

    /// A key that goes back to the store as a parameter.
    private func text(_ text: String?, of page: S3Element) throws -> String? {
        guard let text, page["EncodingType"] == "url" else { return text }
        guard let bytes = PercentEncoding.decoded(text) else { throw strangeList }
        return String(decoding: bytes, as: UTF8.self)
    }
}
