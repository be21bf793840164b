import Cryptography
import Files
import Records
import Storage
import SystemPackage

extension Archive {
    /// A change of key whose run ended before its entry never was: what it left is set aside.
    func undoKeySwitch() throws {
        let change = KeySwitch(layout: layout, world: world)
        guard try world.volume.status(change.folder) != nil else { return }
        if let waiting = try change.waiting() {
            // Its key may be the only one that an entry adopted: such a change is only ever finished.
            guard try !policy.isAdopted(waiting.certificate) else { return }
            try setAsideUnentered(.configuration, waiting.configuration)
            try setAsideUnentered(.seal, waiting.certificate.pem)
        }
        try change.clear()
    }

    private func setAsideUnentered(_ kind: PolicyStore.Kind, _ expected: [UInt8]?) throws {
        let next = try policy.nextNumber(kind)
        for number in next...(next + (try policy.unfinished(kind)).count) {
            let file = PolicyFile(kind, number)
            let announcement = file.name + KeyAnnouncement.ending
            for name in [file.name, announcement] {
                let aside = objects.layout.policy.appending("." + name + ".aside")
                // A name aside was never the file.
                if try world.volume.status(aside) != nil { try world.volume.remove(aside) }
            }
            guard try policy.bytes(of: file.name) == expected, expected != nil else { continue }
            if kind == .seal, try policy.bytes(of: announcement) != nil {
                try setAside(announcement)
            }
            try setAside(file.name)
        }
    }
}
