/// The two version numbers of a SignedData, which no signature protects and libcrypto does not judge.
struct SignedDataVersions {
    let message: UInt8
    let signer: UInt8

    /// Walks the DER of a ContentInfo that libcrypto has already read; nil when it has another shape.
    init?(_ der: [UInt8]) {
        var content = DERWalk(der[...])
        guard var info = content.enter(0x30), info.skip(), var explicit = info.enter(0xA0),
            var signed = explicit.enter(0x30), let version = signed.enter(0x02)
        else { return nil }
        // digestAlgorithms, encapContentInfo, then certificates [0] and crls [1] where they are there.
        guard signed.skip(), signed.skip() else { return nil }
        while let tag = signed.tag, tag == 0xA0 || tag == 0xA1 {
            guard signed.skip() else { return nil }
        }
        guard var signers = signed.enter(0x31), var signer = signers.enter(0x30),
            let signerVersion = signer.enter(0x02), version.rest.count == 1, signerVersion.rest.count == 1,
            let message = version.rest.first, let stated = signerVersion.rest.first
        else { return nil }
        self.message = message
        self.signer = stated
    }
}

/// Steps through DER values one by one.
struct DERWalk {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    var tag: UInt8? { rest.first }

    /// The content of the next value when it has this tag; the walk goes on behind it.
    mutating func enter(_ tag: UInt8) -> DERWalk? {
        guard rest.first == tag else { return nil }
        return next()
    }

    /// Passes the next value.
    mutating func skip() -> Bool { next() != nil }

    private mutating func next() -> DERWalk? {
        let bytes = rest.dropFirst()
        guard let first = bytes.first else { return nil }
        var length = Int(first)
        var content = bytes.dropFirst()
        if first >= 0x80 {
            let count = Int(first & 0x7F)
            guard (1...4).contains(count), content.count >= count else { return nil }
            length = content.prefix(count).reduce(0) { $0 << 8 | Int($1) }
            content = content.dropFirst(count)
        }
        guard content.count >= length else { return nil }
        let inner = content.prefix(length)
        rest = content.dropFirst(length)
        return DERWalk(inner)
    }
}
