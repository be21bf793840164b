import ArgumentParser
import Console
import Records
import Repository

/// `luutru catalog`: the index, which can always be made again from the store.
struct CatalogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalog", abstract: "Danh mục · The catalog.", discussion: HelpText.exits,
        subcommands: [Rebuild.self, Check.self])

    /// `luutru catalog rebuild`: makes the whole catalog again from the store.
    struct Rebuild: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rebuild",
            abstract: "Dựng lại danh mục từ bản lưu · Make the catalog from the store.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions

        func run() throws {
            try common.run { face in
                let counts = try Archive.rebuildCatalog(common.archivePath(), in: .machine())
                let facts = [
                    "dossiers": String(counts.dossiers), "documents": String(counts.documents),
                    "entries": String(counts.entries),
                ]
                face.give(
                    "rebuilt",
                    [
                        "dossiers": .number(counts.dossiers),
                        "documents": .number(counts.documents),
                        "entries": .number(counts.entries),
                        "findings": .array(counts.findings.map { $0.json(face.language) }),
                    ],
                    text: ([Phrases.catalogRebuilt.text(face.language, facts)]
                        + counts.findings.map { $0.text(face.language) }).joined(separator: "\n"))
                return counts.findings.isEmpty ? .done : .findings
            }
        }
    }

    /// `luutru catalog check`: says every difference between catalog and store.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "So danh mục với bản lưu · Compare the catalog with the store.",
            discussion: HelpText.discussion(""))

        @OptionGroup var common: CommonOptions

        func run() throws {
            try common.run { face in
                let findings = try Archive.checkCatalog(common.archivePath(), in: .machine())
                let head =
                    findings.isEmpty
                    ? Phrases.catalogEqual.text(face.language)
                    : Phrases.catalogDifferent.text(
                        face.language, ["count": String(findings.count)])
                face.give(
                    "catalog",
                    [
                        "isEqual": .boolean(findings.isEmpty),
                        "findings": .array(findings.map { $0.json(face.language) }),
                    ],
                    text: ([head] + findings.map { $0.text(face.language) }).joined(separator: "\n")
                )
                return findings.isEmpty ? .done : .findings
            }
        }
    }
}
