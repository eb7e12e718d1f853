import SearchAPI

/// Tables for reading: columns as wide as their widest cells.
enum TextTable {
  /// The rows as lines, two spaces between columns and none at the end; the first `leftCount` columns are aligned left, the
  /// others right.
  static func aligned(_ rows: [[String]], leftCount: Int = 1) -> String {
    let columnCount = rows.map(\.count).max() ?? 0
    let widths = (0..<columnCount).map { column in
      rows.map { column < $0.count ? DisplayWidth.columns(of: $0[column]) : 0 }.max() ?? 0
    }
    return rows.map { row in
      let line = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - DisplayWidth.columns(of: cell))
        return column < leftCount ? cell + padding : padding + cell
      }.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }.joined(separator: "\n")
  }
}
