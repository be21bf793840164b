import Files
import SystemPackage

extension ObjectStore {
    /// Moves a staged file into an object that is built aside; staging may lie on another file system than the store.
    func move(_ parcel: Parcel, into folder: FilePath) throws {
        let target = folder.appending(parcel.name)
        do {
            try volume.rename(parcel.file, to: target)
        } catch let failure where failure.errno == .improperLink {
            // What a promoted store on a disk of its own is given is copied, and proved on the way.
            let copy = FileCopy(
                volume: volume, aside: target.aside, buffer: WorkBuffer(count: 1 << 20),
                progress: { _ in })
            _ = try copy.copy(parcel.file, expecting: parcel.sha512, to: target)
            try volume.remove(parcel.file)
        }
    }
}
