import Files
package import Foundation
package import Repository
package import SystemPackage

/// A folder of a test's own, removed with its last reference.
package final class TestFolder {
    package let url: URL

    package init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "luutru-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The folder, or something in it.
    package func path(_ name: String = "") -> FilePath {
        name.isEmpty ? FilePath(url.path) : FilePath(url.path).appending(name)
    }

    /// Writes a file, with the folders above it.
    package func write(_ text: String, to name: String) throws {
        let file = URL(filePath: url.path + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    /// Makes an archive named `kho` in the folder.
    package func makeArchive(
        in world: World = TestWorld.make(), withTrialAuthority: Bool = false
    ) throws -> FilePath {
        var founding = Founding(
            root: path("kho"), agencyName: "UBND tỉnh Vĩnh Long", agencyCode: "H61.12",
            fondsCode: "H61.12",
            fondsName: "Phông UBND tỉnh Vĩnh Long", usesRSA: false, passphrase: nil)
        founding.makesTrialAuthority = withTrialAuthority
        return try Archive.found(founding, in: world).layout.root
    }

    /// Makes a small dossier of text documents; gives its folder.
    package func makeDossier(
        _ name: String = "ho-so", notation: String = "01.CĐS", documents: Int = 2
    ) throws -> FilePath {
        let yaml = """
            title: Hồ sơ về việc chuyển đổi số
            organId: H61.12
            fileCatalog: "2024"
            fileNotation: "\(notation)"
            maintenance: 20 năm
            mode: Công khai
            language: Tiếng Việt
            startDate: 01/01/2024
            endDate: 31/12/2024
            riskRecovery: "0"
            """
        try write(yaml, to: name + "/dossier.yaml")
        var rows = [
            "file,typeName,codeNumber,codeNotation,issuedDate,organName,subject,language,numberOfPage,mode"
        ]
        for number in 1...max(1, documents) {
            let file = "Văn bản \(number).txt"
            try write("Nội dung của văn bản số \(number)\n", to: name + "/" + file)
            rows.append(
                "\(file),02,\(number),QĐ-UBND,0\(number % 9 + 1)/03/2024,UBND tỉnh Vĩnh Long,"
                    + "Quyết định số \(number) về việc phê duyệt,01,1,01")
        }
        try write(rows.joined(separator: "\r\n") + "\r\n", to: name + "/documents.csv")
        return path(name)
    }
}

extension Archive {
    /// Opens an archive for writing, packages one folder and signs, as the command does.
    package static func package(
        _ folder: FilePath, into root: FilePath, in world: World
    ) throws -> PackageOutcome {
        let archive = try open(root, in: world, for: .writing)
        let outcome = try archive.packaging(
            identifier: nil, isDryRun: false, passphrase: nil, progress: { _ in }, fileDone: {}
        ).package(folder)
        try archive.finish()
        return outcome
    }
}
