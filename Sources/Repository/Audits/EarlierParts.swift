import Cataloging
package import Records

/// What the earlier parts of a run that is gone on with read of a store, and what they found.
package struct EarlierParts: Sendable {
    package private(set) var checked = 0
    /// Of a part that was killed they are not known.
    package private(set) var bytes: Int64 = 0
    package private(set) var damaged = 0
    package private(set) var findings = 0
    /// The codes of those findings that are errors.
    package private(set) var errors: Set<FindingCode> = []

    /// Of a run as its last part stands in the catalog.
    init(of run: AuditRun, _ catalog: Catalog) throws {
        for part in try catalog.parts(of: run) {
            checked = checked.saturatingSum(part.checked)
            bytes = bytes.saturatingSum(part.bytes)
        }
        let found = try catalog.auditFindings(of: run)
        let wrong = found.filter(\.isError)
        findings = found.count
        errors = Set(wrong.map(\.code))
        damaged =
            Set(
                wrong.filter { !FindingCode.trustCodes.contains($0.code) }.compactMap(\.object)
            ).count
    }

    /// Of all stores together.
    init(_ parts: [EarlierParts]) {
        checked = parts.map(\.checked).saturatedSum
        bytes = parts.map(\.bytes).saturatedSum
        damaged = parts.map(\.damaged).saturatedSum
        findings = parts.map(\.findings).saturatedSum
        errors = parts.reduce(into: []) { $0.formUnion($1.errors) }
    }
}

extension AuditReport {
    /// What earlier parts of the run read and found; nil where it was not gone on with.
    package var earlier: EarlierParts? {
        let parts = stores.compactMap(\.earlier)
        return parts.isEmpty ? nil : EarlierParts(parts)
    }

    /// Whether the run, its earlier parts included, found an error.
    package var hasErrors: Bool { !errorCodes.isEmpty }

    /// The codes of the errors that the run found, its earlier parts included.
    var errorCodes: Set<FindingCode> {
        Set(findings.filter { $0.severity == .error }.map(\.code))
            .union(earlier?.errors ?? [])
    }
}
