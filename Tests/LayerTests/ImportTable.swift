/// What each target may import, bottom up: the table of `docs/design.md` §3.
enum ImportTable {
    /// Free above layer 0.
    static let free: Set<String> = ["Foundation", "Synchronization", "Glibc", "Swift"]

    static let allowed: [String: Set<String>] = [
        "Containers": ["CArchive"],
        "Cryptography": ["COpenSSL", "CP11", "CLanes"],
        "XML": ["CXML"],
        "Files": ["SystemPackage"],
        "Network": ["CCurl"],
        "Records": [],
        "Policies": ["Records"],
        "Readers": ["Records", "Yams"],
        "Formats": [
            "Records", "Policies", "Readers", "Files", "Containers", "XML", "Cryptography", "CQPDF",
            "SystemPackage",
        ],
        "Evidence": ["Records", "Files", "XML", "Cryptography", "SwiftASN1", "SystemPackage"],
        "Dossiers": ["Records", "Policies", "Readers", "Formats", "Files", "SystemPackage"],
        "Bundles": ["Records", "Files", "XML", "Cryptography", "Containers", "SystemPackage"],
        "Storage": ["Records", "Files", "Cryptography", "Network", "XML", "SystemPackage"],
        "Cataloging": ["Records", "GRDB", "GRDBSQLite"],
        "Auditing": [
            "Records", "Policies", "Formats", "Files", "Bundles", "Storage", "Cataloging",
            "Evidence",
            "Cryptography", "SystemPackage",
        ],
        "Retrieval": [
            "Records", "Policies", "Files", "Bundles", "Storage", "Cataloging", "Evidence",
            "Containers", "XML",
            "Cryptography", "SystemPackage",
        ],
        "Repository": [
            "Records", "Policies", "Readers", "Formats", "Files", "Cryptography", "XML",
            "Containers", "Network",
            "Evidence", "Dossiers", "Bundles", "Storage", "Cataloging", "Auditing", "Retrieval",
            "SystemPackage",
        ],
        "Console": ["Repository", "Records", "Policies"],
        "Vigil": [
            "Repository", "ServiceLifecycle", "UnixSignals", "Logging", "Dispatch",
            "SystemPackage",
        ],
        "Commands": [
            "Repository", "Console", "Vigil", "Records", "Files", "ArgumentParser",
            "SystemPackage",
        ],
        "luutru": ["Commands"],
    ]
}
