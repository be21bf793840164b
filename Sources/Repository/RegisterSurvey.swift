import Cataloging
import Files
import Records
import SystemPackage

/// Registers of another archive, before they come in: a code names one thing, and no fonds stands above itself.
struct RegisterSurvey {
    private struct Code: Hashable {
        let register: Register
        let folded: String
        /// The fonds of an inventory, whose codes are its own.
        let fonds: ObjectIdentifier?
    }

    private struct State {
        let file: PolicyFile
        let entry: RegisterEntry
    }

    private let states: [State]
    /// Of each fonds what stands above it, from the day on which that began.
    private var parents: [ObjectIdentifier: [(since: String, parent: ObjectIdentifier?)]] = [:]
    /// Levels that no arrangement has; a longer way up is taken for a circle.
    private static let deepest = 1000

    /// Reads the files of registers that a ledger adopted and that still are what it adopted.
    init(_ adopted: [String: Digest], in policy: FilePath, volume: any Volume) throws {
        var found: [State] = []
        for (name, digest) in adopted {
            guard let file = PolicyFile("policy/" + name), let register = file.kind.register,
                try volume.status(policy.appending(name))?.kind == .file,
                let bytes = try volume.readIfSmall(
                    policy.appending(name), limit: RegisterEntry.largestFile),
                PolicyStore.digest(of: bytes) == digest,
                let entry = RegisterEntry(register, reading: bytes)
            else { continue }
            found.append(State(file: file, entry: entry))
        }
        states = found.sorted { $0.file.number < $1.file.number }
        for state in states where state.entry.register == .fonds {
            guard let id = state.entry.id else { continue }
            let parent = state.entry.values[.parent].flatMap { ObjectIdentifier($0) }
            parents[id, default: []].append((state.entry.since, parent))
        }
        for (id, line) in parents {
            // Of states that begin on one day the one adopted last holds.
            var latest: [String: ObjectIdentifier?] = [:]
            for state in line { latest.updateValue(state.parent, forKey: state.since) }
            parents[id] = latest.sorted { $0.key < $1.key }.map {
                (since: $0.key, parent: $0.value)
            }
        }
    }

    /// Every state that contradicts one before it, or itself.
    var findings: [Finding] {
        let twice = codesTwice()
        return states.filter { twice.contains($0.file) || isAboveItself($0.entry) }.map { state in
            Finding(
                .registerContradictory, subject: "policy/" + state.file.name,
                ["code": state.entry.code])
        }
    }

    private func codesTwice() -> Set<PolicyFile> {
        var holders: [Code: PolicyFile] = [:]
        var units: [ObjectIdentifier: PolicyFile] = [:]
        var nameless: [String: PolicyFile] = [:]
        var twice: Set<PolicyFile> = []
        for state in states {
            let entry = state.entry
            let unit =
                entry.id.flatMap { units[$0] } ?? entry.replaces.flatMap { nameless[$0] }
                ?? state.file
            if let id = entry.id { units[id] = unit } else { nameless[state.file.name] = unit }
            let fonds =
                entry.register == .inventory
                ? entry.values[.fonds].flatMap { ObjectIdentifier($0) } : nil
            for text in entry.codes {
                let code = Code(
                    register: entry.register, folded: SearchFolding.code(text), fonds: fonds)
                if holders[code, default: unit] != unit { twice.insert(state.file) }
                holders[code] = holders[code] ?? unit
            }
        }
        return twice
    }

    /// A circle is there from the day on which the last of its states began, so that day is enough to look at.
    private func isAboveItself(_ entry: RegisterEntry) -> Bool {
        guard entry.register == .fonds, let id = entry.id else { return false }
        var above = entry.values[.parent].flatMap { ObjectIdentifier($0) }
        for _ in 0..<Self.deepest {
            guard let parent = above else { return false }
            if parent == id { return true }
            above = self.parent(of: parent, on: entry.since)
        }
        return above != nil
    }

    private func parent(of fonds: ObjectIdentifier, on day: String) -> ObjectIdentifier? {
        let line = parents[fonds, default: []]
        var (low, high) = (0, line.count)
        while low < high {
            let middle = (low + high) / 2
            if line[middle].since <= day { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : line[low - 1].parent
    }
}
