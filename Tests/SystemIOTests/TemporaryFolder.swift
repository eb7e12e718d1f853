import Foundation
import SystemIO

/// A folder for one test, removed with everything in it when the test lets go of it.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = "/tmp/zilin-io-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  subscript(name: String) -> String { "\(path)/\(name)" }

  /// Puts a file with these bytes into the folder and returns its path.
  func file(_ name: String, _ bytes: [UInt8]) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: self[name]))
    return self[name]
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: self[name])))
  }

  /// How many of this process' descriptors lead into the folder.
  var openDescriptorCount: Int {
    let manager = FileManager.default
    let links = (try? manager.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return links.filter { link in
      (try? manager.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(link)"))?.hasPrefix(path) ?? false
    }.count
  }

  /// How many of this process' mappings are of files in the folder.
  var mappingCount: Int {
    guard let maps = try? LineReader(opening: "/proc/self/maps") else { return 0 }
    var count = 0
    while (try? maps.next { if String(decoding: $0, as: UTF8.self).contains(path) { count += 1 } }) == true {}
    return count
  }
}
