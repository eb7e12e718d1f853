import Bulletins
import FoundationEssentials
import SystemIO

/// A file to be read.
struct SourceFile: Equatable {
  /// The path by which it is opened.
  let openPath: String
  /// The path by which its documents are known, normalised.
  let path: String
  /// How it is read.
  let format: SourceFormat
  /// Its size when it was found.
  let byteCount: UInt64
}

/// The files that a person's paths lead to.
struct SourceFiles: Equatable {
  /// The files, in the order of the paths; those of a folder in the order of their names' bytes.
  private(set) var files: [SourceFile] = []
  /// How many files in folders have names of no known format.
  private(set) var skippedCount = 0
  /// The files' sizes together.
  var byteCount: UInt64 { files.reduce(0) { $0 + $1.byteCount } }

  private var known: Set<[UInt8]> = []  // as bytes: two spellings that Unicode calls equal are two files

  /// Walks `paths`: files as they are, folders with all folders in them.
  ///
  /// Hidden files and folders are left out, and so are symbolic links to folders inside of folders, which might lead in a
  /// circle. A file that is reached twice counts once.
  ///
  /// - Throws: ``ToolError`` for a path that leads nowhere, to a file of no known format, or to what cannot be read.
  init(walking paths: [String]) throws(ToolError) {
    do {
      for path in paths { try take(path) }
    } catch let error as SystemError {
      throw ToolError(unreadable: error)
    } catch let error as ToolError {
      throw error
    } catch {
      throw ToolError("\(error)")
    }
  }

  /// `.txt, .md or .jsonl`.
  static var knownExtensions: String {
    let extensions = SourceFormat.allCases.flatMap(\.fileExtensions).map { "." + $0 }
    return extensions.dropLast().joined(separator: ", ") + " or " + (extensions.last ?? "")
  }

  private mutating func take(_ path: String) throws {
    let normalized = DocumentPath.normalized(path)
    switch try FileSystem.kind(path) {
    case .directory: try walk(path, known: normalized)
    case .file:
      guard let format = SourceFormat(path: path) else {
        throw ToolError("\(path): not a \(Self.knownExtensions) file; nothing was changed")
      }
      try append(openPath: path, path: normalized, format: format)
    case .other: throw ToolError("\(path): neither a file nor a folder; nothing was changed")
    case nil: throw ToolError("\(path): no such file or folder; nothing was changed")
    }
  }

  private mutating func walk(_ folder: String, known path: String) throws {
    for name in try FileSystem.entries(of: folder) where !name.hasPrefix(".") {
      let inner = DocumentPath.appending(name, to: folder)
      let innerPath = DocumentPath.appending(name, to: path)
      switch try FileSystem.kind(inner) {
      case .directory where !Self.isSymbolicLink(inner): try walk(inner, known: innerPath)
      case .directory, .other: skippedCount += 1
      case .file:
        if let format = SourceFormat(path: name) {
          try append(openPath: inner, path: innerPath, format: format)
        } else {
          skippedCount += 1
        }
      case nil: throw ToolError("\(inner): a link that leads nowhere; nothing was changed")
      }
    }
  }

  private mutating func append(openPath: String, path: String, format: SourceFormat) throws {
    guard known.insert(Array(path.utf8)).inserted else { return }
    let byteCount = try FileSystem.byteCount(openPath)
    files.append(SourceFile(openPath: openPath, path: path, format: format, byteCount: byteCount))
  }

  private static func isSymbolicLink(_ path: String) -> Bool {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
  }
}
