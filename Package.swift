// swift-tools-version: 6.2
import PackageDescription

/// What every module of the project is built with. Each setting closes a door:
let strict: [SwiftSetting] = [
    .strictMemorySafety(),  // `unsafe` is written where it happens
    .enableUpcomingFeature("ExistentialAny"),  // dynamic dispatch is written where it happens
    .enableUpcomingFeature("MemberImportVisibility"),  // a file names every module it uses
    .enableUpcomingFeature("InternalImportsByDefault"),  // a dependency cannot leak through a declaration
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "seaward",
    products: [.executable(name: "seaward", targets: ["seaward"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(name: "CMaxMindDB", pkgConfig: "libmaxminddb", providers: [.apt(["libmaxminddb-dev"])]),
        .systemLibrary(name: "CPcap", pkgConfig: "libpcap", providers: [.apt(["libpcap-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
        .target(name: "CLinux"),
        .target(name: "Decoding", dependencies: [crypto, cryptoExtras], swiftSettings: strict),
        .target(name: "Monitoring", dependencies: ["Decoding"], swiftSettings: strict),
        .target(name: "Ledger", dependencies: ["Decoding", "Monitoring", grdb], swiftSettings: strict),
        .target(name: "Reporting", dependencies: ["Decoding", "Monitoring", "Ledger"], swiftSettings: strict),
        .target(name: "Packs", dependencies: ["Decoding", "Monitoring", "Yams"], swiftSettings: strict),
        .target(
            name: "Geography", dependencies: ["Decoding", "Monitoring", "CMaxMindDB"], swiftSettings: strict),
        .target(name: "Capture", dependencies: ["CLinux", "CPcap", "CZlib", "CZstd"], swiftSettings: strict),
        .target(
            name: "Alerting", dependencies: ["Decoding", "Monitoring", "Ledger", "CLinux", crypto],
            swiftSettings: strict),
        .executableTarget(
            name: "seaward",
            dependencies: [
                "Decoding", "Monitoring", "Packs", "Geography", "Capture", "Ledger", "Alerting", "Reporting", "CLinux",
                crypto, argumentParser,
            ],
            swiftSettings: strict),

        // Writes the large capture that scripts/benchmark reads; nothing else depends on it.
        .executableTarget(
            name: "capture-maker", dependencies: ["TestSupport", argumentParser], path: "Tests/Benchmarks/CaptureMaker",
            swiftSettings: strict),

        // Makes the ledger of a year for scripts/benchmark-ledger, and counts in one until it is killed, for a test.
        .executableTarget(
            name: "ledger-maker",
            dependencies: ["Decoding", "Monitoring", "Packs", "Ledger", "TestSupport", argumentParser],
            path: "Tests/Benchmarks/LedgerMaker", swiftSettings: strict),

        // Floods a monitor and checks its bounds, for scripts/flood; nothing else depends on it.
        .executableTarget(
            name: "flood", dependencies: ["Decoding", "Monitoring", "TestSupport", argumentParser],
            path: "Tests/Benchmarks/Flood", swiftSettings: strict),

        // Makes packets, DNS messages and hellos for the tests; no product depends on it.
        .target(
            name: "TestSupport", dependencies: ["Decoding", crypto, cryptoExtras], path: "Tests/TestSupport",
            swiftSettings: strict),
        .testTarget(name: "DecodingTests", dependencies: ["Decoding", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "MonitoringTests", dependencies: ["Decoding", "Monitoring", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "LedgerTests", dependencies: ["Decoding", "Monitoring", "Ledger", "TestSupport", "ledger-maker"],
            swiftSettings: strict),
        .testTarget(
            name: "PacksTests", dependencies: ["Decoding", "Monitoring", "Packs", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "GeographyTests", dependencies: ["Decoding", "Monitoring", "Geography", "TestSupport"],
            exclude: ["Databases"], swiftSettings: strict),
        .testTarget(name: "CaptureTests", dependencies: ["Capture", "CZlib", "CZstd"], swiftSettings: strict),
        .testTarget(
            name: "AlertingTests", dependencies: ["Decoding", "Monitoring", "Ledger", "Alerting", grdb],
            swiftSettings: strict),
        .testTarget(
            name: "ReportingTests", dependencies: ["Decoding", "Monitoring", "Ledger", "Reporting"],
            swiftSettings: strict),
        .testTarget(name: "EndToEndTests", dependencies: ["seaward"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
