import Records
import Repository

/// What an archive must hold after a row of acts, kept beside it in plain values.
struct HoldingModel {
    /// A dossier with what each of its versions changed.
    struct Held {
        let number: Int
        let object: ObjectIdentifier
        var title: String
        /// Trích yếu and file name of each document in order.
        var documents: [(subject: String, file: String)]
        var pages: Int
        /// What version 2, 3, … changed.
        var changes: [Set<StateChange>] = []

        var version: Int { changes.count + 1 }
    }

    /// A link from one dossier to another.
    struct Tie: Hashable {
        let from: Int
        let kind: Link.Kind
        let to: Int
    }

    var held: [Held] = []
    /// Links that hold.
    var ties: Set<Tie> = []
    /// Codes of registered fonds, old ones too, by the place of the fonds.
    var fonds: [[String]] = []
    var closed: Set<Int> = []

    /// The archive file code of the dossier with a number.
    static func code(_ number: Int) -> String { "H61.12.2024.\(number).CĐS" }

    /// Whether a part-of tie would close a circle.
    func isCircle(_ tie: Tie) -> Bool {
        guard tie.kind == .partOf else { return false }
        var waiting = [tie.to]
        var seen: Set<Int> = []
        while let next = waiting.popLast() {
            if next == tie.from { return true }
            guard seen.insert(next).inserted else { continue }
            waiting += ties.filter { $0.kind == .partOf && $0.from == next }.map(\.to)
        }
        return false
    }
}
