/// Numbers in the text exposition format of Prometheus, version 0.0.4: each name once, with its help and type.
struct MetricsText {
    private(set) var text = ""

    /// A value with the labels that tell it from others of its name.
    struct Sample {
        let labels: [(name: String, value: String)]
        let value: Int64

        init(_ value: Int64, _ labels: [(name: String, value: String)] = []) {
            self.value = value
            self.labels = labels
        }
    }

    /// Adds all samples of one name; a name without samples is left out.
    mutating func gauge(_ name: String, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        text += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n"
        for sample in samples {
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
            let braces = labels.isEmpty ? "" : "{" + labels.joined(separator: ",") + "}"
            text += "\(name)\(braces) \(sample.value)\n"
        }
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }
}
