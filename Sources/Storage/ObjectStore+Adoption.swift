import Files
package import Records
package import SystemPackage

extension ObjectStore {
    /// Where an object that comes from elsewhere is built before it is adopted.
    package func aside(for object: ObjectIdentifier) -> FilePath {
        layout.incoming.appending(object.fileName)
    }

    /// Takes a whole object that was built aside, with every version it has; it appears by one rename (invariant W2).
    package func adopt(_ object: ObjectIdentifier) throws {
        let target = folder(of: object)
        try requireFolders(of: object)
        guard try volume.status(target) == nil else {
            throw StorageFailure(.exists, subject: object.text)
        }
        try volume.makeDurableFolders(target.removingLastComponent())
        try volume.rename(aside(for: object), to: target)
        try volume.synchronizeFolder(target.removingLastComponent())
        try volume.synchronizeFolder(layout.incoming)
    }
}
