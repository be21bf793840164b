import Cryptography
import Evidence
import Files
import Records
import SystemPackage
import Testing

@Suite struct DetailsTests {
    private let folder: LedgerFolder
    private var details: Details { Details(folder: folder.path, volume: folder.volume) }

    init() throws { folder = try LedgerFolder() }

    @Test func `keeps content under the digest of its file`() throws {
        var random = SystemRandomNumberGenerator()
        let content: JSONValue = ["objects": ["một", "hai"]]

        let digest = try details.keep(content, salt: &random)
        let bytes = try folder.volume.readAll(
            folder.path.appending(digest.hex + ".json"), limit: 1000)

        #expect(try details.content(digest) == content)
        #expect(Hasher.digest(.sha256, of: bytes) == digest.bytes)
        #expect(bytes.last == 0x0A)
        #expect(try JSONValue(parsing: bytes)["salt"]?.stringValue?.utf8.count == 64)
    }

    @Test func `gives the same content another digest each time`() throws {
        var random = SystemRandomNumberGenerator()

        let one = try details.keep("x", salt: &random)
        let other = try details.keep("x", salt: &random)

        #expect(one != other)
        #expect(try folder.volume.list(folder.path).count == 2)
    }

    @Test func `knows nothing of a file that is gone`() throws {
        var random = SystemRandomNumberGenerator()
        let digest = try details.keep("x", salt: &random)

        try folder.volume.remove(folder.path.appending(digest.hex + ".json"))

        #expect(try details.content(digest) == nil)
    }

    @Test func `refuses a file that is not what its name says`() throws {
        var random = SystemRandomNumberGenerator()
        let digest = try details.keep("x", salt: &random)
        let file = folder.path.appending(digest.hex + ".json")
        let good = try folder.volume.readAll(file, limit: 1000)

        for place in good.indices {
            var damaged = good
            damaged[place] ^= 0x01
            try folder.volume.remove(file)
            try folder.volume.writeSynchronized(damaged, to: file)
            #expect(throws: LedgerFailure(.detailsMismatch, sequence: -1)) {
                try details.content(digest)
            }
        }
    }
}
