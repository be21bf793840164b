import Files
import SystemPackage

/// A disk may leave, or give its place to another one, while it is worked with: its card tells.
extension DirectoryStore {
    package func bound(to card: StoreCard) -> any CopyStore {
        DirectoryStore(root: layout.root, volume: CardedVolume(volume, layout, card))
    }

    package func requireStanding() throws {
        guard let carded = volume as? CardedVolume else { return }
        do {
            try carded.requireCard(for: .status)
        } catch let failure where failure.errno == .operationNotSupportedByDevice {
            throw CopyStoreFailure(.away, subject: layout.root.string)
        }
    }

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
