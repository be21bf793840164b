/// An entry as its file in `policy/` has it (`docs/ledger.md`).
extension RegisterEntry {
    /// The largest file of an entry.
    package static let largestFile = 256 * 1024
    /// More links, earlier codes or series than these are no description.
    package static let mostItems = 2000

    /// The entry as the file's JSON.
    package var json: JSONValue {
        var members: [String: JSONValue] = ["format": .string(register.format)]
        for (field, value) in values { members[field.rawValue] = .string(value) }
        if let id { members["id"] = .string(id.text) }
        if let from { members["from"] = .string(from.isoText) }
        if let replaces { members["replaces"] = .string(replaces) }
        if !earlierCodes.isEmpty {
            members["earlierCodes"] = .array(
                earlierCodes.sorted { $0.key < $1.key }.map { code, until in
                    var item: [String: JSONValue] = ["code": .string(code)]
                    if let until { item["until"] = .string(until.isoText) }
                    return .object(item)
                })
        }
        if !predecessors.isEmpty { members["predecessors"] = Self.json(predecessors) }
        if !successors.isEmpty { members["successors"] = Self.json(successors) }
        if !series.isEmpty {
            members["series"] = .array(
                series.map { ["code": .string($0.code), "name": .string($0.name)] })
        }
        return .object(members)
    }

    /// Reads a file of a register; nil when it is not one, or says something that cannot be.
    package init?(_ register: Register, reading bytes: [UInt8]) {
        guard let value = try? JSONValue(parsing: bytes),
            value["format"]?.stringValue == register.format,
            let id = Self.identifier(value["id"]), let from = Self.day(value["from"])
        else { return nil }
        var values: [RegisterField: String] = [:]
        for field in register.fields {
            guard let member = value[field.rawValue] else { continue }
            guard let text = member.stringValue else { return nil }
            values[field] = text
        }
        guard values[.code]?.isEmpty == false else { return nil }
        self.init(register, id: id.value, from: from.value, values: values)
        guard let codes = Self.earlierCodes(value["earlierCodes"]),
            let predecessors = Self.links(value["predecessors"]),
            let successors = Self.links(value["successors"]),
            let series = Self.series(value["series"])
        else { return nil }
        earlierCodes = codes
        self.predecessors = predecessors
        self.successors = successors
        self.series = series
        replaces = value["replaces"]?.stringValue
    }

    /// A member that may be left out, but not be wrong.
    private struct Optionally<Value> {
        let value: Value?
    }

    private static func identifier(_ value: JSONValue?) -> Optionally<ObjectIdentifier>? {
        guard let value else { return Optionally(value: nil) }
        return value.stringValue.flatMap { ObjectIdentifier($0) }.map { Optionally(value: $0) }
    }

    private static func day(_ value: JSONValue?) -> Optionally<CivilDate>? {
        guard let value else { return Optionally(value: nil) }
        return value.stringValue.flatMap { CivilDate($0) }.flatMap { date in
            date.day == nil ? nil : Optionally(value: date)
        }
    }

    private static func items(_ value: JSONValue?) -> [JSONValue]? {
        guard let value else { return [] }
        guard let items = value.arrayValue, items.count <= mostItems else { return nil }
        return items
    }

    private static func earlierCodes(_ value: JSONValue?) -> [String: CivilDate?]? {
        guard let items = items(value) else { return nil }
        var codes: [String: CivilDate?] = [:]
        for item in items {
            guard let code = item["code"]?.stringValue, !code.isEmpty,
                let until = day(item["until"])
            else { return nil }
            codes.updateValue(until.value, forKey: code)
        }
        return codes
    }

    private static func links(_ value: JSONValue?) -> [FondsLink]? {
        guard let items = items(value) else { return nil }
        var links: [FondsLink] = []
        for item in items {
            guard let fonds = item["fonds"]?.stringValue.flatMap({ ObjectIdentifier($0) }),
                let kind = item["kind"]?.stringValue.flatMap({ FondsLink.Kind(rawValue: $0) }),
                let on = day(item["on"])?.value
            else { return nil }
            links.append(FondsLink(fonds: fonds, kind: kind, on: on))
        }
        return links
    }

    private static func series(_ value: JSONValue?) -> [Series]? {
        guard let items = items(value) else { return nil }
        var series: [Series] = []
        for item in items {
            guard let code = item["code"]?.stringValue, !code.isEmpty,
                let name = item["name"]?.stringValue
            else { return nil }
            series.append(Series(code: code, name: name))
        }
        return series
    }

    private static func json(_ links: [FondsLink]) -> JSONValue {
        .array(
            links.map {
                [
                    "fonds": .string($0.fonds.text), "kind": .string($0.kind.rawValue),
                    "on": .string($0.on.isoText),
                ]
            })
    }
}
