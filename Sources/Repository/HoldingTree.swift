import Cataloging
import Records

/// The archive's arrangement on a day: fonds, inventories and series, with how much stands in each.
struct HoldingTree {
    /// A series, or what stands in an inventory without one.
    struct SeriesNode {
        let code: String
        let name: String
        let isRegistered: Bool
        var lines: [TallyLine] = []
    }

    /// An inventory, or what stands in a fonds without one.
    struct InventoryNode {
        let id: ObjectIdentifier?
        let code: String
        let name: String
        let state: String
        let isRegistered: Bool
        private(set) var series: [SeriesNode] = []
        /// Where a series stands among them, by its folded code.
        private var positions: [String: Int] = [:]

        init(
            id: ObjectIdentifier?, code: String, name: String, state: String, isRegistered: Bool,
            series: [SeriesNode] = []
        ) {
            self.id = id
            self.code = code
            self.name = name
            self.state = state
            self.isRegistered = isRegistered
            for one in series { add(one, key: SearchFolding.code(one.code)) }
        }

        /// What stands in no series comes before the series, or it would seem to stand in the last.
        fileprivate mutating func putLooseFirst() {
            series = series.filter(\.code.isEmpty) + series.filter { !$0.code.isEmpty }
        }

        var holding: HoldingCount { series.reduce(into: HoldingCount()) { $0.add($1.holding) } }

        private mutating func add(_ one: SeriesNode, key: String) {
            positions[key] = series.count
            series.append(one)
        }

        fileprivate mutating func place(_ line: TallyLine) {
            let key = line.keys.series
            if positions[key] == nil {
                add(SeriesNode(code: line.series, name: "", isRegistered: false), key: key)
            }
            series[positions[key, default: 0]].lines.append(line)
        }
    }

    /// A fonds, registered or only named by dossiers.
    struct FondsNode {
        let id: ObjectIdentifier?
        let code: String
        let name: String
        let state: String
        let isRegistered: Bool
        var above: Int?
        private(set) var inventories: [InventoryNode] = []
        /// Where an inventory that only dossiers name stands among them, by its folded code.
        private var positions: [String: Int] = [:]
        /// With all fonds below it.
        var total = HoldingCount()

        init(
            id: ObjectIdentifier?, code: String, name: String, state: String, isRegistered: Bool
        ) {
            self.id = id
            self.code = code
            self.name = name
            self.state = state
            self.isRegistered = isRegistered
        }

        /// What stands in the fonds itself.
        var own: HoldingCount {
            inventories.reduce(into: HoldingCount()) { $0.add($1.holding) }
        }

        /// What stands in no inventory comes before the inventories.
        fileprivate mutating func putLooseFirst() {
            for index in inventories.indices { inventories[index].putLooseFirst() }
            inventories =
                inventories.filter(\.code.isEmpty) + inventories.filter { !$0.code.isEmpty }
        }

        fileprivate mutating func add(_ inventory: InventoryNode) { inventories.append(inventory) }

        /// Counts what dossiers name, in a registered inventory or in one that only they know.
        fileprivate mutating func place(_ line: TallyLine, inInventory position: Int?) {
            let key = line.keys.inventory
            if position == nil, positions[key] == nil {
                positions[key] = inventories.count
                inventories.append(
                    InventoryNode(
                        id: nil, code: line.inventory, name: "", state: "", isRegistered: false))
            }
            inventories[position ?? positions[key, default: 0]].place(line)
        }
    }

    private(set) var fonds: [FondsNode]
    private(set) var below: [[Int]]
    /// Deeper than any agency's ladder; a ring that was forged ends there too.
    private static let deepest = 64

    init(_ catalog: Catalog, asOf day: CivilDate) throws {
        let lines = try catalog.lines(.fonds, asOf: day).sorted {
            NaturalOrder.isBefore($0.code, $1.code)
        }
        fonds = lines.map {
            FondsNode(id: $0.id, code: $0.code, name: $0.name, state: $0.state, isRegistered: true)
        }
        below = []
        let positions = Dictionary(lines.enumerated().map { ($1.unit, $0) }) { first, _ in first }
        let ids = Dictionary(
            lines.enumerated().compactMap { item in item.element.id.map { ($0, item.offset) } }
        ) {
            first, _ in first
        }
        for (index, line) in lines.enumerated() {
            fonds[index].above = line.above.flatMap { ids[$0] }
        }
        try sort(catalog, positions, ids, day)
        for index in fonds.indices { fonds[index].putLooseFirst() }
        sum()
    }

    /// What stands at the top: fonds that no other is above of.
    var roots: [Int] { fonds.indices.filter { fonds[$0].above == nil } }

    /// Where a registered fonds stands.
    func index(of id: ObjectIdentifier?) -> Int? {
        id.flatMap { id in fonds.firstIndex { $0.id == id } }
    }

    private mutating func sort(
        _ catalog: Catalog, _ positions: [Int64: Int], _ ids: [ObjectIdentifier: Int],
        _ day: CivilDate
    ) throws {
        let fondsUnits = try catalog.unitsByCode(.fonds)
        let inventoryUnits = try catalog.unitsByCode(.inventory)
        var inventories: [Int64: (fonds: Int, position: Int)] = [:]
        let lines = try catalog.lines(.inventory, asOf: day).sorted {
            NaturalOrder.isBefore($0.code, $1.code)
        }
        for line in lines {
            guard let index = line.above.flatMap({ ids[$0] }) else { continue }
            inventories[line.unit] = (index, fonds[index].inventories.count)
            fonds[index].add(
                InventoryNode(
                    id: line.id, code: line.code, name: line.name, state: line.state,
                    isRegistered: true,
                    series: line.series.map {
                        SeriesNode(code: $0.code, name: $0.name, isRegistered: true)
                    }))
        }
        var unregistered: [String: Int] = [:]
        for line in try catalog.tally() {
            let unit = fondsUnits[CodeHolder(key: line.keys.fonds, fonds: nil)]
            let known = unit.flatMap { positions[$0] } ?? unregistered[line.keys.fonds]
            let index = known ?? fonds.count
            if known == nil {
                unregistered[line.keys.fonds] = index
                fonds.append(
                    FondsNode(id: nil, code: line.fonds, name: "", state: "", isRegistered: false))
            }
            let holder = CodeHolder(key: line.keys.inventory, fonds: fonds[index].id)
            let registered = inventoryUnits[holder].flatMap { inventories[$0] }
            fonds[index].place(
                line, inInventory: registered?.fonds == index ? registered?.position : nil)
        }
    }

    private mutating func sum() {
        below = Array(repeating: [], count: fonds.count)
        for index in fonds.indices {
            let own = fonds[index].own
            var step: Int? = index
            var count = 0
            while let place = step, count < Self.deepest, count == 0 || place != index {
                fonds[place].total.add(own)
                step = fonds[place].above
                count += 1
            }
            // In a ring nobody is above: each would else be hidden below the others.
            if step != nil { fonds[index].above = nil }
            if let above = fonds[index].above { below[above].append(index) }
        }
    }
}

extension HoldingTree.SeriesNode {
    var holding: HoldingCount { lines.reduce(into: HoldingCount()) { $0.add(HoldingCount($1)) } }
}
