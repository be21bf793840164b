import Records

/// The two files that tell people and machines what a proof says.
package enum ProofReport {
    /// `report.html` and `report.json`.
    package static func files(_ claims: ProofClaims) -> [ProofFile] {
        [
            ProofFile(ProofNames.page, Array(ProofPage(claims).text.utf8)),
            ProofFile(ProofNames.claims, Array(claims.json.readableText.utf8)),
        ]
    }
}
