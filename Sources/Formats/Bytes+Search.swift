import Glibc

extension Bytes {
    /// Where a run of bytes first occurs at or after a place.
    func find(_ wanted: [UInt8], from start: Int = 0) -> Int? {
        guard start >= 0, let first = wanted.first else { return nil }
        return all.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var place = start
            while place <= bytes.count - wanted.count {
                let span = bytes.count - wanted.count + 1 - place
                guard let hit = memchr(base + place, Int32(first), span) else { return nil }
                place = UnsafeRawPointer(hit) - base
                if memcmp(base + place, wanted, wanted.count) == 0 { return place }
                place += 1
            }
            return nil
        }
    }
}
