// swift-tools-version: 6.2
import PackageDescription

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let collections = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let http1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(
    name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let posix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let ssl = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let tls = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")

// What `bankhook --version` names. The build has to be told: a manifest is cached, so asking git here
// would name a commit that is not the one being built.
let commit = Context.environment["BANKHOOK_COMMIT"] ?? ""

// The data flow, stage by stage: text → nodes → configuration → plan → apply → state.
// A target may import only what is listed here; CI builds with the import check as an error.
let stages: [Target] = [
    .systemLibrary(
        name: "CLibYAML", pkgConfig: "yaml-0.1",
        providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .target(name: "SourceText"),
    .target(name: "SystemCalls", dependencies: ["CBankhook"]),
    .target(name: "JSONSyntax"),
    .target(name: "YAMLSyntax", dependencies: ["CLibYAML", "SourceText"]),
    .target(name: "BankhookModel", dependencies: ["SourceText", crypto]),
    .target(
        name: "BankhookConfiguration",
        dependencies: ["BankhookModel", "SourceText", "SystemCalls", "YAMLSyntax"]),
    .target(name: "BankhookPlan", dependencies: ["BankhookModel", "SourceText"]),
    .target(
        name: "BankhookState",
        dependencies: ["BankhookModel", "JSONSyntax", "SystemCalls", crypto]),
    .target(name: "Git", dependencies: [subprocess]),
    .target(
        name: "BankhookGitStore",
        dependencies: ["BankhookModel", "BankhookState", "Git", "SystemCalls", crypto]),
    .target(
        name: "BankhookHistory",
        dependencies: ["BankhookModel", "BankhookState", "Git", "SystemCalls", crypto]),
    .target(
        name: "BankhookSavedPlan",
        dependencies: ["BankhookModel", "BankhookPlan", "BankhookState", "JSONSyntax"]),
    .target(
        name: "BankConnectAPI",
        dependencies: [
            "BankhookModel", "JSONSyntax", "SystemCalls", httpClient, http1, nio, posix, ssl,
        ]),
    .target(
        name: "BankhookApply",
        dependencies: [
            "BankConnectAPI", "BankhookModel", "BankhookPlan", "BankhookState", "SourceText", log,
        ]),
    .target(
        name: "LocalServer",
        dependencies: ["SystemCalls", hummingbird, hummingbirdCore, hummingbirdTLS, log, nio, ssl]
    ),
    .target(
        name: "BankhookDelivery",
        dependencies: [
            "BankConnectAPI", "BankhookModel", "JSONSyntax", "LocalServer", "SystemCalls",
            hummingbird, httpTypes, log, nio,
        ]),
    .target(
        name: "BankConnectEmulator",
        dependencies: [
            "LocalServer", "SourceText", asn1, collections, crypto, http1, httpClient, httpTypes,
            hummingbird, log, nio, posix, ssl, x509,
        ]),
    .target(
        name: "BankhookCommands",
        dependencies: [
            "BankConnectAPI", "BankConnectEmulator", "BankhookApply", "BankhookConfiguration",
            "BankhookDelivery", "BankhookGitStore", "BankhookHistory", "BankhookModel",
            "BankhookPlan",
            "BankhookSavedPlan",
            "BankhookState",
            "CBankhook", "Git", "JSONSyntax", "LocalServer", "SourceText", "SystemCalls",
            argumentParser, crypto,
            log,
        ]),
    .target(
        name: "CBankhook", cSettings: [.define("BANKHOOK_COMMIT", to: "\"\(commit)\"")]),
    .executableTarget(name: "bankhook", dependencies: ["BankhookCommands"]),
]

let tests: [Target] = [
    .target(
        name: "TestSupport",
        dependencies: [asn1, crypto, http1, nio, posix, ssl, subprocess, tls, x509],
        path: "Tests/TestSupport"),
    .target(
        name: "BranchTestSupport",
        dependencies: ["BankhookGitStore", "BankhookModel", "BankhookState", "SystemCalls"],
        path: "Tests/BranchTestSupport"),
    .testTarget(
        name: "TestSupportTests", dependencies: ["TestSupport", nio, posix, ssl, subprocess]),
    .testTarget(name: "SourceTextTests", dependencies: ["SourceText"]),
    .testTarget(name: "YAMLSyntaxTests", dependencies: ["SourceText", "YAMLSyntax"]),
    .testTarget(
        name: "BankConnectEmulatorTests",
        dependencies: [
            "BankConnectEmulator", "LocalServer", crypto, hummingbird, hummingbirdTesting,
            httpTypes, log, nio,
        ]),
    .testTarget(
        name: "BankConnectAPITests",
        dependencies: [
            "BankConnectAPI", "BankhookModel", "SourceText", "TestSupport", httpClient, nio, posix,
            ssl,
        ]),
    .testTarget(
        name: "BankhookApplyTests",
        dependencies: [
            "BankConnectAPI", "BankhookApply", "BankhookModel", "BankhookPlan", "BankhookState",
            "SourceText", "SystemCalls", "TestSupport",
        ]),
    .testTarget(
        name: "LocalServerTests",
        dependencies: ["LocalServer", hummingbird, hummingbirdTesting, log, nio, posix]),
    .testTarget(
        name: "BankhookDeliveryTests",
        dependencies: [
            "BankConnectAPI", "BankhookDelivery", "BankhookModel", "JSONSyntax", "LocalServer",
            "SystemCalls", "SourceText", "TestSupport", log,
        ]),
    .testTarget(
        name: "BankhookCommandsTests",
        dependencies: [
            "BankConnectAPI", "BankhookCommands", "BankhookConfiguration", "BankhookHistory",
            "BankhookModel", "BankhookPlan", "JSONSyntax", "SourceText",
        ], exclude: ["Snapshots"]),
    .testTarget(
        name: "BankhookConfigurationTests",
        dependencies: ["BankhookConfiguration", "BankhookModel", "SourceText", "TestSupport"]),
    .testTarget(name: "BankhookModelTests", dependencies: ["BankhookModel", "SourceText"]),
    .testTarget(
        name: "BankhookPlanTests", dependencies: ["BankhookModel", "BankhookPlan", "SourceText"]),
    .testTarget(
        name: "BankhookStateTests",
        dependencies: [
            "BankhookModel", "BankhookState", "JSONSyntax", "SourceText", "SystemCalls",
            "TestSupport", crypto,
        ]),
    .testTarget(
        name: "SimulationTests",
        dependencies: [
            "BankConnectAPI", "BankhookApply", "BankhookGitStore", "BankhookModel",
            "BankhookPlan", "BankhookState", "BranchTestSupport", "SourceText", "SystemCalls",
        ]),
    .testTarget(
        name: "BankhookGitStoreTests",
        dependencies: [
            "BankhookGitStore", "BankhookModel", "BankhookState", "BranchTestSupport", "Git",
            "SourceText", "SystemCalls", "TestSupport",
        ]),
    .testTarget(
        name: "BankhookHistoryTests",
        dependencies: [
            "BankhookHistory", "BankhookModel", "BankhookState", "Git", "TestSupport",
        ]),
    .testTarget(name: "GitTests", dependencies: ["Git", "SystemCalls", "TestSupport"]),
    .testTarget(
        name: "BankhookSavedPlanTests",
        dependencies: [
            "BankhookModel", "BankhookPlan", "BankhookSavedPlan", "BankhookState", "JSONSyntax",
            "SourceText",
        ]),
    .testTarget(name: "JSONSyntaxTests", dependencies: ["JSONSyntax"]),
    // What must hold for any input. Tests/Fuzz/run.sh builds it under the address sanitizer.
    .target(
        name: "FuzzProperties",
        dependencies: [
            "BankhookConfiguration", "BankhookModel", "BankhookState", "JSONSyntax", "SourceText",
            "YAMLSyntax",
        ],
        path: "Tests/FuzzProperties"),
    .testTarget(name: "FuzzPropertiesTests", dependencies: ["FuzzProperties"]),
    .testTarget(
        name: "EndToEndTests",
        dependencies: [
            "BankhookGitStore", "BankhookModel", "BankhookSavedPlan", "BankhookState", "Git",
            "JSONSyntax", "TestSupport", "bankhook", http1, httpClient, nio, ssl, subprocess,
            system,
        ]),
]

let package = Package(
    name: "bankhook",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "bankhook", targets: ["bankhook"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.0"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0",
            // None of its traits: they bring full Foundation with ICU, 44 MB of the binary.
            traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: stages + tests,
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
}
