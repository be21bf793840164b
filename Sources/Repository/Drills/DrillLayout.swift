import SystemPackage

/// Where things lie in the folder of a drill.
struct DrillLayout {
    let root: FilePath

    /// What was taken out of the archive.
    var export: FilePath { root.appending("ban-xuat") }
    /// The archive of the sandbox.
    var archive: FilePath { root.appending("kho-dien-tap") }
    /// Its second store.
    var copy: FilePath { root.appending("kho-ban-sao") }
    /// Documents that were given back.
    var restored: FilePath { root.appending("phuc-hoi") }
    /// What was put away to be put back later.
    var aside: FilePath { root.appending("tam") }
    var report: FilePath { root.appending("bien-ban.json") }
    var page: FilePath { root.appending("bien-ban.html") }
}
