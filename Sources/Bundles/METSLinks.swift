import Records
import XML

/// The identifiers of one METS file and what refers to them; libxml2 does not check them when it streams.
struct METSLinks {
    private var known: Set<PathKey> = []
    private var references: [(key: PathKey, text: String)] = []
    private(set) var doubled: [String] = []
    /// References are kept as text only up to this many; beyond, their keys are enough to find a break.
    private static let shownLimit = 1000

    /// Takes in the attributes of an element that has just started.
    mutating func take(_ reader: XMLReader) {
        if let id = reader.attribute("ID"), !known.insert(PathKey(RelativePath(id))).inserted {
            if doubled.count < Self.shownLimit { doubled.append(String(id.prefix(80))) }
        }
        for name in ["DMDID", "ADMID", "FILEID"] {
            guard let value = reader.attribute(name) else { continue }
            for id in value.split(separator: " ") {
                let key = PathKey(RelativePath(String(id)))
                // Most references point back; only those that do not yet resolve are remembered.
                if !known.contains(key) { references.append((key, String(id.prefix(80)))) }
            }
        }
    }

    /// References to identifiers that the file does not have.
    var dangling: [String] { references.filter { !known.contains($0.key) }.map(\.text) }
}
