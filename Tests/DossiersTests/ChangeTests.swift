import Dossiers
import Files
import Records
import SystemPackage
import Testing

struct ChangeTests {
    @Test(arguments: ["dossier.yaml", "documents.csv"])
    func `a list that changed since its examination stops the documents`(name: String) throws {
        let folder = try DossierFolder(SampleDossier())
        let closed = try #require(try folder.examine().closed)
        try folder.write(Array("file\n".utf8), to: name)

        var count = 0
        let failure = #expect(throws: DossierFailure.self) {
            try closed.forEachDocument { _ in count += 1 }
        }
        #expect(failure?.subject == name)
        #expect(failure?.reason == .listChanged)
        #expect(count == 0)
    }

    @Test func `a list that changes while documents are read is found at the end`() throws {
        let folder = try DossierFolder(SampleDossier())
        let closed = try #require(try folder.examine().closed)
        #expect(throws: DossierFailure.self) {
            try closed.forEachDocument { document in
                if document.ordinal == 2 {
                    try folder.write(Array("file\n".utf8), to: "documents.csv")
                }
            }
        }
    }

    @Test(arguments: ["dossier.yaml", "documents.csv"])
    func `a list that is gone since its examination stops the documents`(name: String) throws {
        let folder = try DossierFolder(SampleDossier())
        let closed = try #require(try folder.examine().closed)
        try DiskVolume().remove(folder.path.appending(name))

        var count = 0
        #expect(throws: (any Error).self) { try closed.forEachDocument { _ in count += 1 } }
        #expect(count == 0)
    }

    @Test func `gives the same documents each time`() throws {
        let folder = try DossierFolder(SampleDossier())
        let closed = try #require(try folder.examine().closed)
        var runs: [[DocumentFields]] = []
        for _ in 0..<2 {
            var fields: [DocumentFields] = []
            try closed.forEachDocument { fields.append($0.fields) }
            runs.append(fields)
        }
        #expect(runs[0] == runs[1])
        #expect(runs[0].count == closed.documentCount)
    }

    @Test(arguments: [Errno.permissionDenied, .ioError])
    func `a file that cannot be read is a finding`(reason: Errno) throws {
        let folder = try DossierFolder(SampleDossier())
        let volume = FailingVolume(name: "a.txt", reason: reason)
        let findings = try folder.examine(volume).findings
        #expect(findings.map(\.code) == [.sourceUnreadable])
        #expect(findings.first?.subject == "a.txt")
        #expect(findings.first?.facts["reason"] == reason.description)
    }

    @Test func `a folder that may not be read is a finding`() throws {
        let folder = try DossierFolder(SampleDossier())
        let volume = FailingVolume(name: "Phụ lục", reason: .permissionDenied)
        let findings = try folder.examine(volume).findings
        #expect(findings.map(\.code) == [.sourceUnreadable, .fileMissing])
        #expect(findings.first?.subject == "Phụ lục")
    }

    @Test(arguments: ["a.txt", "documents.csv", "dossier.yaml"])
    func `a machine without files left is an error, no fault of the dossier`(name: String) throws {
        let folder = try DossierFolder(SampleDossier())
        let volume = FailingVolume(name: name, reason: .tooManyOpenFiles)
        #expect(throws: FileFailure.self) { try folder.examine(volume) }
    }
}
