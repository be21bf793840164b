import Testing

@testable import Cryptography

/// Whether libcrypto uses the processor's instructions for SHA-256, read from what it tells.
struct SHAInstructionsTests {
    @Test(arguments: [
        // As releases 3.0 and 3.5 write it, with and without the environment's wish.
        "OPENSSL_ia32cap=0xfffa3203078bffff:0x405fc6d1bf07ab",
        "OPENSSL_ia32cap=0xfffa3203078bffff:0x405fc6d1bf07ab env::~0x20000000",
        "OPENSSL_ia32cap=0x7ffaf3bfffebffff:0x00000000d19f47ab:0x0:0x0:0x0",
        "OPENSSL_ia32cap=0x0000000000000400:0x0000000000000000 env:",
        "OPENSSL_ia32cap=0x0:0xDFFFFFFF",
        // The bit counts in the second word alone, and not in what the environment says.
        "OPENSSL_ia32cap=0x20000000:0x2000000000000000:0x20000000",
        "OPENSSL_ia32cap=0x0:0x0 env:0x0:0x20000000",
        "OPENSSL_ia32cap=0x0:0x0 env:OPENSSL_ia32cap=0x0:0x20000000",
    ])
    func `are not used where the bit is clear`(settings: String) {
        #expect(!SHAInstructions.areUsed(by: settings))
    }

    @Test(arguments: [
        "OPENSSL_ia32cap=0xfffa3203078bffff:0x405fc6f1bf07ab",
        "OPENSSL_ia32cap=0xfffa3203078bffff:0x405fc6f1bf07ab env:~0x1",
        "OPENSSL_ia32cap=0x7ffaf3bfffebffff:0x00000000f19f47ab:0x0:0x0:0x0",
        "OPENSSL_ia32cap=0x0:0x20000000",
    ])
    func `are used where the bit is set`(settings: String) {
        #expect(SHAInstructions.areUsed(by: settings))
    }

    @Test(arguments: [
        nil, "", " ", ":", "OPENSSL_ia32cap", "OPENSSL_ia32cap=", "OPENSSL_ia32cap=:",
        "OPENSSL_ia32cap=0x0", "OPENSSL_ia32cap=0x0:", "OPENSSL_ia32cap=:0x0",
        "OPENSSL_ia32cap=0x0:0x0:", "OPENSSL_ia32cap=0x0::0x0", "OPENSSL_ia32cap=0x0:0x",
        "OPENSSL_ia32cap=0:0", "OPENSSL_ia32cap=0x0:0x+1", "OPENSSL_ia32cap=0x0:0x-1",
        "OPENSSL_ia32cap=0x0:0xg", "OPENSSL_ia32cap=0x0:0x１", "OPENSSL_ia32cap=0x0:0x0\u{301}",
        "OPENSSL_ia32cap=0x0:0x10000000000000000", "OPENSSL_ia32cap=0x0:0x0\tenv:",
        "OPENSSL_ia32cap=0x0:0x0 something", "OPENSSL_ia32cap=0x0: 0x0",
        "openssl_ia32cap=0x0:0x0", " OPENSSL_ia32cap=0x0:0x0", "OPENSSL_ia32cap=~0x0:0x0",
        "OPENSSL_armcap=0x7d", "OPENSSL_armcap=0x0:0x0", "OPENSSL_riscvcap=RV64GC",
        "env:OPENSSL_ia32cap=0x0:0x0",
    ])
    func `count as used where the text is not understood`(settings: String?) {
        #expect(SHAInstructions.areUsed(by: settings))
    }

    @Test func `a very long text is read to its end`() {
        let words = "OPENSSL_ia32cap=0x0" + String(repeating: ":0x0", count: 100_000)
        #expect(!SHAInstructions.areUsed(by: words))
        #expect(SHAInstructions.areUsed(by: words + ":"))
    }
}
