import Records
import XML

/// Copies a METS file of an earlier version with what a later state changes: nothing is dropped, only marked and added.
struct METSRevision {
    typealias Attributes = [(name: String, value: String)]

    /// New values of attributes, by the `ID` of their element, or its name where it has none.
    var changes: [String: [String: String]] = [:]
    /// What is written before the first element of a name begins.
    var before: [String: (inout XMLWriter) throws -> Void] = [:]
    /// What is written before an element ends, by its `ID`, or its name where it has none.
    var atEnd: [String: (inout XMLWriter) throws -> Void] = [:]
    /// Identifiers appended to lists of references: by the element's `ID` and the attribute.
    var appended: [String: [String: [String]]] = [:]

    /// An element that has begun and may turn out to be empty or to hold only text.
    private struct Pending {
        let name: String
        let key: String
        let attributes: Attributes
    }

    /// Reads the whole file and writes its new state.
    func copy(
        from read: @escaping (UnsafeMutableRawBufferPointer) throws -> Int,
        to writer: inout XMLWriter
    ) throws {
        let reader = try XMLReader(source: read)
        var before = before
        var pending: Pending?
        var text = ""
        var keys: [String] = []
        try writer.declaration()
        while let event = try reader.next() {
            switch event {
            case .start(let name):
                if let open = pending { try writer.start(copied: open.name, open.attributes) }
                try before.removeValue(forKey: name)?(&writer)
                let attributes = reader.attributes
                let key = attributes.first { $0.name == "ID" }?.value ?? name
                pending = Pending(name: name, key: key, attributes: changed(attributes, key))
                keys.append(key)
                text = ""
            case .text(let piece): text += piece
            case .end:
                try end(pending, text, keys.popLast() ?? "", &writer)
                pending = nil
                text = ""
            }
        }
    }

    private func end(
        _ pending: Pending?, _ text: String, _ key: String, _ writer: inout XMLWriter
    ) throws {
        let addition = atEnd[key]
        guard let pending else {
            try addition?(&writer)
            return try writer.end()
        }
        if let addition {
            try writer.start(copied: pending.name, pending.attributes)
            try addition(&writer)
            try writer.end()
        } else if text.isEmpty {
            try writer.empty(copied: pending.name, pending.attributes)
        } else {
            try writer.element(copied: pending.name, pending.attributes, text)
        }
    }

    private func changed(_ attributes: Attributes, _ key: String) -> Attributes {
        let values = changes[key]
        let addition = appended[key]
        guard values != nil || addition != nil else { return attributes }
        return attributes.map { name, value in
            if let ids = addition?[name] {
                return (name, ([value] + ids).joined(separator: " "))
            }
            return (name, values?[name] ?? value)
        }
    }
}
