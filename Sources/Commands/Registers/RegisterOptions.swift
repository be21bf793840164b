import ArgumentParser
import Console
import Records
import Repository

/// Days as the registers' commands take them.
enum RegisterDay {
    /// The day that was typed, where one was.
    static func parse(_ text: String?, _ option: String) throws -> CivilDate? {
        guard let text else { return nil }
        guard let date = CivilDate(text), date.day != nil else {
            throw ArchiveFailure(
                .usage, subject: option, ["detail": "\(option): YYYY-MM-DD, DD/MM/YYYY"])
        }
        return date
    }
}

/// From which day a change holds.
struct ChangeDayOptions: ParsableArguments {
    @Option(name: .long, help: "Có hiệu lực từ ngày, mặc định hôm nay · From a day, else today.")
    var from: String?
    @Flag(
        name: .long,
        help: "Sửa chỗ ghi sai của trạng thái cuối, từ ngày của nó · Correct the last state itself."
    )
    var correction = false

    func day() throws -> ChangeDay {
        guard let day = try RegisterDay.parse(from, "--from") else {
            return correction ? .correction : .today
        }
        guard !correction else {
            throw ArchiveFailure(
                .usage, subject: "--correction", ["detail": "--from | --correction"])
        }
        return .day(day)
    }
}

extension CommonOptions {
    /// Opens the named archive, tells what was finished or set aside, and signs the ledger over what the work entered.
    func write<Result>(
        _ face: Face, for purpose: Archive.Purpose = .writing, in world: World = .machine(),
        _ work: (Archive) throws -> Result
    ) throws -> Result {
        let archive = try Archive.open(archivePath(), in: world, for: purpose)
        if purpose == .reading { try Self.tellLag(of: archive, face) }
        for what in archive.recovered { face.note(Phrases.recovered, ["what": what]) }
        let result: Result
        do {
            result = try work(archive)
        } catch {
            archive.finishAfterFailure()
            // What was entered before the failure goes to the copies, unless the person wants to stop.
            if !archive.isInterrupted { StoreReport.syncNews(archive, face) }
            throw error
        }
        try archive.finish()
        WitnessReport.witnessIfDue(archive, face)
        StoreReport.syncNews(archive, face)
        return result
    }

    /// Opens the named archive to read in it, and says where its catalog may not know everything.
    func openToRead(_ face: Face) throws -> Archive {
        let archive = try Archive.open(archivePath(), in: .machine(), for: .reading)
        try Self.tellLag(of: archive, face)
        return archive
    }

    /// A catalog that is behind goes before the answers that it may make incomplete.
    private static func tellLag(of archive: Archive, _ face: Face) throws {
        guard let finding = try archive.catalogFinding() else { return }
        guard face.isJSON else { return face.note(finding.text(face.language)) }
        face.give("finding", finding.json(face.language), text: "")
    }
}
