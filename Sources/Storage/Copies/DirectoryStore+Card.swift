import Files
import SystemPackage

/// A disk may leave, or give its place to another one, while it is worked with: its card tells.
extension DirectoryStore {
    /// The same store, each of whose writing calls looks at the card first.
    package func bound(to card: StoreCard) -> any CopyStore {
        DirectoryStore(root: layout.root, volume: CardedVolume(volume, layout, card))
    }

    /// Fails as away where the card is not there, or is another store's.
    package func requireStanding() throws {
        guard let carded = volume as? CardedVolume else { return }
        do {
            try carded.requireCard(for: .status)
        } catch let failure where failure.errno == .operationNotSupportedByDevice {
            throw CopyStoreFailure(.away, subject: layout.root.string)
        }
    }

    /// The same, read past the cache; a disk that fails is away, too.
    package func requireAnswer() throws {
        guard let carded = volume as? CardedVolume else { return }
        do {
            try carded.requireAnswer()
        } catch let failure where failure.errno == .operationNotSupportedByDevice {
            throw CopyStoreFailure(.away, subject: layout.root.string)
        } catch {
            throw CopyStoreFailure(
                .away, subject: layout.root.string, error.errno.description)
        }
    }
}
