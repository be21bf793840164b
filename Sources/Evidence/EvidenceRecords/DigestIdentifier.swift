package import Cryptography
import SwiftASN1

/// The AlgorithmIdentifier of a digest, with the parameters it was written with (RFC 5280 §4.1.1.2).
package struct DigestIdentifier: Hashable, Sendable {
    package let objectIdentifier: String
    /// The value byte for byte, as a SEQUENCE.
    package let der: [UInt8]

    /// The method; nil for one that is not known here.
    package var method: DigestMethod? { DigestMethod(objectIdentifier: objectIdentifier) }

    /// Takes the identifier that a token's imprint is made with.
    package init?(der: [UInt8]) {
        guard der.count <= 64, let node = try? DER.parse(der) else { return nil }
        self.init(node, .sequence)
    }

    init?(_ node: ASN1Node, _ identifier: ASN1Identifier) {
        guard node.identifier == identifier, case .constructed(let nodes) = node.content else {
            return nil
        }
        var parts = nodes.makeIterator()
        guard let first = parts.next(), let object = try? ASN1ObjectIdentifier(derEncoded: first)
        else { return nil }
        var content = Array(first.encodedBytes)
        // A digest has no parameters: absent, or the NULL of older writers (RFC 5754 §2).
        if let second = parts.next() {
            guard Array(second.encodedBytes) == [0x05, 0x00], parts.next() == nil else {
                return nil
            }
            content += second.encodedBytes
        }
        objectIdentifier = object.description
        der = [0x30, UInt8(content.count)] + content
    }
}
