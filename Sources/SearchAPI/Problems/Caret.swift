/// Points at a place in a query, for a terminal or any fixed-width type.
public enum Caret {
  /// Two lines: the query with its control characters as spaces, and a `^` under the scalar at `position`.
  ///
  ///     Caret.lines(under: 2, of: "公报\"")
  ///     // 公报"
  ///     //     ^
  ///
  /// A position beyond the end means the place after the last character.
  public static func lines(under position: Int, of query: String) -> String {
    var line = String.UnicodeScalarView()
    var columns = 0
    for (offset, scalar) in query.unicodeScalars.enumerated() {
      let isControl = scalar.properties.generalCategory == .control
      line.append(isControl ? " " : scalar)
      if offset < position { columns += isControl ? 1 : DisplayWidth.columns(of: scalar) }
    }
    return String(line) + "\n" + String(repeating: " ", count: columns) + "^"
  }
}
