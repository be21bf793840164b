/// A time-stamp authority as `luutru.yaml` names it.
package enum StampAuthority: Hashable, Sendable {
    /// The archive's own key, for trials: never independent.
    case trial
    case remote(RemoteAuthority)

    /// What people and reports call it.
    package var name: String {
        switch self {
        case .trial: "trial"
        case .remote(let remote): remote.url
        }
    }
}

/// An authority that is asked over HTTP (RFC 3161 §3.4).
package struct RemoteAuthority: Hashable, Sendable {
    package let url: String
    /// The policy asked for, dotted; nil for the authority's own.
    package let policy: String?
    /// A PEM file with the authority's roots, relative to the archive or absolute.
    package let roots: String
    /// Files or addresses of revocation lists that the certificates themselves do not lead to.
    package let lists: [String]
    /// Seconds after which the authority is away.
    package let timeout: Int
}

/// Who stamps bundles, and when a batch is closed (`docs/evidence.md`).
package struct StampingPolicy: Hashable, Sendable {
    /// Asked in this order; the next one only when the one before gave no good token.
    package let authorities: [StampAuthority]
    /// So many versions close a batch.
    package let batchCount: Int64
    /// A version that waits so many hours closes a batch.
    package let batchAgeHours: Int64

    package init(
        authorities: [StampAuthority] = [], batchCount: Int64 = 1000, batchAgeHours: Int64 = 24
    ) {
        self.authorities = authorities
        self.batchCount = batchCount
        self.batchAgeHours = batchAgeHours
    }

    /// What stands in `luutru.yaml`; nothing where nothing is set.
    var lines: [String] {
        guard !authorities.isEmpty else { return [] }
        var lines = [Self.authoritiesKey + ":"]
        for authority in authorities {
            switch authority {
            case .trial: lines.append("  - trial: true")
            case .remote(let remote):
                lines.append("  - url: " + Configuration.quoted(remote.url))
                if let policy = remote.policy { lines.append("    policy: \(policy)") }
                lines.append("    roots: " + Configuration.quoted(remote.roots))
                if !remote.lists.isEmpty {
                    lines.append("    crls:")
                    lines += remote.lists.map { "      - " + Configuration.quoted($0) }
                }
                lines.append("    timeout: \(remote.timeout)")
            }
        }
        return lines
    }
}
