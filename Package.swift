// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// A target of ours: the import table of `docs/design.md` §3 is held by `LayerTests`.
func ours(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let asn1: Target.Dependency = .product(name: "SwiftASN1", package: "swift-asn1")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser", package: "swift-argument-parser")

let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(
    name: "UnixSignals", package: "swift-service-lifecycle")

let package = Package(
    name: "luutru",
    products: [.executable(name: "luutru", targets: ["luutru"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(
            url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CP11", pkgConfig: "libp11", providers: [.apt(["libp11-dev"])]),
        .systemLibrary(
            name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(name: "CQPDF", pkgConfig: "libqpdf", providers: [.apt(["libqpdf-dev"])]),
        ours("Containers", ["CArchive"]),
        .target(name: "CLanes"),
        ours("Cryptography", ["COpenSSL", "CP11", "CLanes"]),
        ours("XML", ["CXML"]),
        ours("Files", [system]),
        ours("Network", ["CCurl"]),
        ours("Records", []),
        ours("Policies", ["Records"]),
        ours("Readers", ["Records", yams]),
        .target(
            name: "Formats", dependencies: ["Records", "Files", "CQPDF", system],
            resources: [
                .embedInCode("Tables/accepted.tsv"), .embedInCode("Tables/signatures.tsv"),
            ],
            swiftSettings: settings),
        .target(
            name: "Evidence",
            dependencies: ["Records", "Files", "XML", "Cryptography", asn1, system],
            resources: [.embedInCode("Tables/algorithms.tsv")], swiftSettings: settings),
        ours("Dossiers", ["Records", "Policies", "Readers", "Formats", "Files", system]),
        ours("Bundles", ["Records", "Files", "XML", "Cryptography", "Containers", system]),
        ours("Storage", ["Records", "Files", "Cryptography", "Network", "XML", system]),
        ours("Cataloging", ["Records", grdb, sqlite]),
        ours(
            "Auditing",
            [
                "Records", "Files", "Bundles", "Storage", "Cryptography", system,
            ]),
        ours(
            "Retrieval",
            [
                "Records", "Files", "Bundles", "XML", "Cryptography", "Containers", "Evidence",
                system,
            ]),
        ours(
            "Repository",
            [
                "Records", "Policies", "Readers", "Formats", "Files", "Cryptography", "XML",
                "Containers", "Evidence", "Network",
                "Dossiers", "Bundles", "Storage", "Cataloging", "Auditing", "Retrieval", system,
            ]),
        ours("Console", ["Repository", "Records", "Policies"]),
        ours("Vigil", ["Repository", logging, lifecycle, signals, system]),
        ours(
            "Commands", ["Repository", "Console", "Vigil", "Records", "Files", arguments, system]),
        .executableTarget(name: "luutru", dependencies: ["Commands"], swiftSettings: settings),
        .executableTarget(
            name: "SearchClock", dependencies: ["Cataloging", "Records"],
            path: "Benchmarks/SearchClock", swiftSettings: settings),
        .executableTarget(
            name: "LedgerClock",
            dependencies: ["Files", "Formats", "Records", "Repository", system],
            path: "Benchmarks/LedgerClock", swiftSettings: settings),
        .target(
            name: "Rehearsal",
            dependencies: [
                "Cryptography", "Files", "Formats", "Network", "Records", "Repository", system,
            ],
            path: "Tests/Rehearsal", swiftSettings: settings),
        tests("LayerTests", []),
        tests("ContainersTests", ["Containers"]),
        tests("CatalogingTests", ["Cataloging", "Records", grdb]),
        tests("FormatsTests", ["Formats", "Records", "Files", system]),
        tests("CryptographyTests", ["Cryptography"]),
        tests("XMLTests", ["XML"]),
        tests("RecordsTests", ["Records"]),
        tests("FilesTests", ["Files", system]),
        tests("EvidenceTests", ["Evidence", "Cryptography", "Records", "Files", system]),
        tests(
            "StorageTests",
            ["Storage", "Cryptography", "Network", "Records", "Files", "Rehearsal", system]),
        tests(
            "AuditingTests",
            ["Auditing", "Cryptography", "Records", "Files", "Storage", "Rehearsal", system]),
        tests(
            "BundlesTests",
            ["Bundles", "Cryptography", "Records", "Files", "XML", "Rehearsal", system]),
        tests("ConsoleTests", ["Console", "Repository", "Records", "Storage"]),
        tests("PoliciesTests", ["Policies", "Records"]),
        tests("ReadersTests", ["Readers", "Records"]),
        tests(
            "RetrievalTests",
            [
                "Retrieval", "Containers", "Cryptography", "Records", "Files", "XML", "Rehearsal",
                system,
            ]),
        tests("DossiersTests", ["Dossiers", "Console", "Records", "Files", "Formats", system]),
        tests("CommandsTests", ["luutru", "Rehearsal", "Records", system]),
        tests(
            "RepositoryTests",
            [
                "Repository", "Auditing", "Bundles", "Cataloging", "Cryptography", "Evidence",
                "Storage", "Policies", "Retrieval", "Records", "Files", "Rehearsal", system,
            ]),
    ]
)
