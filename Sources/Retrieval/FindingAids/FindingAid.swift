package import Records

/// The finding aid of a fonds (`công cụ tra cứu`): what it is, before its dossiers are listed.
package struct FindingAid: Sendable {
    /// How much stands somewhere.
    package struct Extent: Sendable {
        package let dossiers: Int64
        package let documents: Int64
        package let size: String

        package init(dossiers: Int64, documents: Int64, size: String) {
            self.dossiers = dossiers
            self.documents = documents
            self.size = size
        }
    }

    /// An inventory or series with what stands in it.
    package struct Section: Sendable {
        package let code: String
        package let name: String
        package let extent: Extent

        package init(code: String, name: String, extent: Extent) {
            self.code = code
            self.name = name
            self.extent = extent
        }
    }

    package let agencyName: String
    package let agencyCode: String
    /// The lasting identifier of the fonds; its code where it has none.
    package let identifier: String
    package let entry: RegisterEntry
    /// Languages in words.
    package let languages: [String]
    /// The description in the order of TT 05/2025 Art. 4: names of elements in Vietnamese, and their values.
    package let description: [(label: String, value: String)]
    package let extent: Extent
    /// When the finding aid was made.
    package let made: Instant
    package let software: String

    package init(
        agencyName: String, agencyCode: String, identifier: String, entry: RegisterEntry,
        languages: [String], description: [(label: String, value: String)], extent: Extent,
        made: Instant, software: String
    ) {
        self.agencyName = agencyName
        self.agencyCode = agencyCode
        self.identifier = identifier
        self.entry = entry
        self.languages = languages
        self.description = description
        self.extent = extent
        self.made = made
        self.software = software
    }
}

/// A dossier as a finding aid lists it, codes in words.
package struct FindingAidDossier: Sendable {
    package let object: ObjectIdentifier
    package let dossier: Dossier
    package let documents: Int
    /// Where the paper is now.
    package let location: String
    package let period: String
    package let access: String
    package let language: String

    package init(
        object: ObjectIdentifier, dossier: Dossier, documents: Int, location: String,
        period: String, access: String, language: String
    ) {
        self.object = object
        self.dossier = dossier
        self.documents = documents
        self.location = location
        self.period = period
        self.access = access
        self.language = language
    }

    /// What stands in place of the title of a secret dossier.
    private static let secretTitle = "(hồ sơ mật)"

    /// The same without what its description tells, for a dossier whose access level is secret.
    package func concealed() -> FindingAidDossier {
        var fields = dossier.fields
        guard fields[.mode] == "03" else { return self }
        fields[.title] = Self.secretTitle
        for field in [DossierField.keyword, .description, .inforSign] { fields[field] = nil }
        return FindingAidDossier(
            object: object, dossier: Dossier(fields: fields, arrangement: dossier.arrangement),
            documents: documents, location: location, period: period, access: access,
            language: language)
    }

    /// A field of the description, or nothing.
    func field(_ field: DossierField) -> String { dossier.fields[field, default: ""] }

    /// First and last day, one when they are the same.
    var dates: String {
        let (start, end) = (field(.startDate), field(.endDate))
        return start == end || end.isEmpty ? start : start.isEmpty ? end : start + "\u{A0}– " + end
    }
}

/// The forms a finding aid can have.
package enum FindingAidForm: String, Sendable, CaseIterable {
    case html
    case csv
    case ead3
}

/// Writes a finding aid line by line, so that memory does not grow with the fonds.
protocol FindingAidWriter {
    mutating func begin(_ aid: FindingAid) throws
    /// An inventory or series begins; a series within the inventory begun last.
    mutating func open(_ section: FindingAid.Section, isSeries: Bool) throws
    mutating func close(isSeries: Bool) throws
    mutating func add(_ dossier: FindingAidDossier) throws
    mutating func end() throws
}

extension String {
    /// The text without what no XML, page or table can hold.
    var plain: String {
        guard unicodeScalars.contains(where: \.isUnfit) else { return self }
        var view = UnicodeScalarView()
        for scalar in unicodeScalars { view.append(scalar.isUnfit ? "\u{FFFD}" : scalar) }
        return String(view)
    }
}

extension Unicode.Scalar {
    fileprivate var isUnfit: Bool {
        value < 0x20 && value != 0x0A || (0x7F..<0xA0).contains(value) || value & 0xFFFE == 0xFFFE
    }
}
