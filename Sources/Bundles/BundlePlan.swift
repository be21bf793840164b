package import Records

/// What a bundle says besides its dossier: its identifier, the hour, and who packages it with what.
package struct BundlePlan: Sendable {
    package let layout: BundleLayout
    /// The moment of packaging, a whole second.
    package let packagedAt: Instant
    package let agencyName: String
    package let agencyCode: String
    /// The fonds the dossier belongs to.
    package let fondsCode: String
    package let softwareName: String
    package let softwareVersion: String
    /// Account identifier of the person who packages.
    package let agent: String
    /// SHA-512 of the tars of every earlier version, the first first; a seal over a state vouches for all of it.
    package let earlier: [Digest]

    package init(
        layout: BundleLayout, packagedAt: Instant, agencyName: String, agencyCode: String,
        fondsCode: String,
        softwareName: String, softwareVersion: String, agent: String, earlier: [Digest] = []
    ) {
        self.layout = layout
        self.packagedAt = packagedAt.wholeSecond
        self.agencyName = agencyName
        self.agencyCode = agencyCode
        self.fondsCode = fondsCode
        self.softwareName = softwareName
        self.softwareVersion = softwareVersion
        self.agent = agent
        self.earlier = earlier
    }
}
