import SwiftASN1

/// A time-stamp with the part of a hash tree that leads to it (RFC 4998 §4.1).
package struct ArchiveTimeStamp: Hashable, Sendable {
    /// The value byte for byte.
    package let der: [UInt8]
    /// The digest of the tree; nil when the token says it.
    package let digest: DigestIdentifier?
    /// The reduced hash tree, first list first; nil when the token is over one hash directly.
    package let lists: [[[UInt8]]]?
    /// The token's ContentInfo byte for byte.
    package let timeStamp: [UInt8]

    private static func tag(_ number: UInt) -> ASN1Identifier {
        ASN1Identifier(tagWithNumber: number, tagClass: .contextSpecific)
    }

    /// Writes a stamp over a tree.
    package init(
        digest: DigestIdentifier, lists: [[[UInt8]]], timeStamp: [UInt8]
    ) throws {
        var coder = DER.Serializer()
        coder.appendConstructedNode(identifier: .sequence) { coder in
            coder.appendConstructedNode(identifier: Self.tag(0)) { coder in
                coder.serializeRawBytes(digest.der.dropFirst(2))
            }
            coder.appendConstructedNode(identifier: Self.tag(2)) { coder in
                for list in lists {
                    coder.appendConstructedNode(identifier: .sequence) { coder in
                        for hash in list {
                            coder.appendPrimitiveNode(identifier: .octetString) { $0 += hash }
                        }
                    }
                }
            }
            coder.serializeRawBytes(timeStamp)
        }
        der = coder.serializedBytes
        self.digest = digest
        self.lists = lists
        self.timeStamp = timeStamp
    }

    /// Reads `[0] algorithm, [1] attributes, [2] tree, token`; at most as many hashes as are left.
    init(_ node: ASN1Node, hashesLeft: inout Int) throws(EvidenceProblem) {
        guard node.identifier == .sequence, case .constructed(let nodes) = node.content else {
            throw EvidenceProblem(.malformed, "archive time-stamp")
        }
        var parts = nodes.makeIterator()
        var next = parts.next()
        var digest: DigestIdentifier?
        if let part = next, part.identifier == Self.tag(0) {
            digest = DigestIdentifier(part, Self.tag(0))
            if digest == nil { throw EvidenceProblem(.malformed, "digest algorithm") }
            next = parts.next()
        }
        // Attributes are hashed by the next renewal and say nothing that is judged.
        if let part = next, part.identifier == Self.tag(1) {
            guard Self.areAttributes(part) else { throw EvidenceProblem(.malformed, "attributes") }
            next = parts.next()
        }
        var lists: [[[UInt8]]]?
        if let part = next, part.identifier == Self.tag(2) {
            lists = try Self.lists(part, &hashesLeft)
            next = parts.next()
        }
        guard let token = next, token.identifier == .sequence, parts.next() == nil else {
            throw EvidenceProblem(.malformed, "time-stamp of an archive time-stamp")
        }
        der = Array(node.encodedBytes)
        self.digest = digest
        self.lists = lists
        timeStamp = Array(token.encodedBytes)
    }

    /// Whether a value has the form of attributes: each a type and a set (RFC 5652 §5.3).
    private static func areAttributes(_ node: ASN1Node) -> Bool {
        guard case .constructed(let nodes) = node.content else { return false }
        return nodes.allSatisfy { attribute in
            guard attribute.identifier == .sequence,
                case .constructed(let parts) = attribute.content
            else { return false }
            return Array(parts).map(\.identifier) == [.objectIdentifier, .set]
        }
    }

    private static func lists(
        _ node: ASN1Node, _ hashesLeft: inout Int
    ) throws(EvidenceProblem) -> [[[UInt8]]] {
        guard case .constructed(let nodes) = node.content else {
            throw EvidenceProblem(.malformed, "hash tree")
        }
        var lists: [[[UInt8]]] = []
        for list in nodes {
            guard list.identifier == .sequence, case .constructed(let hashes) = list.content else {
                throw EvidenceProblem(.malformed, "list of a hash tree")
            }
            var values: [[UInt8]] = []
            for hash in hashes {
                hashesLeft -= 1
                guard hashesLeft >= 0, hash.identifier == .octetString,
                    case .primitive(let bytes) = hash.content, bytes.count <= 64
                else { throw EvidenceProblem(.malformed, "hash of a hash tree") }
                values.append(Array(bytes))
            }
            guard !values.isEmpty else { throw EvidenceProblem(.malformed, "empty list") }
            lists.append(values)
        }
        guard !lists.isEmpty else { throw EvidenceProblem(.malformed, "empty hash tree") }
        return lists
    }
}

/// The stamps that renew each other with one digest (RFC 4998 §4.1).
package struct ArchiveTimeStampChain: Hashable, Sendable {
    /// The value byte for byte: a hash-tree renewal is over these bytes.
    package let der: [UInt8]
    package let stamps: [ArchiveTimeStamp]

    /// Writes a chain.
    package init(_ stamps: [ArchiveTimeStamp]) {
        self.stamps = stamps
        der = EvidenceDER.sequence(stamps.map(\.der))
    }

    init(_ node: ASN1Node, hashesLeft: inout Int) throws(EvidenceProblem) {
        guard node.identifier == .sequence, case .constructed(let nodes) = node.content else {
            throw EvidenceProblem(.malformed, "chain")
        }
        var stamps: [ArchiveTimeStamp] = []
        for part in nodes {
            stamps.append(try ArchiveTimeStamp(part, hashesLeft: &hashesLeft))
        }
        guard !stamps.isEmpty else { throw EvidenceProblem(.malformed, "empty chain") }
        self.stamps = stamps
        der = Array(node.encodedBytes)
    }
}

/// Values put together from encoded parts.
enum EvidenceDER {
    /// A SEQUENCE around values that are encoded already.
    static func sequence(_ parts: [[UInt8]]) -> [UInt8] {
        var coder = DER.Serializer()
        coder.appendConstructedNode(identifier: .sequence) { coder in
            for part in parts { coder.serializeRawBytes(part) }
        }
        return coder.serializedBytes
    }
}
