/// What an issuer says of one of its certificates, and for how long the word is the newest.
package struct RevocationWord: Hashable, Sendable {
    /// Whether the certificate counts.
    package enum Standing: Hashable, Sendable {
        case good
        /// Since when, and why when it is said (RFC 5280 §5.3.1).
        case revoked(since: Int64, reason: Int32?)
    }

    package let standing: Standing
    /// When it was known to be so, in seconds since 1970.
    package let thisUpdate: Int64
    /// When there will be a newer word at the latest; nil when it is not said.
    package let nextUpdate: Int64?
    /// How the word is signed; nil where that is not known here.
    package let algorithm: AlgorithmUse?

    /// Whether it is the newest word at an instant, by clocks that differ by so many seconds at most.
    package func isCurrent(at now: Int64, tolerance: Int64) -> Bool {
        guard thisUpdate <= now + tolerance else { return false }
        // An answer that names no next one is as new as its making (RFC 6960 §4.2.2.1).
        return (nextUpdate ?? thisUpdate) >= now - tolerance
    }
}

/// A list or an answer in which an issuer speaks of its certificates.
package protocol RevocationStatement {
    /// The whole list or answer.
    var der: [UInt8] { get }
    /// What is said of a certificate under its issuer's signature; nil when nothing is.
    func word(on certificate: Certificate, issuer: Certificate) -> RevocationWord?
}
