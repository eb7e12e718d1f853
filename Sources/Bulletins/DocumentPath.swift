/// Paths as keys of documents.
public enum DocumentPath {
  /// A path as a key: the path as typed, without what says nothing.
  ///
  /// Repeated slashes, `.` and a slash at the end go; `..` is resolved by the words alone, without asking the file
  /// system. A relative path stays relative. The path of nothing is `.`.
  ///
  ///     DocumentPath.normalized("./bulletins//2021/../a.txt")  // bulletins/a.txt
  ///     DocumentPath.normalized("../a/")                       // ../a
  ///     DocumentPath.normalized("/..")                         // /
  ///
  /// - Complexity: O(*n*) in the path's length.
  public static func normalized(_ path: String) -> String {
    let isAbsolute = path.utf8.first == UInt8(ascii: "/")
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part != ".." {
        parts.append(part)
      } else if let last = parts.last, last != ".." {
        parts.removeLast()
      } else if !isAbsolute {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    if isAbsolute { return "/" + joined }
    return joined.isEmpty ? "." : joined
  }

  /// The path of `name` inside the folder at `folder`, normalised when both are.
  public static func appending(_ name: String, to folder: String) -> String {
    switch folder {
    case ".": name
    case "/": "/" + name
    default: folder + "/" + name
    }
  }
}
