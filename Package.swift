// swift-tools-version: 6.2
import PackageDescription

/// What every product target is compiled with; tests go without strict memory safety, since they bend bytes on purpose.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "zilin",
  products: [
    .executable(name: "searchd", targets: ["searchd"]),
    .executable(name: "searchctl", targets: ["searchctl"]),
    .library(name: "InvertedIndex", targets: ["InvertedIndex"]),
  ],
  dependencies: [],
  targets: [
    .target(name: "SystemIO", swiftSettings: settings),
    .target(name: "CJKTokenizer", swiftSettings: settings),
    .target(name: "InvertedIndex", dependencies: ["CJKTokenizer", "SystemIO"], swiftSettings: settings),
    .target(name: "Bulletins", dependencies: ["CJKTokenizer"], swiftSettings: settings),
    .target(name: "SearchAPI", swiftSettings: settings),
    .target(
      name: "SearchService", dependencies: ["Bulletins", "CJKTokenizer", "InvertedIndex", "SearchAPI", "SystemIO"],
      swiftSettings: settings),
    .executableTarget(
      name: "searchd", dependencies: ["InvertedIndex", "SearchAPI", "SearchService", "SystemIO"],
      swiftSettings: settings),
    .executableTarget(
      name: "searchctl",
      dependencies: ["Bulletins", "CJKTokenizer", "InvertedIndex", "SearchAPI", "SearchService", "SystemIO"],
      swiftSettings: settings),
    .testTarget(name: "SystemIOTests", dependencies: ["SystemIO"]),
    .testTarget(name: "CJKTokenizerTests", dependencies: ["CJKTokenizer"]),
    .testTarget(name: "InvertedIndexTests", dependencies: ["CJKTokenizer", "InvertedIndex", "SystemIO"]),
    .testTarget(name: "BulletinsTests", dependencies: ["Bulletins"]),
    .testTarget(name: "SearchAPITests", dependencies: ["SearchAPI"]),
    .testTarget(name: "SearchServiceTests", dependencies: ["InvertedIndex", "SearchAPI", "SearchService"]),
    .testTarget(name: "searchdTests", dependencies: ["InvertedIndex", "SearchAPI", "SystemIO", "searchd"]),
    .testTarget(
      name: "searchctlTests",
      dependencies: ["Bulletins", "InvertedIndex", "SearchAPI", "SearchService", "SystemIO", "searchctl"]),
  ]
)
