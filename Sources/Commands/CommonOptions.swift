import ArgumentParser
import Console
import Foundation
import Glibc
import Repository
import SystemPackage

/// What every command understands: where the archive is, which language, text or JSON Lines.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "Thư mục kho lưu trữ · The archive's folder (else LUUTRU_ARCHIVE).",
        completion: .directory)
    var archive: String?

    @Flag(name: .long, help: "Kết quả dạng JSON Lines · Results as JSON Lines (docs/json.md).")
    var json = false

    @Option(name: .long, help: "Ngôn ngữ · Language: vi | en.")
    var lang: LanguageOption?

    /// The two values of `--lang`.
    enum LanguageOption: String, ExpressibleByArgument, CaseIterable {
        case vi, en
    }

    var face: Face {
        let language =
            lang.map { $0 == .en ? Language.english : .vietnamese }
            ?? Language(environment: ProcessInfo.processInfo.environment)
        return Face(language: language, isJSON: json)
    }

    /// The archive that was named; a failure when none was.
    func archivePath() throws -> FilePath {
        guard let path = archivePathIfNamed else {
            throw ArchiveFailure(.notNamed, subject: "--archive")
        }
        return path
    }

    var archivePathIfNamed: FilePath? {
        let named = archive ?? ProcessInfo.processInfo.environment["LUUTRU_ARCHIVE"]
        return named.flatMap { $0.isEmpty ? nil : FilePath($0).absolute }
    }

    /// Runs the work of a command and ends the process with its exit status; failures are reported first.
    func run(_ work: (Face) throws -> ExitStatus) throws {
        let face = face
        let status: ExitStatus
        do {
            status = try work(face)
        } catch {
            let report = FailureReport(describing: error)
            face.fail(report)
            throw ExitCode(report.status.rawValue)
        }
        if Stream.hasLostResults {
            let failure = ArchiveFailure(.outputLost, subject: "stdout")
            face.fail(FailureReport(describing: failure))
            throw ExitCode(ExitStatus.failed.rawValue)
        }
        if status != .done { throw ExitCode(status.rawValue) }
    }
}

extension FilePath {
    /// The path from the root, resolved against the folder in which the command was typed.
    var absolute: FilePath {
        if isAbsolute { return lexicallyNormalized() }
        return FilePath(FileManager.default.currentDirectoryPath).pushing(self)
            .lexicallyNormalized()
    }

    /// The same without links, as far as it is there: what a store is named by must not be led elsewhere later.
    var resolved: FilePath {
        var rest: [FilePath.Component] = []
        var place = absolute
        while true {
            if let found = realpath(place.string, nil) {
                defer { free(found) }
                return FilePath(String(cString: found)).appending(rest.reversed())
            }
            guard let last = place.lastComponent else { return absolute }
            rest.append(last)
            place = place.removingLastComponent()
        }
    }
}
