import Network
package import Records

/// What an object store says of an object without giving its bytes.
package struct S3Facts: Hashable, Sendable {
    package let size: Int64
    /// Nil in a bucket without versions.
    package let version: String?
    package let etag: String?
    /// The checksum as the store keeps it; of several parts it is a checksum of checksums with their number.
    package let checksum: String?
    package let lock: S3Lock?

    /// Whether the bucket keeps this state when another is put above it; "null" is the one it would not keep.
    var isVersioned: Bool { version.map { $0 != "null" } ?? false }
}

/// Until when a version can be neither deleted nor changed.
package struct S3Lock: Hashable, Sendable {
    /// How strong a lock is: of the second kind nobody is exempt.
    package enum Mode: String, Sendable {
        case governance = "GOVERNANCE"
        case compliance = "COMPLIANCE"
    }

    package let mode: Mode
    package let until: Instant

    package init(mode: Mode, until: Instant) {
        self.mode = mode
        self.until = until
    }

    var headers: [(name: String, value: String)] {
        [
            ("x-amz-object-lock-mode", mode.rawValue),
            ("x-amz-object-lock-retain-until-date", until.utcSecondsText),
        ]
    }
}

extension S3Client {
    /// Asks for an object, or one version of it, without its bytes; nil when there is none or it is a delete marker.
    package func facts(of path: RelativePath, version: String? = nil) throws -> S3Facts? {
        let target = target(path)
        do {
            let response = try send(.head, target, Self.versioned(version), headers: Self.checksums)
            return try facts(response, target)
        } catch let failure as S3Failure where failure.isAbsence {
            return nil
        }
    }

    static let checksums: [(name: String, value: String)] = [("x-amz-checksum-mode", "ENABLED")]

    private func facts(_ response: S3Response, _ target: Target) throws -> S3Facts {
        let head = response.head
        guard let size = head["content-length"].flatMap({ Int64($0) }), size >= 0 else {
            throw strange(response, target)
        }
        return S3Facts(
            size: size, version: try version(response, target), etag: head["etag"],
            checksum: head["x-amz-checksum-sha256"], lock: try lock(response, target))
    }

    /// The version that an answer names; it goes into receipts and so must be a plain word.
    func version(_ response: S3Response, _ target: Target) throws -> String? {
        guard let version = response.head["x-amz-version-id"] else { return nil }
        guard Self.isPlain(version) else { throw strange(response, target) }
        return version
    }

    static func isPlain(_ word: String) -> Bool {
        (1...1024).contains(word.utf8.count)
            && word.utf8.allSatisfy { (0x21..<0x7F).contains($0) && !#"<>&"#.utf8.contains($0) }
    }

    private func lock(_ response: S3Response, _ target: Target) throws -> S3Lock? {
        let head = response.head
        guard let mode = head["x-amz-object-lock-mode"], !mode.isEmpty else { return nil }
        guard let mode = S3Lock.Mode(rawValue: mode),
            let until = head["x-amz-object-lock-retain-until-date"].flatMap({ Instant($0) })
        else { throw strange(response, target) }
        return S3Lock(mode: mode, until: until)
    }
}

extension S3Failure {
    /// Whether there is just no such object; asked for a delete marker by its version, S3 says 405.
    var isAbsence: Bool { reason == .missing || status == 405 }
}
