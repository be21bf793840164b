import CXML

/// A canonical form of XML, known by the name that documents give for it.
package enum CanonicalForm: String, Hashable, Sendable, CaseIterable {
    case inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    case inclusiveWithComments = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"
    case second = "http://www.w3.org/2006/12/xml-c14n11"
    case secondWithComments = "http://www.w3.org/2006/12/xml-c14n11#WithComments"
    case exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
    case exclusiveWithComments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"

    var mode: xmlC14NMode {
        switch self {
        case .inclusive, .inclusiveWithComments: XML_C14N_1_0
        case .second, .secondWithComments: XML_C14N_1_1
        case .exclusive, .exclusiveWithComments: XML_C14N_EXCLUSIVE_1_0
        }
    }

    var keepsComments: Bool {
        switch self {
        case .inclusive, .second, .exclusive: false
        case .inclusiveWithComments, .secondWithComments, .exclusiveWithComments: true
        }
    }
}

/// One element of a document with what is in it, less some nodes.
struct CanonicalPart {
    let root: xmlNodePtr
    let hidden: Set<xmlNodePtr>

    /// The part's canonical bytes.
    func written(_ document: xmlDocPtr, _ form: CanonicalForm) throws -> [UInt8] {
        guard let buffer = xmlAllocOutputBuffer(nil) else { throw XMLFailure(.limit) }
        defer { xmlOutputBufferClose(buffer) }
        let result = withUnsafePointer(to: self) { part in
            xmlC14NExecute(
                document, { CanonicalPart.isVisible($0, $1, $2) },
                UnsafeMutableRawPointer(mutating: part), Int32(form.mode.rawValue), nil,
                form.keepsComments ? 1 : 0, buffer)
        }
        guard result >= 0 else { throw XMLFailure(.malformed) }
        let content = UnsafeRawBufferPointer(
            start: xmlOutputBufferGetContent(buffer), count: xmlOutputBufferGetSize(buffer))
        return Array(content)
    }

    /// What libxml2 calls for every node; attributes and namespaces belong to the element that has them.
    private static func isVisible(
        _ context: UnsafeMutableRawPointer?, _ node: xmlNodePtr?, _ parent: xmlNodePtr?
    ) -> Int32 {
        guard let part = context?.assumingMemoryBound(to: CanonicalPart.self).pointee, let node
        else { return 0 }
        let type = node.pointee.type
        let isOwned = type == XML_ATTRIBUTE_NODE || type == XML_NAMESPACE_DECL
        var next = isOwned ? parent : node
        while let current = next {
            if part.hidden.contains(current) { return 0 }
            if current == part.root { return 1 }
            next = current.pointee.parent
        }
        return 0
    }
}
