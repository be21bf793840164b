package import ArgumentParser
import Repository

/// The root command.
package struct LuutruCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "luutru",
        abstract: "Lưu trữ hồ sơ điện tử lâu dài · Long-term archival of electronic records.",
        discussion: HelpText.exits, version: Software.text,
        subcommands: [
            InitCommand.self, PackageCommand.self, AmendCommand.self, DiffCommand.self,
            VerifyCommand.self, SearchCommand.self,
            ShowCommand.self,
            GetCommand.self, AuditCommand.self, CatalogCommand.self, StatusCommand.self,
            ListCommand.self, FondsCommand.self, InventoryCommand.self, AccessionCommand.self,
            MoveCommand.self, LinkCommand.self, ExportCommand.self, ImportCommand.self,
            PagesCommand.self,
        ])

    package init() {}

    /// Listens for signals, reads the command line and runs the command it names.
    package static func start() {
        Interruption.listen()
        main()
    }
}
