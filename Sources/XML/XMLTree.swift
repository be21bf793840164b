import CXML

/// A document held whole, for what is put into canonical form; nothing is fetched or expanded.
package final class XMLTree {
    let document: xmlDocPtr
    private let top: xmlNodePtr
    /// The most tags, references and attributes read: each costs memory beyond its letters.
    private static let mostParts = 400_000

    /// Reads a document in UTF-8 without a document type.
    package init(_ bytes: [UInt8]) throws {
        Library.prepare
        let parts = bytes.count { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") || $0 == 0x3D }
        guard parts <= Self.mostParts, bytes.count <= Int(Int32.max) else {
            throw XMLFailure(.limit)
        }
        // What a stream refuses is never built.
        var offset = 0
        let reader = try XMLReader { buffer in
            let count = min(buffer.count, bytes.count - offset)
            buffer.copyBytes(from: bytes[offset..<(offset + count)])
            offset += count
            return count
        }
        while try reader.next() != nil {}
        let read = bytes.withUnsafeBytes { raw in
            xmlReadMemory(
                raw.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(raw.count), nil,
                "UTF-8", Library.options)
        }
        guard let read else { throw XMLFailure(.malformed) }
        guard let top = xmlDocGetRootElement(read) else {
            xmlFreeDoc(read)
            throw XMLFailure(.malformed)
        }
        document = read
        self.top = top
    }

    deinit { xmlFreeDoc(document) }

    /// The outermost element.
    package var root: XMLElement { XMLElement(tree: self, node: top) }
}

/// An element of a document that is held whole.
package struct XMLElement {
    fileprivate let tree: XMLTree
    let node: xmlNodePtr

    /// The name without its prefix.
    package var name: String { Library.text(node.pointee.name) }

    /// The namespace's name; empty without one.
    package var namespace: String { Library.text(node.pointee.ns?.pointee.href) }

    /// The elements directly in this one.
    package var children: [XMLElement] {
        var found: [XMLElement] = []
        var next = node.pointee.children
        while let child = next {
            if child.pointee.type == XML_ELEMENT_NODE {
                found.append(XMLElement(tree: tree, node: child))
            }
            next = child.pointee.next
        }
        return found
    }

    /// All text in the element.
    package var text: String {
        guard let content = xmlNodeGetContent(node) else { return "" }
        defer { luutru_xml_free(content) }
        return Library.text(content)
    }

    /// An attribute without a namespace; nil when there is none of this name.
    package func attribute(_ name: String) -> String? {
        guard let value = xmlGetNoNsProp(node, name) else { return nil }
        defer { luutru_xml_free(value) }
        return Library.text(value)
    }

    /// The element in canonical form, without some of the elements in it, and as asked without the space before them.
    package func canonical(
        _ form: CanonicalForm, without hidden: [XMLElement] = [], withSpace: Bool = false
    ) throws -> [UInt8] {
        var nodes = Set(hidden.map(\.node))
        if withSpace { nodes.formUnion(hidden.compactMap(\.spaceBefore)) }
        return try CanonicalPart(root: node, hidden: nodes).written(tree.document, form)
    }

    private var spaceBefore: xmlNodePtr? {
        guard let previous = node.pointee.prev, xmlIsBlankNode(previous) == 1 else { return nil }
        return previous
    }
}
