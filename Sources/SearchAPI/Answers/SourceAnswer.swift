/// `source`: where a document that came from a file stands.
public struct SourceAnswer: Codable, Equatable, Sendable {
  /// The file.
  public var path: String
  /// The first line, counted from 1.
  public var startLine: Int
  /// The last line, inclusive.
  public var endLine: Int

  private enum CodingKeys: String, CodingKey {
    case path
    case startLine = "start_line"
    case endLine = "end_line"
  }

  /// Names lines `startLine` to `endLine` of the file.
  public init(path: String, startLine: Int, endLine: Int) {
    self.path = path
    self.startLine = startLine
    self.endLine = endLine
  }
}
