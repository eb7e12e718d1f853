/// Where the lines of a text stand in the file that it was taken from.
struct LineMap: Sendable, Equatable {
  /// For each line of the text its first and last line in the file, both counted from 1; rising.
  private(set) var lines: [ClosedRange<Int>] = []

  /// Adds the text's next line.
  mutating func append(_ lines: ClosedRange<Int>) { self.lines.append(lines) }

  /// The line of the file in which `line` of the text begins; a line behind the last is the last.
  func first(_ line: Int) -> Int { lines.isEmpty ? 1 : lines[min(max(line, 1), lines.count) - 1].lowerBound }

  /// The line of the file in which `line` of the text ends.
  func last(_ line: Int) -> Int { lines.isEmpty ? 1 : lines[min(max(line, 1), lines.count) - 1].upperBound }
}

extension SourceDocument {
  /// The same document with the lines of its file for those of its text; to be called last, when all is split.
  public func located() -> SourceDocument {
    guard let map = lineMap else { return self }
    var document = self
    document.startLine = map.first(startLine)
    document.endLine = max(document.startLine, map.last(endLine))
    document.warnings = warnings.map { warning in
      guard case .bulletin(var inside) = warning else { return warning }
      inside.line = map.first(inside.line)
      return .bulletin(inside)
    }
    document.lineMap = nil
    return document
  }
}
