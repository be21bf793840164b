import Records
import XML

/// A finding aid as EAD3 1.1, for exchange with other archives.
struct FindingAidEAD: FindingAidWriter {
    private var xml: XMLWriter

    init(_ output: TextOutput) { xml = XMLWriter { try output.put($0) } }

    mutating func begin(_ aid: FindingAid) throws {
        try xml.declaration()
        try xml.start("ead", [("xmlns", "http://ead3.archivists.org/schema/")])
        try control(aid)
        try xml.start("archdesc", [("level", "fonds")])
        try identification(aid)
        try note("bioghist", aid.entry.values[.history])
        try note("arrangement", aid.entry.values[.mainGroups])
        try note("odd", aid.entry.values[.note])
        try xml.start("dsc", [("dsctype", "combined")])
    }

    private mutating func control(_ aid: FindingAid) throws {
        try xml.start(
            "control",
            [
                ("countryencoding", "iso3166-1"), ("dateencoding", "iso8601"),
                ("langencoding", "iso639-2b"),
            ])
        try xml.element("recordid", [], aid.identifier.plain)
        try xml.start("filedesc")
        try xml.start("titlestmt")
        try xml.element("titleproper", [], "Mục lục hồ sơ: " + name(aid))
        try xml.end()
        try xml.end()
        try xml.empty("maintenancestatus", [("value", "new")])
        try xml.start("maintenanceagency", [("countrycode", "VN")])
        try xml.element("otheragencycode", [], aid.agencyCode.plain)
        try xml.element("agencyname", [], aid.agencyName.plain)
        try xml.end()
        try xml.start("languagedeclaration")
        try xml.element("language", [("langcode", "vie")], "Tiếng Việt")
        try xml.element("script", [("scriptcode", "Latn")], "Latin")
        try xml.end()
        try xml.start("maintenancehistory")
        try xml.start("maintenanceevent")
        try xml.empty("eventtype", [("value", "created")])
        let made = aid.made.vietnamText
        try xml.element("eventdatetime", [("standarddatetime", made)], made)
        try xml.empty("agenttype", [("value", "machine")])
        try xml.element("agent", [], aid.software.plain)
        for _ in 0..<3 { try xml.end() }
    }

    private mutating func identification(_ aid: FindingAid) throws {
        try xml.start("did")
        try xml.element("unitid", [], aid.entry.code.plain)
        try xml.element("unittitle", [], name(aid))
        if let period = aid.entry.values[.period] { try xml.element("unitdate", [], period.plain) }
        try xml.element("physdesc", [], FindingAidPage.words(aid.extent).plain)
        try languages(aid.languages)
        try xml.start("repository")
        try xml.start("corpname")
        try xml.element("part", [], aid.agencyName.plain)
        for _ in 0..<3 { try xml.end() }
    }

    private func name(_ aid: FindingAid) -> String {
        aid.entry.values[.name, default: aid.entry.code].plain
    }

    private mutating func languages(_ languages: [String]) throws {
        guard !languages.isEmpty else { return }
        try xml.start("langmaterial")
        for language in languages { try xml.element("language", [], language.plain) }
        try xml.end()
    }

    private mutating func note(_ name: XMLWriter.Name, _ text: String?) throws {
        guard let text, !text.isEmpty else { return }
        try xml.start(name)
        for line in text.split(separator: "\n") { try xml.element("p", [], String(line).plain) }
        try xml.end()
    }

    mutating func open(_ section: FindingAid.Section, isSeries: Bool) throws {
        try xml.start(
            "c",
            isSeries
                ? [("level", "series")]
                : [("level", "otherlevel"), ("otherlevel", "inventory")])
        try xml.start("did")
        try xml.element("unitid", [], section.code.plain)
        try xml.element("unittitle", [], (section.name.isEmpty ? section.code : section.name).plain)
        try xml.element("physdesc", [], FindingAidPage.words(section.extent).plain)
        try xml.end()
    }

    mutating func close(isSeries: Bool) throws { try xml.end() }

    mutating func add(_ dossier: FindingAidDossier) throws {
        try xml.start("c", [("level", "file")])
        try xml.start("did")
        try xml.element("unitid", [], dossier.dossier.code.plain)
        try xml.element("unitid", [("localtype", "identifier")], dossier.object.text)
        try xml.element("unittitle", [], dossier.dossier.title.plain)
        if !dossier.dates.isEmpty { try date(dossier) }
        try xml.element("physdesc", [], "\(dossier.documents) tài liệu")
        try languages(dossier.language.isEmpty ? [] : [dossier.language])
        if !dossier.location.isEmpty { try xml.element("physloc", [], dossier.location.plain) }
        try xml.end()
        try note("accessrestrict", dossier.access)
        try note("appraisal", dossier.period)
        try note("odd", dossier.field(.description))
        try xml.end()
    }

    private mutating func date(_ dossier: FindingAidDossier) throws {
        let days = [dossier.field(.startDate), dossier.field(.endDate)].filter { !$0.isEmpty }
            .map { CivilDate($0)?.isoText }
        var attributes: [(XMLWriter.Name, String)] = [("unitdatetype", "inclusive")]
        if let first = days.first ?? nil, let last = days.last ?? nil {
            attributes.append(("normal", first + "/" + last))
        }
        try xml.element("unitdate", attributes, dossier.dates.plain)
    }

    mutating func end() throws {
        for _ in 0..<3 { try xml.end() }
        try xml.finish()
    }
}
