/// Where an object store answers, and how long one waits for it.
package struct S3Endpoint: Hashable, Sendable {
    /// Scheme, host and port, without a slash at the end.
    package let url: String
    package let region: String
    /// A file of PEM certificates that TLS trusts; nil for the machine's own.
    package let authorities: String?
    /// Seconds until a connection must stand.
    package let connectTimeout: Int
    /// Seconds in which at least some bytes must move.
    package let idleTimeout: Int
    /// The same while the store has not answered yet, where it is less.
    package let firstTimeout: Int

    package static let usualRegion = "us-east-1"

    /// Checks `http://host[:port]` or `https://…`; nil when it is neither or a region is none.
    package init?(
        _ url: String, region: String = usualRegion, authorities: String? = nil,
        connectTimeout: Int = 5, idleTimeout: Int = 60, firstTimeout: Int = 10
    ) {
        var url = url
        if url.hasSuffix("/") { url.removeLast() }
        guard let scheme = ["https://", "http://"].first(where: { url.hasPrefix($0) }),
            Self.isAuthority(url.dropFirst(scheme.count)), Self.isRegion(region)
        else { return nil }
        self.url = url
        self.region = region
        self.authorities = authorities
        self.connectTimeout = connectTimeout
        self.idleTimeout = idleTimeout
        self.firstTimeout = min(firstTimeout, idleTimeout)
    }

    /// A name, an IPv4 address or an IPv6 address in brackets, with or without a port; never a user or a path.
    private static func isAuthority(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.count <= 300
            && text.utf8.allSatisfy {
                isLetterOrDigit($0) || [0x2D, 0x2E, 0x3A, 0x5B, 0x5D].contains($0)
            }
    }

    private static func isRegion(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 64
            && text.utf8.allSatisfy { isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }
}
