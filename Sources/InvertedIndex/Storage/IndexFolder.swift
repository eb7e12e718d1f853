import SystemIO

/// The names of an index's files and what is known of the folder.
struct IndexFolder: Sendable {
  /// The folder's path.
  let path: String

  /// The lock's path.
  var lockPath: String { path + "/lock" }
  /// The commit's path.
  var commitPath: String { path + "/commit" }
  /// Where a commit is written before it takes the commit's place.
  var newCommitPath: String { path + "/commit.new" }

  /// A segment's file, as in `0000002a.postings`.
  func segmentPath(_ segment: UInt64, _ kind: FileKind) -> String {
    "\(path)/\(Self.hexadecimal(segment)).\(kind.pathExtension)"
  }

  /// The delete marks that a commit wrote, as in `0000002a-00000007.deletes`.
  func deletesPath(_ segment: UInt64, generation: UInt64) -> String {
    "\(path)/\(Self.hexadecimal(segment))-\(Self.hexadecimal(generation)).\(FileKind.deletes.pathExtension)"
  }

  /// Names in the folder that an index may have made: segments, delete marks and unfinished commits.
  func ownNames() throws(IndexError) -> [String] {
    let names = try wrapping { () throws(SystemError) in try FileSystem.entries(of: path) }
    let extensions = Set(FileKind.allCases.filter { $0 != .commit }.map(\.pathExtension))
    return names.filter { name in
      guard name != "commit.new" else { return true }
      let parts = name.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, extensions.contains(String(parts[1])) else { return false }
      return parts[0].split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
        part.count >= 8 && part.utf8.allSatisfy { ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 102) }
      }
    }
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }
}
