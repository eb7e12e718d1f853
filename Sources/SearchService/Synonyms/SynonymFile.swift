public import InvertedIndex
import SystemIO

/// A file of synonyms that takes the place of the list that comes with the program.
public struct SynonymFile: Sendable {
  /// Why a file could not be taken.
  public struct ReadError: Error, Equatable, CustomStringConvertible {
    /// One sentence, with the file's path and, where it is not well formed, the line.
    public let description: String
  }

  /// Where it is.
  public let path: String

  /// A file has at most so many bytes.
  public static let largestByteCount: UInt64 = 64 << 20

  /// The file at `path`.
  public init(path: String) { self.path = path }

  /// What the file says now.
  public func table() throws(ReadError) -> SynonymTable {
    guard let text = String(validating: try bytes(), as: UTF8.self) else {
      throw ReadError(description: "\(path): is not UTF-8.")
    }
    do throws(SynonymTable.FormatError) {
      return try SynonymTable(text)
    } catch {
      throw ReadError(description: "\(path):\(error.line): \(error.reason).")
    }
  }

  private func bytes() throws(ReadError) -> [UInt8] {
    let byteCount: UInt64
    do throws(SystemError) {
      byteCount = try FileSystem.byteCount(path)
      if byteCount <= Self.largestByteCount {
        return try InputFile(opening: path).read(at: 0, count: Int(byteCount))
      }
    } catch {
      throw ReadError(description: "\(path): cannot be read (\(error.reason)).")
    }
    throw ReadError(description: "\(path): a file of synonyms has at most \(Self.largestByteCount >> 20) MB.")
  }
}
