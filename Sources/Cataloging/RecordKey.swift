import Records

/// The row number of a record: the version's row and, for a document, its ordinal; 0 is the dossier itself.
struct RecordKey: Hashable, Sendable {
    static let ordinalBits: Int64 = 24
    static let greatestOrdinal: Int64 = 1 << ordinalBits - 1
    private static let greatestVersionRow: Int64 = 1 << 38

    let rowID: Int64

    init(rowID: Int64) { self.rowID = rowID }

    /// The key of a document or, with 0, of the dossier; a value beyond the catalog's reach is refused.
    init(versionRow: Int64, ordinal: Int) throws(CatalogFailure) {
        guard (0...Self.greatestVersionRow).contains(versionRow), ordinal >= 0,
            ordinal <= Self.greatestOrdinal
        else { throw CatalogFailure(.value) }
        rowID = versionRow << Self.ordinalBits | Int64(ordinal)
    }

    var versionRow: Int64 { rowID >> Self.ordinalBits }
    var ordinal: Int? {
        let ordinal = rowID & Self.greatestOrdinal
        return ordinal == 0 ? nil : Int(ordinal)
    }

    /// Every row of a version: the dossier's, then the documents'.
    static func range(ofVersionRow row: Int64) -> ClosedRange<Int64> {
        let first = max(0, min(row, greatestVersionRow)) << ordinalBits
        return first...(first | greatestOrdinal)
    }
}

/// FNV-1a with a last stirring: the same number for the same bytes on every machine, for ever.
struct StableHash {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func mix(_ units: some Sequence<UInt8>) {
        for unit in units { mix(unit) }
    }

    mutating func mix(_ unit: UInt8) { state = (state ^ UInt64(unit)) &* 0x100_0000_01B3 }

    var value: UInt64 {
        var stirred = (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
        stirred = (stirred ^ stirred >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return stirred ^ stirred >> 33
    }

    /// The number under which a code stands among the aliases: that of its folded form.
    static func alias(_ code: String) -> Int64 {
        SearchFolding.withScanner(of: code) { scanner in
            var hash = StableHash()
            while let folded = scanner.next() {
                switch folded {
                case .letter(let unit): hash.mix(unit)
                case .wide(let scalar): hash.mix(scalar)
                case .other(let scalar) where !scalar.isBlank: hash.mix(scalar)
                case .other, .dropped, .key: continue
                }
            }
            return Int64(bitPattern: hash.value)
        }
    }

    private mutating func mix(_ scalar: Unicode.Scalar) {
        var value = scalar.value
        repeat {
            mix(UInt8(truncatingIfNeeded: value))
            value >>= 8
        } while value > 0
    }
}
