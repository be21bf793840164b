import Cataloging
import Files
import Policies
import Records
import Retrieval
package import SystemPackage

/// A finding aid that was written.
package struct WrittenFindingAid: Sendable {
    package let path: String
    package let code: String
    package let dossiers: Int64
    package let bytes: Int64
}

extension Archive {
    /// Writes the finding aid of a fonds to a new file; of secret dossiers no titles, unless they are asked for.
    package func writeFindingAid(
        fonds code: String, as name: String, withSecret: Bool = false, to path: FilePath
    ) throws -> WrittenFindingAid {
        guard let form = FindingAidForm(rawValue: name) else {
            throw ArchiveFailure(.usage, subject: name, ["detail": "--form html | csv | ead3"])
        }
        let parent = path.removingLastComponent()
        guard try world.volume.status(parent)?.kind == .folder else {
            throw ArchiveFailure(
                .usage, subject: parent.string,
                ["detail": "không có thư mục · no folder \(parent.string)"])
        }
        try ExportTarget.requireOutside(path, volume: world.volume)
        let unit = try registeredUnit(.fonds, code, inFonds: nil, asOf: nil)
        let tree = try HoldingTree(catalog, asOf: today)
        let node =
            tree.index(of: unit.entry.id)
            ?? tree.fonds.firstIndex {
                $0.isRegistered && $0.code == unit.entry.code
            }
        let inventories = node.map { tree.fonds[$0].inventories } ?? []
        let holding = node.map { tree.fonds[$0].own } ?? HoldingCount()
        do {
            let bytes = try FindingAidFile.write(
                findingAid(unit, holding), as: form, to: path, volume: world.volume
            ) { file in
                for inventory in inventories {
                    try write(inventory, withSecret: withSecret, to: file)
                }
            }
            return WrittenFindingAid(
                path: path.string, code: unit.entry.code, dossiers: holding.dossiers, bytes: bytes)
        } catch DeliveryFailure.targetExists(let path) {
            throw ArchiveFailure(.targetExists, subject: path.string)
        }
    }

    private func write(
        _ inventory: HoldingTree.InventoryNode, withSecret: Bool, to file: FindingAidFile
    ) throws {
        if !inventory.code.isEmpty {
            try file.open(
                Self.section(inventory.code, inventory.name, inventory.holding), isSeries: false)
        }
        for series in inventory.series where !series.lines.isEmpty {
            if !series.code.isEmpty {
                try file.open(
                    Self.section(series.code, series.name, series.holding), isSeries: true)
            }
            for line in series.lines {
                try catalog.forEachDossier(in: line) { version, place in
                    try world.stopIfInterrupted()
                    let dossier = FindingAidDossier(version, place: place)
                    try file.add(withSecret ? dossier : dossier.concealed())
                }
            }
            if !series.code.isEmpty { try file.close(isSeries: true) }
        }
        if !inventory.code.isEmpty { try file.close(isSeries: false) }
    }

    private static func section(_ code: String, _ name: String, _ holding: HoldingCount)
        -> FindingAid.Section
    {
        FindingAid.Section(code: code, name: name, extent: FindingAid.Extent(holding))
    }

    private func findingAid(_ unit: RegisteredUnit, _ holding: HoldingCount) -> FindingAid {
        let extent = FindingAid.Extent(holding)
        // Code and name stand above, as the title.
        var description = unit.entry.register.fields.dropFirst(2).compactMap { field in
            unit.entry.values[field].map {
                (label: RegisterRules.rule(of: field).vietnamese, value: words($0, field, unit))
            }
        }
        let codes = unit.entry.earlierCodes.keys.sorted()
        if !codes.isEmpty { description.append(("Mã cũ", codes.joined(separator: ", "))) }
        for (label, links) in [
            ("Tiếp theo của", unit.entry.predecessors), ("Được tiếp bởi", unit.entry.successors),
        ] where !links.isEmpty {
            let names = links.map { link in
                let name = unit.references[link.fonds].map { $0.code + " " + $0.name }
                return (name ?? link.fonds.text) + " (" + link.on.slashedText + ")"
            }
            description.append((label, names.joined(separator: "; ")))
        }
        description.append(
            (
                "Tổng số tài liệu",
                "\(holding.dossiers) hồ sơ · \(holding.documents) tài liệu · \(extent.size)"
            ))
        return FindingAid(
            agencyName: configuration.agencyName, agencyCode: configuration.agencyCode,
            identifier: unit.entry.id?.text ?? unit.entry.code, entry: unit.entry,
            languages: CodeList.language.languages(unit.entry.values[.language] ?? ""),
            description: description, extent: extent, made: world.now(), software: Software.text)
    }

    private func words(_ value: String, _ field: RegisterField, _ unit: RegisteredUnit) -> String {
        switch field {
        case .state: value == RegisterEntry.closed ? "Đã đóng" : "Đang mở"
        case .riskRecovery: value == "1" ? "Có" : "Không"
        case .language: CodeList.language.languages(value).joined(separator: ", ")
        case .parent, .fonds:
            ObjectIdentifier(value).flatMap { unit.references[$0] }.map { $0.code + " " + $0.name }
                ?? value
        default: value
        }
    }
}

extension CodeList {
    /// Codes joined by `;` in words.
    fileprivate func languages(_ codes: String) -> [String] {
        codes.split(separator: ";").map { words(for: String($0)) ?? String($0) }
    }
}

extension FindingAid.Extent {
    fileprivate init(_ holding: HoldingCount) {
        self.init(
            dossiers: holding.dossiers, documents: holding.documents,
            size: Self.size(holding.bytes))
    }

    /// Bytes as people read them in Vietnamese: `12,5 MB`.
    private static func size(_ bytes: Int64) -> String {
        let units = [
            ("TB", Int64(1_000_000_000_000)), ("GB", 1_000_000_000), ("MB", 1_000_000),
            ("kB", 1000),
        ]
        guard let (name, unit) = units.first(where: { bytes >= $0.1 }) else { return "\(bytes) B" }
        return "\(bytes / unit),\(bytes % unit * 10 / unit) \(name)"
    }
}

extension FindingAidDossier {
    fileprivate init(_ version: CatalogedVersion, place: String?) {
        let fields = version.dossier.fields
        let code = fields[.maintenance, default: ""]
        self.init(
            object: version.object, dossier: version.dossier, documents: version.documentCount,
            location: place ?? "",
            period: version.dossier.arrangement[.retentionPeriod]
                ?? CodeList.maintenance.words(for: code) ?? code,
            access: CodeList.mode.words(for: fields[.mode, default: ""]) ?? "",
            language: CodeList.language.languages(fields[.language, default: ""]).joined(
                separator: ", "))
    }
}
