import Files

/// What a PDF says it is: the version in its first line, and PDF/A in its metadata (ISO 19005).
enum PDFClaim {
    /// XMP is looked for in this much of the beginning and of the end.
    private static let window = FilePeek.longestLook

    /// The row's key for a file that begins with `%PDF-`.
    static func key(_ peek: FilePeek, knows: (String) -> Bool) throws(FileFailure) -> String {
        let version = String(decoding: peek.head.slice(5, 3) ?? [], as: UTF8.self)
        if let claim = try archivalClaim(peek) {
            // Parts 1 to 3 build on PDF 1.x, part 4 on PDF 2.0: anything else contradicts itself.
            let base = claim.hasPrefix("4") ? "2." : "1."
            let key = "pdfa-" + claim
            return version.hasPrefix(base) && knows(key) ? key : "pdfa"
        }
        return knows("pdf-" + version) ? "pdf-" + version : "pdf"
    }

    /// `pdf` for a file named so with something before its `%PDF-`, as readers accept it.
    static func lateKey(_ peek: FilePeek) -> String? {
        guard peek.suffix == "pdf", let place = peek.head.find("%PDF-"), place < 1024 else {
            return nil
        }
        return "pdf"
    }

    /// Part and level in small letters, `?` when the metadata contradict themselves; nil without.
    private static func archivalClaim(_ peek: FilePeek) throws(FileFailure) -> String? {
        var values = Values()
        values.collect(try peek.look(at: 0, count: window))
        if peek.size > Int64(window) {
            let start = max(Int64(window) - 1024, peek.size - Int64(window))
            values.collect(try peek.look(at: start, count: window))
        }
        guard values.namespace, let part = values.parts.first else { return nil }
        guard values.parts.count == 1, values.levels.count <= 1 else { return "?" }
        return part + (values.levels.first ?? "")
    }

    /// The PDF/A identification values met in a file's metadata.
    private struct Values {
        var namespace = false
        var parts: Set<String> = []
        var levels: Set<String> = []

        mutating func collect(_ bytes: Bytes) {
            // XMP may be UTF-16 (ISO 16684-1 §7.1); without its zeros it reads like UTF-8.
            if bytes.contains("p\0d\0f\0a\0i\0d\0:") {
                return collect(Bytes(bytes.all.filter { $0 != 0 }))
            }
            guard bytes.contains("pdfaid:part") else { return }
            if bytes.contains("http://www.aiim.org/pdfa/ns/id") { namespace = true }
            parts.formUnion(Self.values("pdfaid:part", in: bytes))
            levels.formUnion(Self.values("pdfaid:conformance", in: bytes))
        }

        /// The one-character values of a property, written as an attribute or as an element.
        private static func values(_ property: StaticString, in bytes: Bytes) -> Set<String> {
            var values: Set<String> = []
            var from = 0
            while let place = bytes.find(property, from: from) {
                from = place + property.utf8CodeUnitCount
                var start = from
                if bytes[start] == 0x3D { start += 1 }
                guard let open = bytes[start], [0x3E, 0x22, 0x27].contains(open),
                    let value = bytes[start + 1], let close = bytes[start + 2],
                    close == (open == 0x3E ? 0x3C : open)
                else { continue }
                values.insert(String(UnicodeScalar(value)).lowercased())
            }
            return values
        }
    }
}
