import Bundles
import Cryptography
import Records
import SystemPackage

/// Dossiers that were written into staging together and are kept in their order, with those rejected among them.
struct PackagingGroup {
    /// Enough to fill every lane again and again.
    private static let mostDossiers = 32
    /// Bytes in staging: what a dead run has to do again, and the room that it takes.
    private static let mostBytes: Int64 = 512 << 20

    /// One of them.
    enum Member {
        case given(PackageOutcome)
        case written(Written)
    }

    /// A dossier whose tar stands in staging.
    struct Written {
        let dossier: ExaminedDossier
        let bundle: WrittenBundle
        let staging: FilePath
        let seal: any SealSigner
    }

    private var members: [Member] = []
    private var count = 0
    private var bytes: Int64 = 0

    /// Whether dossiers are in staging and more may come to them, with so much room left on the disk.
    ///
    /// On a disk that is nearly full each is kept as it comes, so that as many as have room are archived.
    func waits(freeSpace: Int64) -> Bool {
        count > 0 && count < Self.mostDossiers && bytes < min(Self.mostBytes, freeSpace / 16)
    }

    var isEmpty: Bool { members.isEmpty }

    /// Whether a dossier of so many bytes fills no group with others.
    static func isTooLarge(_ bytes: Int64) -> Bool { bytes >= mostBytes }

    mutating func add(_ member: Member) {
        members.append(member)
        guard let written = member.written else { return }
        count += 1
        bytes += written.bundle.tarSize
    }

    /// Takes all of them out.
    mutating func takeAll() -> [Member] {
        defer { self = PackagingGroup() }
        return members
    }
}

extension PackagingGroup.Member {
    /// The dossier, where its tar stands in staging.
    var written: PackagingGroup.Written? {
        guard case .written(let written) = self else { return nil }
        return written
    }
}
