import Files
import Glibc
import Records
import Storage
import SystemPackage
import Testing

@Suite struct RootInspectionTests {
    private let sample: SampleStore
    private var objects: FilePath { sample.store.layout.objects }

    init() throws { sample = try SampleStore() }

    @Test func `finds nothing wrong with a root as it was made`() throws {
        #expect(try sample.rootFindings() == [])
    }

    @Test func `finds every changed byte, cut, addition and loss of the root's files`() throws {
        let codes: [FindingCode] = [.rootDeclarationWrong, .rootLayoutWrong, .rootExtensionWrong]
        for ((name, text), code) in zip(StorageRoot.files, codes) {
            let file = objects.appending(name)
            let good = Array(text.utf8)
            var wrong = [Array(good.dropLast()), good + [0x0A], []]
            for place in good.indices {
                wrong.append(good)
                wrong[wrong.count - 1][place] ^= 0x01
            }
            for damaged in wrong {
                try sample.rewrite(file, damaged)
                #expect(try sample.rootFindings() == [code])
            }
            try sample.volume.remove(file)
            #expect(try sample.rootFindings().contains(code))
            mkfifo(file.string, 0o644)
            #expect(try sample.rootFindings().contains(code))
            try sample.volume.remove(file)
            try sample.volume.makeFolder(file, permissions: .everybodyEnters)
            #expect(try sample.rootFindings().contains(code))
            try sample.volume.removeFolder(file)
            try sample.rewrite(file, good)
        }
    }

    @Test func `tells what is strange in a root that is given file by file`() throws {
        let own = "ocfl/" + sample.receipt.folder
        let tuple = own.split(separator: "/").dropLast().joined(separator: "/")
        let layout = "ocfl/extensions/" + StorageRoot.extensionName
        let right =
            StorageRoot.files.map { "ocfl/" + $0.path } + [
                own + "/inventory.json", own + "/v1/content/a", own + "/strange",
                // What consoles make to show a folder.
                "ocfl/", "ocfl/extensions/", layout + "/", "ocfl/0a1/", tuple + "/", own + "/",
            ]
        var root = RemoteRoot()
        for path in right {
            let finding = root.finding(of: path)
            #expect(finding == nil, "\(path)")
        }

        let astray = "ocfl/000/000/000/" + String(own.split(separator: "/")[4])
        let cases: [(path: String, strange: String)] = [
            ("ocfl/loose.txt", "ocfl/loose.txt"), ("ocfl/0a1", "ocfl/0a1"),
            ("ocfl/strange/a/b", "ocfl/strange"), ("ocfl/ABC/000/000/x/y", "ocfl/ABC"),
            (tuple + "/ddd", tuple + "/ddd"), (own, own), ("ocfl/000/x", "ocfl/000/x"),
            (astray + "/inventory.json", astray), (tuple + "/strange/v1/a", tuple + "/strange"),
            ("ocfl/0=ocfl_1.1/a", "ocfl/0=ocfl_1.1/a"), ("ocfl/extensions", "ocfl/extensions"),
            ("ocfl/extensions/0001/a/b", "ocfl/extensions/0001"), (layout, layout),
            (layout + "/strange/a", layout + "/strange"),
            (layout + "/config.json/a", layout + "/config.json/a"),
        ]
        for (path, strange) in cases {
            var root = RemoteRoot()
            let finding = root.finding(of: path)
            let again = root.finding(of: path)
            #expect(finding?.code == .rootExtraFile && finding?.subject == strange, "\(path)")
            #expect(again == nil)
        }
    }

    @Test(arguments: [
        "strange", "000", "extensions/strange",
        "extensions/" + StorageRoot.extensionName + "/strange",
        "TUPLE/strange", "TUPLE", "0g0", "ABC",
    ])
    func `finds a strange file wherever it stands above the objects`(_ name: String) throws {
        let tuple = sample.receipt.folder.split(separator: "/").dropLast().joined(separator: "/")
        let place = name.replacing("TUPLE", with: String(tuple.prefix(7)))
        let path = objects.appending(place == String(tuple.prefix(7)) ? place + "/000" : place)

        try sample.volume.writeSynchronized([], to: path)
        #expect(try sample.rootFindings() == [.rootExtraFile])
        try sample.volume.remove(path)
        symlink(sample.folder.string, path.string)
        // A link where a folder above objects may stand would lead what is written elsewhere.
        let leads = ["000", "TUPLE"].contains(name)
        #expect(try sample.rootFindings() == [leads ? .storePlaceWrong : .rootExtraFile])
    }

    @Test func `finds empty folders that a crash left`() throws {
        try sample.volume.makeFolders(objects.appending("000/111/222"))

        #expect(try sample.rootFindings() == [.rootEmptyFolder])
    }

    @Test func `finds an object in another folder than its own`() throws {
        let name = sample.receipt.folder.split(separator: "/").last ?? ""
        try sample.volume.makeFolders(objects.appending("000/111/222"))
        try sample.volume.rename(sample.folder, to: objects.appending("000/111/222/\(name)"))
        try sample.store.removeEmptyFolders()

        #expect(try sample.rootFindings() == [.rootExtraFile])
    }

    @Test func `finds a folder that is no object's where objects stand`() throws {
        try sample.volume.makeFolders(objects.appending("000/111/222/strange"))

        #expect(try sample.rootFindings() == [.rootExtraFile])
    }

    @Test func `finds a link in the place of the extensions`() throws {
        let aside = sample.path.appending("aside")
        try sample.volume.rename(objects.appending("extensions"), to: aside)
        symlink(aside.string, objects.appending("extensions").string)

        #expect(try sample.rootFindings() == [.rootExtraFile])
    }

    @Test func `says when there is no root`() throws {
        try sample.volume.removeTree(objects)

        #expect(try sample.rootFindings() == [.objectMissing])
    }
}
