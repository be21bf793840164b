/// How one record stands to another (`dossier.yaml` `links:`, `luutru link`).
package struct Link: Hashable, Sendable {
    /// In what way; the words stand in packages and the ledger.
    package enum Kind: String, CaseIterable, Sendable {
        case partOf = "part-of"
        case continues
        case answers
        case sharedDocument = "shared-document"
        case replaces
    }

    /// Why a text is no link.
    package enum Fault: Error, Hashable, Sendable {
        /// The first word is no kind of link.
        case kind(String)
        /// There is no target, or it is longer than `longestTarget` or holds control characters.
        case target
    }

    package let kind: Kind
    package let target: LinkTarget

    package init(_ kind: Kind, to target: LinkTarget) {
        self.kind = kind
        self.target = target
    }

    /// Reads `KIND TARGET`.
    package init(_ text: String) throws(Fault) {
        let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
        let word = String(parts.first ?? "")
        guard let kind = Kind(rawValue: word) else { throw .kind(word) }
        guard parts.count == 2, let target = LinkTarget(String(parts[1])) else { throw .target }
        self.init(kind, to: target)
    }

    /// `KIND TARGET`, as it stands in an arrangement.
    package var text: String { kind.rawValue + " " + target.text }

    /// Most links that a dossier is packaged with.
    package static let most = 100

    /// Links that stand in an arrangement one a line; a line that is none is left out.
    package static func list(_ lines: String?) -> [Link] {
        (lines ?? "").split(separator: "\n").compactMap { try? Link(String($0)) }
    }

    /// Links one a line, each once, in their order.
    package static func lines(_ links: [Link]) -> String {
        var seen: Set<Link> = []
        return links.filter { seen.insert($0).inserted }.map(\.text).joined(separator: "\n")
    }
}

/// What a link leads to.
package enum LinkTarget: Hashable, Sendable {
    /// A dossier here, or with its position a document of it: `urn:uuid:{UUID}` or `urn:uuid:{UUID}#3`.
    case record(ObjectIdentifier, document: Int?)
    /// Something elsewhere, by an identifier with a scheme: `outside:…`, `https:…`, `doi:…`.
    case outside(String)
    /// A code of a record that is not here, or was not when the link was made.
    case code(String)

    /// Longest target in Unicode scalars.
    package static let longest = 500

    /// Reads a target as people type it; nil for an empty, too long or unprintable one.
    package init?(_ given: String) {
        let text = given.trimmingASCIIBlanks
        guard !text.isEmpty, text.unicodeScalars.count <= Self.longest,
            !text.unicodeScalars.contains(where: { $0.value < 0x20 || 0x7F..<0xA0 ~= $0.value })
        else { return nil }
        if let record = Self.record(text) {
            self = record
        } else if Self.hasScheme(text) {
            self = .outside(text)
        } else {
            self = .code(text)
        }
    }

    private static func record(_ text: String) -> LinkTarget? {
        let parts = text.split(separator: "#", omittingEmptySubsequences: false)
        guard parts.count <= 2, let object = ObjectIdentifier(String(parts[0])) else { return nil }
        guard parts.count == 2 else { return .record(object, document: nil) }
        guard let ordinal = Int(parts[1]), (1...largestOrdinal).contains(ordinal) else {
            return nil
        }
        return .record(object, document: ordinal)
    }

    private static let largestOrdinal = 9_999_999

    /// Whether a text begins with a scheme of RFC 3986 §3.1 in small letters.
    private static func hasScheme(_ text: String) -> Bool {
        guard let colon = text.utf8.firstIndex(of: 0x3A), colon != text.startIndex else {
            return false
        }
        let scheme = text.utf8[..<colon]
        return scheme.first.map { (0x61...0x7A).contains($0) } ?? false
            && scheme.allSatisfy { byte in
                (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
                    || [0x2B, 0x2D, 0x2E].contains(byte)
            }
    }

    /// The target as it is written in packages and the ledger.
    package var text: String {
        switch self {
        case .record(let object, document: let ordinal):
            object.text + (ordinal.map { "#\($0)" } ?? "")
        case .outside(let text), .code(let text): text
        }
    }
}

extension String {
    fileprivate var trimmingASCIIBlanks: String {
        var view = self[...]
        while view.first == " " || view.first == "\t" { view = view.dropFirst() }
        while view.last == " " || view.last == "\t" { view = view.dropLast() }
        return String(view)
    }
}
