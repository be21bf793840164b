import Commands

/// The program.
@main enum Program {
    static func main() async { await LuutruCommand.start() }
}
