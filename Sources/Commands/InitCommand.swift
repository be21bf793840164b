import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

/// `luutru init`: makes an archive.
struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Tạo kho lưu trữ · Make an archive.",
        discussion: HelpText.discussion(
            "Tạo cấu hình, danh mục, một bản lưu, khóa và chứng thư con dấu, phiếu khóa key-sheet.txt."
        ))

    @OptionGroup var common: CommonOptions
    @OptionGroup var passphrase: PassphraseOptions
    @OptionGroup var onToken: TokenOptions
    @OptionGroup var pin: PINOptions
    @Argument(help: "Thư mục mới hoặc rỗng · A new or empty folder.", completion: .directory)
    var folder: String
    @Option(name: .long, help: "Tên cơ quan · Name of the agency.") var agency: String
    @Option(name: .long, help: "Mã định danh cơ quan, ví dụ H61.12 · Code of the agency.")
    var agencyCode: String
    @Option(name: .long, help: "Mã phông · Code of the fonds.") var fondsCode: String
    @Option(name: .long, help: "Tên phông · Name of the fonds.") var fondsName: String
    @Option(name: .long, help: "Loại khóa con dấu · Kind of the seal's key: p256 | rsa3072.")
    var keyType: KeyType = .p256

    @Flag(
        name: .long,
        help: "Tạo cả nơi cấp dấu thời gian dùng thử · Also make a time-stamp authority for trials."
    )
    var trialTsa = false

    /// The kinds of seal key.
    enum KeyType: String, ExpressibleByArgument, CaseIterable {
        case p256, rsa3072
    }

    func run() throws {
        try common.run { face in
            var request = Founding(
                root: FilePath(folder).absolute, agencyName: agency, agencyCode: agencyCode,
                fondsCode: fondsCode, fondsName: fondsName, usesRSA: keyType == .rsa3072,
                passphrase: try passphrase.passphrase(face))
            request.token = try onToken.choice()
            request.makesTrialAuthority = trialTsa
            let founded = try Archive.found(request, in: .machine(pin: pin.source(face)))
            let facts = [
                "archive": founded.archive.text, "path": founded.layout.root.string,
                "store": founded.store.string, "certificate": founded.layout.sealCertificate.string,
                "fingerprint": founded.fingerprint, "sheet": founded.layout.keySheet.string,
            ]
            let key =
                request.token != nil
                ? KeyPhrases.keyOnToken
                : request.passphrase == nil ? Phrases.keyUnprotected : Phrases.keyProtected
            face.give(
                "initialised", .object(facts.mapValues { .string($0) }),
                text: Phrases.initialised.text(face.language, facts) + "\n"
                    + key.text(face.language))
            return .done
        }
    }
}
