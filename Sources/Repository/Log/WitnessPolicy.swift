import Readers
import Records

/// Who is shown the ledger's checkpoint once a day (`docs/ledger.md`).
package struct WitnessPolicy: Hashable, Sendable {
    static let key = "witness"

    /// A file on another mount, relative to the archive or absolute.
    var file: String?
    /// A program that gets the checkpoint as its standard input.
    var command: String?
    /// After so many seconds the program is ended.
    var timeout = 60

    var isEmpty: Bool { file == nil && command == nil }

    init() {}

    /// Reads `witness:`; a failure names the line.
    init(_ pairs: [YAMLMapping.Pair]) throws {
        guard let group = pairs.first(where: { $0.key == Self.key }) else { return }
        guard group.groups.count == 1 else {
            throw Configuration.failure(group.keyPlace.line, "witness: file, command, timeout")
        }
        for pair in group.groups[0] {
            switch pair.key {
            case "file" where !pair.value.isEmpty: file = pair.value
            case "command" where pair.value.hasPrefix("/"): command = pair.value
            case "timeout":
                guard let seconds = Int(pair.value), (1...3600).contains(seconds) else {
                    throw Configuration.failure(pair.valuePlace.line, "timeout: 1…3600")
                }
                timeout = seconds
            default:
                throw Configuration.failure(
                    pair.keyPlace.line, "\(pair.key)? file: …, command: /…, timeout: 1…3600")
            }
        }
        guard !isEmpty else {
            throw Configuration.failure(group.keyPlace.line, "thiếu · missing: file | command")
        }
    }
}
