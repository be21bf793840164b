import Glibc
import Testing

@testable import Cryptography

/// Whatever the process of a token's module does, the archive's own goes on and says what happened.
@Suite struct TokenProcessTests {
    private static func open(_ script: String) throws -> TokenSigner {
        let name = try #require(TokenKeyName(module: "/m.so", token: "t", key: "k"))
        let pin = try #require(TokenPIN(Array("1234".utf8), isTyped: false))
        return try TokenSigner(
            name, pin: pin, certificates: [],
            program: TokenProgram(
                path: "/bin/sh", arguments: ["-c", script], environment: ["PATH=/usr/bin:/bin"]),
            patience: 1)
    }

    @Test(arguments: [
        ("kill -9 $$", TokenFailure.Reason.crashed),
        ("exit 0", .crashed),
        ("sleep 60", .silent),
        ("printf '\\000\\000\\000\\003abc' >&0; sleep 60", .nonsense),
        ("printf '\\177\\377\\377\\377' >&0; sleep 60", .nonsense),
        ("cat <&0 >&0", .nonsense),
        ("printf '\\000\\000\\000\\012\\000\\000\\000\\006opened' >&0; sleep 60", .nonsense),
        ("while :; do printf 'x' >&0; sleep 0.05; done", .nonsense),
    ])
    func `a process that crashes, hangs or talks nonsense is a failure of its own`(
        script: String, reason: TokenFailure.Reason
    ) throws {
        let failure = #expect(throws: TokenFailure.self) { try Self.open(script) }
        #expect(failure?.reason == reason)
        #expect(failure?.detail.contains("1234") == false)
    }

    @Test func `a program that is not there is a failure`() throws {
        let name = try #require(TokenKeyName(module: "/m.so", token: "t", key: "k"))
        let pin = try #require(TokenPIN([0x31], isTyped: false))
        let failure = #expect(throws: TokenFailure.self) {
            try TokenSigner(
                name, pin: pin, certificates: [],
                program: TokenProgram(path: "/none", arguments: [], environment: []))
        }
        #expect(failure?.reason == .crashed)
    }

    @Test func `a message reads back as it was written`() throws {
        let frame = TokenFrame(.seal, [[], [0, 1, 2], [UInt8](repeating: 7, count: 70_000)])
        let bytes = try #require(frame.bytes)
        #expect(TokenFrame(Array(bytes.dropFirst(4))) == frame)
        #expect(TokenFrame.length(bytes.prefix(4)) == bytes.count - 4)
    }

    @Test func `no cut and no changed length of a message is read as one`() throws {
        let bytes = try #require(TokenFrame(.seal, [[1, 2, 3], [4]]).bytes).dropFirst(4)
        for count in 0..<bytes.count where ![8, 15].contains(count) {
            #expect(TokenFrame(Array(bytes.prefix(count))) == nil, "\(count)")
        }
        #expect(TokenFrame([0xFF, 0xFF, 0xFF, 0xFF, 1]) == nil)
        #expect(TokenFrame(.seal, [[UInt8](repeating: 0, count: 1 << 20)]).bytes == nil)
        #expect(TokenFrame(.seal, [[UInt8]](repeating: [], count: 20)).bytes == nil)
    }

    @Test func `a PIN is neither empty nor long nor holds a zero byte`() {
        #expect(TokenPIN([], isTyped: true) == nil)
        #expect(TokenPIN([0x31, 0, 0x32], isTyped: true) == nil)
        #expect(TokenPIN([UInt8](repeating: 0x31, count: 256), isTyped: true) == nil)
        #expect(TokenPIN([UInt8](repeating: 0x31, count: 255), isTyped: true) != nil)
    }
}
