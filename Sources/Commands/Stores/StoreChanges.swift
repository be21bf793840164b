import ArgumentParser
import Console
import Records
import Repository
import SystemPackage

extension StoreCommand {
    /// `luutru store add`: takes a store in.
    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Thêm kho bản sao · Take a store in.",
            discussion: HelpText.discussion(
                "Nơi đặt: thư mục trên một ổ đĩa đã gắn, hoặc s3://thùng/tiền-tố."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Tên · Name: a-z0-9-.") var name: String
        @Argument(help: "Thư mục hoặc s3://… · Folder or s3://bucket/prefix.") var address: String
        @Option(name: .long, help: "copy | vault.") var role = "copy"
        @Option(name: .long, help: "disk | object | tape | removable.") var medium: String
        @Option(name: .long, help: "Nơi đặt, bằng lời · Where it stands.") var place: String
        @Option(name: .long, help: "S3: http(s)://….") var endpoint: String?
        @Option(name: .long, help: "S3: vùng · region.") var region: String?
        @Option(
            name: .long,
            help:
                "S3: tệp hai dòng, khóa truy cập và khóa bí mật · File with access and secret key.",
            completion: .file())
        var credentials: String?
        @Option(name: .long, help: "Số ngày khóa của vault · Days for which a vault locks.")
        var lockDays: Int?

        func run() throws {
            try common.run { face in
                let request = try request()
                let entry = try common.write(face) { try $0.addStore(request) }
                face.give(
                    "storeAdded",
                    [
                        "name": .string(entry.name), "id": .string(entry.store.text),
                        "at": .string(entry.location.text), "role": .string(entry.role.rawValue),
                    ],
                    text: CopyPhrases.added.text(
                        face.language,
                        [
                            "name": entry.name, "id": entry.store.text,
                            "at": SafeText.shown(entry.location.text),
                        ]))
                return .done
            }
        }

        private func request() throws -> StoreRequest {
            guard let role = StoreEntry.Role(rawValue: role) else {
                throw ArchiveFailure(.usage, subject: role, ["detail": "--role: copy | vault"])
            }
            guard let medium = StoreEntry.Medium(rawValue: medium) else {
                throw ArchiveFailure(
                    .usage, subject: medium,
                    ["detail": "--medium: disk | object | tape | removable"])
            }
            let isBucket = address.hasPrefix("s3://")
            var request = StoreRequest(
                name: name, address: isBucket ? address : FilePath(address).resolved.string,
                role: role, medium: medium, place: place)
            request.endpoint = endpoint
            request.region = region
            request.credentials = credentials.map { FilePath($0).absolute.string }
            request.lockDays = lockDays
            return request
        }
    }

    /// `luutru store retire`: takes a store out.
    struct Retire: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retire", abstract: "Ngừng dùng kho bản sao · Take a store out.",
            discussion: HelpText.discussion(
                "--to TÊN: chép sang kho ấy và đọc lại toàn bộ trước. Không xóa gì trong kho cũ."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Tên · Name.") var name: String
        @Option(name: .long, help: "Kho kế tục · The store that takes its place.") var to: String?
        @Option(name: .long, help: "Lý do · Reason.") var reason: String

        func run() throws {
            try common.run { face in
                let progress = Progress(face, total: nil, now: monotonicSeconds)
                defer { progress.finish() }
                let outcome = try common.write(face, for: .retiring(name)) { archive in
                    try archive.retireStore(
                        name, to: to, because: reason, progress: { progress.add(bytes: $0) })
                }
                progress.finish()
                StoreReport.give(outcome, to: face)
                if outcome.isRetired {
                    let lost = outcome.lastCopies + outcome.damagedEverywhere + outcome.lastFiles
                    return lost > 0 ? .findings : .done
                }
                return outcome.findings.containsErrors ? .findings : .incomplete
            }
        }
    }

    /// `luutru store promote`: makes a copy the primary store.
    struct Promote: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "promote",
            abstract: "Đưa bản sao lên làm kho chính · Make a copy primary.",
            discussion: HelpText.discussion(
                "Dùng khi kho chính đã mất hoặc sắp ngừng; máy còn ghi vào kho cũ sẽ bị từ chối."))

        @OptionGroup var common: CommonOptions
        @Argument(help: "Tên · Name.") var name: String
        @Option(name: .long, help: "Lý do · Reason.") var reason: String

        func run() throws {
            try common.run { face in
                let outcome = try Archive.promote(
                    common.archivePath(), name, because: reason, in: .machine())
                if let name = outcome.abandoned {
                    face.note(CopyPhrases.abandoned, ["name": name])
                }
                face.give(
                    "storePromoted",
                    [
                        "name": .string(outcome.name), "former": .string(outcome.former),
                        "epoch": .number(outcome.epoch),
                        "lacking": .number(Int64(outcome.lacking)),
                        "missing": .array(outcome.missing.map { .string($0.text) }),
                        "damaged": .number(Int64(outcome.damaged)),
                        "damagedFiles": .number(Int64(outcome.damagedFiles)),
                        "findings": .array(outcome.findings.map { $0.json(face.language) }),
                    ], text: StoreReport.text(outcome, face.language))
                for finding in outcome.told.flatMap(\.findings) {
                    face.note(finding.text(face.language))
                }
                let wrong = outcome.lacking + outcome.damaged + outcome.damagedFiles
                return wrong > 0 ? .findings : .done
            }
        }
    }
}
