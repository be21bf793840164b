import Cryptography
import Evidence
import Testing

/// Checkpoints and the notes that carry their signatures.
@Suite struct CheckpointTests {
    private let name = "urn:uuid:5D0F5A0C-9F6B-4B0E-8C0E-0D8C6E3B2A11"

    private func signed(_ key: NoteKey) throws -> (SignedNote, NoteVerifier) {
        let verifier = try #require(NoteVerifier(name: name, publicBytes: key.publicBytes()))
        let checkpoint = Checkpoint(origin: name, size: 7, root: TreeHasher.empty)
        var note = SignedNote(checkpoint.text)
        try note.sign(with: key, as: verifier)
        return (note, verifier)
    }

    @Test func `what is signed is read back and believed`() throws {
        let key = try NoteKey.generate()
        let (note, verifier) = try signed(key)
        let read = try #require(SignedNote(reading: note.bytes))
        #expect(read == note && read.isSigned(by: verifier))
        let checkpoint = try #require(Checkpoint(read.text))
        #expect(checkpoint.size == 7 && checkpoint.origin == name)
        #expect(checkpoint.root == TreeHasher.empty)
        #expect(NoteVerifier(verifier.text) == verifier)
        let again = try NoteKey.reading(pem: key.pem())
        #expect(try again.publicBytes() == verifier.publicBytes)
    }

    @Test func `one changed byte anywhere is not believed`() throws {
        let key = try NoteKey.generate()
        let (note, verifier) = try signed(key)
        for index in note.bytes.indices {
            var bytes = note.bytes
            bytes[index] ^= 1
            let isBelieved =
                SignedNote(reading: bytes).map {
                    $0.isSigned(by: verifier) && $0.text == note.text
                } ?? false
            #expect(!isBelieved, "byte \(index)")
        }
        let (_, other) = try signed(NoteKey.generate())
        #expect(!note.isSigned(by: other))
    }

    @Test func `several keys may sign, and one wrong line spoils only its own`() throws {
        let (first, second) = (try NoteKey.generate(), try NoteKey.generate())
        var (note, verifier) = try signed(first)
        let other = try #require(
            NoteVerifier(name: "chứng.nhân", publicBytes: second.publicBytes()))
        try note.sign(with: second, as: other)
        let read = try #require(SignedNote(reading: note.bytes))
        #expect(read.isSigned(by: verifier) && read.isSigned(by: other))
        var text = String(decoding: note.bytes, as: UTF8.self)
        text.removeLast(6)
        text += "AAAA=\n"
        let spoiled = SignedNote(reading: Array(text.utf8))
        #expect(spoiled.map { $0.isSigned(by: other) } != true)
        #expect(spoiled.map { $0.isSigned(by: verifier) } == true)
    }

    @Test(arguments: [
        "", "x", "a\n1\n", "a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", "a\n1\nAAAA\n",
        "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n99999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    ])
    func `what is no checkpoint is refused`(text: String) {
        #expect(Checkpoint(text) == nil)
    }

    @Test func `what is no note or no key is refused`() throws {
        for text in [
            "", "a", "a\n\n", "a\n\nx\n", "a\n\n\u{2014} x\r\n", "a\n\u{1}\n\n\u{2014} a b\n",
        ] {
            #expect(SignedNote(reading: Array(text.utf8)) == nil, "\(text)")
        }
        #expect(SignedNote(reading: [0xFF, 0x0A, 0x0A]) == nil)
        #expect(SignedNote(reading: [UInt8](repeating: 0x61, count: 100_000)) == nil)
        for text in ["", "a+b+c", "a++", "a+00000000+AQ==", "a b+00000000+AAAA"] {
            #expect(NoteVerifier(text) == nil)
        }
        #expect(throws: CryptographyFailure.self) {
            try NoteKey.reading(pem: SealKey.generate(.p256).pem(passphrase: nil))
        }
        #expect(throws: CryptographyFailure.self) { try NoteKey.reading(pem: [1, 2, 3]) }
    }
}
