package import ArgumentParser
import Console
import Glibc
import Repository

/// The root command.
package struct LuutruCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "luutru",
        abstract: "Lưu trữ hồ sơ điện tử lâu dài · Long-term archival of electronic records.",
        discussion: HelpText.exits, version: Software.text,
        subcommands: [
            InitCommand.self, PackageCommand.self, AmendCommand.self, DiffCommand.self,
            VerifyCommand.self, SearchCommand.self,
            ShowCommand.self,
            GetCommand.self, ProofCommand.self, AuditCommand.self, RepairCommand.self,
            DrillCommand.self, IncidentCommand.self, WatchCommand.self,
            CatalogCommand.self,
            StatusCommand.self,
            ListCommand.self, FondsCommand.self, InventoryCommand.self, AccessionCommand.self,
            MoveCommand.self, LinkCommand.self, LedgerCommand.self, KeyCommand.self,
            EvidenceCommand.self, StoreCommand.self, ExportCommand.self, ImportCommand.self,
            PagesCommand.self,
            TokenCommand.self,
        ])

    package init() {}

    /// Listens for signals, reads the command line and runs the command it names.
    package static func start() async {
        Interruption.listen()
        refuseBrokenArguments()
        await main()
    }

    /// Bytes that are no UTF-8 would be replaced unseen, and then sealed.
    private static func refuseBrokenArguments() {
        let arguments = CommandLine.unsafeArgv
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = arguments[index], String(validatingCString: argument) == nil else {
                continue
            }
            Face(language: .vietnamese, isJSON: false).note(
                "luutru: tham số thứ \(index) không phải UTF-8 · argument \(index) is not UTF-8 [LT-USAGE]"
            )
            Glibc.exit(ExitStatus.usage.rawValue)
        }
    }
}
