import Records
package import SystemPackage

/// Where the parts of a batch lie: `<store>/evidence/<batch>/` (`docs/evidence.md`).
package struct BatchLayout: Hashable, Sendable {
    package let folder: FilePath

    package init(folder: FilePath) { self.folder = folder }

    /// A batch of a store by its number.
    package init(_ number: Int64, in evidence: FilePath) {
        folder = evidence.appending(Self.name(number))
    }

    /// The folder's name: `000001`.
    package static func name(_ number: Int64) -> String { CivilTime.padded(Int(number), 6) }

    /// Digests of every file of every version, in the tree's order.
    package var leaves: FilePath { folder.appending("leaves") }
    /// Digests of every file in another method; only a hash-tree renewal has it.
    package var files: FilePath { folder.appending("files") }
    package var profile: FilePath { folder.appending("profile") }
    package var readMe: FilePath { folder.appending("README.txt") }
    package var stamps: FilePath { folder.appending("stamps") }
    /// The token; a second authority's would be 0002.
    package var stamp: FilePath { stamps.appending("0001.tst") }

    /// Every name a batch's folder has.
    package static let names = ["README.txt", "leaves", "profile", "stamps"]
}
