/// A line on a terminal that tells how far a long job is; silent in a pipe and with `--json`.
package final class Progress {
    private let face: Face
    private let isShown: Bool
    private var total: Int64?
    private let now: () -> Double
    private let started: Double
    private var done: Int64 = 0
    private var files: Int64 = 0
    private var lastShown = 0.0
    private var hasLine = false

    /// Begins; `total` is in bytes, `now` gives seconds of a clock that only moves on.
    package init(_ face: Face, total: Int64?, now: @escaping () -> Double) {
        self.face = face
        self.total = total
        self.now = now
        isShown = !face.isJSON && Stream.notes.isTerminal
        started = now()
    }

    /// Hears that so many bytes more are to come.
    package func expect(bytes: Int64) { total = (total ?? 0) + bytes }

    /// Hears of bytes read or written.
    package func add(bytes: Int) {
        done += Int64(bytes)
        guard isShown else { return }
        let time = now()
        guard time - lastShown > 0.2 else { return }
        lastShown = time
        show(time)
    }

    /// Hears of a file finished.
    package func addFile() { files += 1 }

    /// Clears the line.
    package func finish() {
        guard hasLine else { return }
        Stream.notes.write("\r\u{1B}[K")
        hasLine = false
    }

    private func show(_ time: Double) {
        let elapsed = max(time - started, 0.001)
        let rate = Double(done) / elapsed
        var facts = [
            "files": String(files), "bytes": Self.size(done), "rate": Self.size(Int64(rate)),
            "left": "?",
        ]
        if let total, rate > 1 { facts["left"] = Self.span(Double(max(0, total - done)) / rate) }
        Stream.notes.write("\r\u{1B}[K" + Phrases.progress.text(face.language, facts))
        hasLine = true
    }

    /// Bytes in words: `12.5 MiB`.
    package static func size(_ bytes: Int64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB"]
        var value = Double(bytes)
        var index = 0
        while value >= 1024, index < units.count - 1 {
            value /= 1024
            index += 1
        }
        if index == 0 { return "\(bytes) B" }
        let tenths = Int64((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(units[index])"
    }

    private static func span(_ seconds: Double) -> String {
        let whole = Int64(min(seconds, 359_999))
        let minutes = whole / 60 % 60
        let rest = whole % 60
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return whole >= 3600
            ? "\(whole / 3600):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
    }
}
