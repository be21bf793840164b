import Files
import SystemPackage

/// A file that a person asked for: written aside, then given its name at once, and never over another file.
struct NewFile {
    private let path: FilePath
    private let volume: any Volume
    /// Names aside that other runs may hold at the same time.
    private static let mostRuns = 1000

    init(_ path: FilePath, volume: any Volume) throws {
        guard try volume.status(path) == nil else { throw DeliveryFailure.targetExists(path) }
        self.path = path
        self.volume = volume
    }

    /// Lets the body fill the file; after a failure nothing of it is left.
    func write<Result>(_ body: (any OpenFile) throws -> Result) throws -> Result {
        let (aside, file) = try open()
        do {
            let result = try body(file)
            try file.synchronize()
            try file.close()
            try publish(aside)
            try volume.synchronizeFolder(path.removingLastComponent())
            return result
        } catch {
            if try volume.status(aside) != nil { try volume.remove(aside) }
            throw error
        }
    }

    private func open() throws -> (FilePath, any OpenFile) {
        // Forty code points leave room for what is appended in a name of 255 bytes.
        let stem = "." + String((path.lastComponent?.string ?? "tep").unicodeScalars.prefix(40))
        for number in 1...Self.mostRuns {
            let aside = path.removingLastComponent().appending("\(stem).\(number).aside")
            if let file = try create(aside) { return (aside, file) }
        }
        throw DeliveryFailure.targetExists(path)
    }

    /// Makes the file; nil when another run, or one that was killed, has the name.
    private func create(_ aside: FilePath) throws(FileFailure) -> (any OpenFile)? {
        do {
            return try volume.create(aside, permissions: .everybodyReads)
        } catch {
            guard error.errno == .fileExists else { throw error }
            return nil
        }
    }

    private func publish(_ aside: FilePath) throws {
        do {
            try volume.link(aside, as: path)
        } catch {
            switch error.errno {
            case .fileExists: throw DeliveryFailure.targetExists(path)
            // A file system without second names: the look before the rename must do.
            case .notPermitted, .notSupported, .noFunction, .tooManyLinks:
                return try volume.rename(aside, to: path)
            default: throw error
            }
        }
        try volume.remove(aside)
    }
}
