import Cryptography
import Foundation
import XML

/// Reads the elements of an evidence record in XML, in the order that they give (RFC 6283 §2.1).
struct XMLRecordReading {
    private(set) var stamps: [WalkedStamp] = []
    /// For each stamp the hash of what came before it; empty for the first.
    private(set) var earlier: [[UInt8]] = []
    private(set) var certificates: [[UInt8]] = []
    private(set) var lists: [[UInt8]] = []
    private var stampsLeft: Int
    private var hashesLeft: Int

    /// The methods of one chain.
    private struct Chain {
        let number: Int
        let method: DigestMethod
        let form: CanonicalForm
    }

    init(stampsLeft: Int, hashesLeft: Int) {
        self.stampsLeft = stampsLeft
        self.hashesLeft = hashesLeft
    }

    /// Reads the outermost element.
    mutating func read(_ root: XMLElement) throws {
        guard root.name == "EvidenceRecord", root.namespace == XMLEvidenceRecord.namespace,
            root.attribute("Version") == "1.0"
        else { throw EvidenceProblem(.malformed, "EvidenceRecord 1.0") }
        if child("EncryptionInformation", of: root) != nil { throw EvidenceProblem(.encrypted) }
        guard let sequence = child("ArchiveTimeStampSequence", of: root) else {
            throw EvidenceProblem(.malformed, "ArchiveTimeStampSequence")
        }
        let chains = try ordered("ArchiveTimeStampChain", in: sequence)
        for (number, element) in chains.enumerated() {
            let later = Array(chains[number...])
            try readChain(element, number) { form, withSpace in
                try sequence.canonical(form, without: later, withSpace: withSpace)
            }
        }
    }

    private mutating func readChain(
        _ element: XMLElement, _ number: Int,
        before: (CanonicalForm, Bool) throws -> [UInt8]
    ) throws {
        let digest = child("DigestMethod", of: element)?.attribute("Algorithm") ?? ""
        let canonical = child("CanonicalizationMethod", of: element)?.attribute("Algorithm") ?? ""
        guard let method = DigestMethod(identifier: digest) else {
            throw EvidenceProblem(.algorithmUnknown, chain: number, digest)
        }
        guard let form = CanonicalForm(rawValue: canonical) else {
            throw EvidenceProblem(.algorithmUnknown, chain: number, canonical)
        }
        let chain = Chain(number: number, method: method, form: form)
        var previous: XMLElement?
        for (index, stamp) in try ordered("ArchiveTimeStamp", in: element).enumerated() {
            let tree = try child("HashTree", of: stamp).map { try hashes($0) }
            let token = try readTimeStamp(stamp, chain, index, tree)
            if let previous {
                earlier.append(method.digest(of: try previous.canonical(form)))
            } else if number > 0 {
                earlier.append(try sequenceHash(chain, tree, before))
            } else {
                earlier.append([])
            }
            previous = token
        }
    }

    /// The hash of the chains before; whether their writer counts the space behind the last one shows in the tree.
    private func sequenceHash(
        _ chain: Chain, _ tree: [[[UInt8]]]?, _ before: (CanonicalForm, Bool) throws -> [UInt8]
    ) throws -> [UInt8] {
        let hash = chain.method.digest(of: try before(chain.form, true))
        if tree?.first?.contains(hash) == true { return hash }
        let other = chain.method.digest(of: try before(chain.form, false))
        return tree?.first?.contains(other) == true ? other : hash
    }

    /// Keeps a stamp and gives the element that the next one is over.
    private mutating func readTimeStamp(
        _ stamp: XMLElement, _ chain: Chain, _ index: Int, _ tree: [[[UInt8]]]?
    ) throws -> XMLElement {
        stampsLeft -= 1
        guard stampsLeft >= 0, let element = child("TimeStamp", of: stamp),
            let token = child("TimeStampToken", of: element)
        else { throw EvidenceProblem(.malformed, chain: chain.number, stamp: index, "TimeStamp") }
        let type = token.attribute("Type") ?? ""
        guard type == "RFC3161" else {
            throw EvidenceProblem(.algorithmUnknown, chain: chain.number, stamp: index, type)
        }
        if let list = child("CryptographicInformationList", of: element) {
            for information in named("CryptographicInformation", in: list) {
                switch information.attribute("Type") {
                case "CERT": certificates.append(try bytes(information))
                case "CRL": lists.append(try bytes(information))
                default: continue
                }
            }
        }
        stamps.append(
            WalkedStamp(
                chain: chain.number, index: index, digest: .known(chain.method), lists: tree,
                token: try bytes(token)))
        return element
    }

    private mutating func hashes(_ tree: XMLElement) throws -> [[[UInt8]]] {
        try ordered("Sequence", in: tree).map { sequence in
            try named("DigestValue", in: sequence).map { value in
                hashesLeft -= 1
                let hash = try bytes(value)
                guard hashesLeft >= 0, !hash.isEmpty, hash.count <= 64 else {
                    throw EvidenceProblem(.malformed, "DigestValue")
                }
                return hash
            }
        }
    }

    private func bytes(_ element: XMLElement) throws -> [UInt8] {
        let letters = element.text.filter { !$0.isWhitespace }
        guard let bytes = Data(base64Encoded: letters), !bytes.isEmpty else {
            throw EvidenceProblem(.malformed, "base64 of \(element.name)")
        }
        return Array(bytes)
    }

    private func named(_ name: String, in element: XMLElement) -> [XMLElement] {
        element.children.filter {
            $0.name == name && $0.namespace == XMLEvidenceRecord.namespace
        }
    }

    /// The only element of a name; nil for none, or where there are several.
    private func child(_ name: String, of element: XMLElement) -> XMLElement? {
        let found = named(name, in: element)
        return found.count == 1 ? found[0] : nil
    }

    /// The elements of a name by their `Order`, which counts from 1 without gaps.
    private func ordered(_ name: String, in element: XMLElement) throws -> [XMLElement] {
        let found = named(name, in: element).map { ($0, Int($0.attribute("Order") ?? "") ?? 0) }
        let sorted = found.sorted { $0.1 < $1.1 }
        guard !sorted.isEmpty, sorted.map(\.1) == Array(1...sorted.count) else {
            throw EvidenceProblem(.malformed, "Order of \(name)")
        }
        return sorted.map(\.0)
    }
}

extension DigestMethod {
    /// The method with this name in XML (RFC 6931 §2.1); nil for one that is not known here.
    init?(identifier: String) {
        let names: [String: DigestMethod] = [
            "http://www.w3.org/2000/09/xmldsig#sha1": .sha1,
            "http://www.w3.org/2001/04/xmldsig-more#sha224": .sha224,
            "http://www.w3.org/2001/04/xmlenc#sha256": .sha256,
            "http://www.w3.org/2001/04/xmldsig-more#sha384": .sha384,
            "http://www.w3.org/2001/04/xmlenc#sha512": .sha512,
            "http://www.w3.org/2007/05/xmldsig-more#sha3-256": .sha3x256,
            "http://www.w3.org/2007/05/xmldsig-more#sha3-384": .sha3x384,
            "http://www.w3.org/2007/05/xmldsig-more#sha3-512": .sha3x512,
        ]
        guard let method = names[identifier] else { return nil }
        self = method
    }
}
