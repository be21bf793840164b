/// Findings of links between records.
extension FindingCode {
    package static let linkForm = FindingCode("LT-LINK-FORM")
    package static let linkKind = FindingCode("LT-LINK-KIND")
    package static let linksMany = FindingCode("LT-LINKS-MANY")
    package static let linkDangling = FindingCode("LT-LINK-DANGLING")
    package static let linkAmbiguous = FindingCode("LT-LINK-AMBIGUOUS")
    package static let linkSelf = FindingCode("LT-LINK-SELF")
    package static let linkCycle = FindingCode("LT-LINK-CYCLE")
    package static let linkExists = FindingCode("LT-LINK-EXISTS")
    package static let linkAbsent = FindingCode("LT-LINK-ABSENT")

    /// Every code of this area.
    package static let linkCodes: [FindingCode] = [
        .linkForm, .linkKind, .linksMany, .linkDangling, .linkAmbiguous, .linkSelf, .linkCycle,
        .linkExists, .linkAbsent,
    ]
}
