extension Archive {
    /// Makes the authority for trials of a new archive.
    static func makeTrialAuthority(
        _ founding: Founding, _ layout: ArchiveLayout, in world: World
    ) throws {
        try TrialCertificate(layout, in: world).make(
            agencyName: founding.agencyName, agencyCode: founding.agencyCode)
    }

    /// The trial authority gets a new key and certificate before the old one ends; nothing is renewed by it alone.
    func renewTrialIfEnding() throws {
        guard configuration.stamping.authorities.contains(.trial) else { return }
        try TrialCertificate(layout, in: world).renewIfEnding(
            agencyName: configuration.agencyName, agencyCode: configuration.agencyCode)
    }
}
