import Commands

/// The program.
@main enum Program {
    static func main() { LuutruCommand.start() }
}
