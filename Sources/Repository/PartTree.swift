import Records

/// All links of parts to their wholes at once: which of them go round is found in one walk over them.
struct PartTree {
    /// A record by its place among those met.
    private var places: [LinkResolution.Node: Int] = [:]
    private var wholes: [[Int]] = []
    private var links: [(source: LinkResolution.Node, part: Int, whole: Int, link: Link)] = []

    /// Adds that a record is part of another.
    mutating func add(
        _ link: Link, from source: LinkResolution.Node, to target: LinkResolution.Node
    ) {
        let (part, whole) = (place(of: source), place(of: target))
        wholes[part].append(whole)
        links.append((source, part, whole, link))
    }

    /// Links whose two ends contain each other, in the order in which they were added.
    var circular: [(LinkResolution.Node, Link)] {
        let rings = rings()
        return links.filter { rings[$0.part] == rings[$0.whole] }.map { ($0.source, $0.link) }
    }

    private mutating func place(of node: LinkResolution.Node) -> Int {
        if let place = places[node] { return place }
        let place = wholes.count
        places[node] = place
        wholes.append([])
        // A document is part of its dossier without any link.
        if node.ordinal != nil {
            let dossier = self.place(of: .init(object: node.object, ordinal: nil))
            wholes[place].append(dossier)
        }
        return place
    }

    /// Of each record the ring it is in: records that contain each other share one (Tarjan 1972, without recursion).
    private func rings() -> [Int] {
        var number = [Int](repeating: -1, count: wholes.count)
        var low = number
        var ring = number
        var open: [Int] = []
        var count = 0
        for start in wholes.indices where number[start] < 0 {
            var path = [(place: start, next: 0)]
            while let (place, next) = path.last {
                if number[place] < 0 {
                    number[place] = count
                    low[place] = count
                    count += 1
                    open.append(place)
                }
                if next < wholes[place].count {
                    path[path.count - 1].next += 1
                    let whole = wholes[place][next]
                    if number[whole] < 0 {
                        path.append((whole, 0))
                    } else if ring[whole] < 0 {
                        low[place] = min(low[place], number[whole])
                    }
                    continue
                }
                path.removeLast()
                if let part = path.last { low[part.place] = min(low[part.place], low[place]) }
                guard low[place] == number[place] else { continue }
                while let last = open.popLast() {
                    ring[last] = place
                    if last == place { break }
                }
            }
        }
        return ring
    }
}
