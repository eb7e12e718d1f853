/// A line of text that is a row of a table: its cells parted by tabs, or by `|` from the line's beginning to its end.
///
/// A cell is empty where nothing stands between two borders. Tabs at the ends of a line come as spaces, one for each; so many
/// columns may be empty there.
struct TableRow {
  /// The cells, as ranges of bytes without white space around them.
  let cells: [Range<Int>]
  /// How many spaces stand before the first cell, and behind the last.
  let spacesBefore: Int
  let spacesBehind: Int

  /// A row has at most so many bytes.
  static let longestByteCount = 4096

  /// How many columns the row has, if every space at its ends was a tab.
  var columnCount: Int { spacesBefore + cells.count + spacesBehind }

  /// The row on a line of the text, or nil if the line is none.
  init?(_ text: [UInt8], _ line: Range<Int>) {
    guard line.count <= Self.longestByteCount else { return nil }
    let ink = Self.trim(text, line)
    guard let first = ink.first else { return nil }
    let isPiped = text[first] == UInt8(ascii: "|")
    let border = isPiped ? UInt8(ascii: "|") : 0x09
    var inside = ink
    if isPiped {
      guard ink.count > 2, text[ink.upperBound - 1] == border, text[ink.upperBound - 2] != UInt8(ascii: "\\") else {
        return nil
      }
      inside = ink.lowerBound + 1..<ink.upperBound - 1
    }
    var cells: [Range<Int>] = []
    var start = inside.lowerBound
    for index in inside where text[index] == border && !(isPiped && text[index - 1] == UInt8(ascii: "\\")) {
      cells.append(Self.trim(text, start..<index))
      start = index + 1
    }
    cells.append(Self.trim(text, start..<inside.upperBound))
    guard cells.count > 1 else { return nil }
    self.cells = cells
    spacesBefore = isPiped ? 0 : ink.lowerBound - line.lowerBound
    spacesBehind = isPiped ? 0 : line.upperBound - ink.upperBound
  }

  /// Whether the row is the line of `---` below the heads of a table in Markdown.
  func isDelimiter(in text: [UInt8]) -> Bool {
    cells.allSatisfy { cell in
      text[cell].contains(UInt8(ascii: "-"))
        && text[cell].allSatisfy { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0 == 0x20 }
    }
  }

  /// The range without the white space at its ends.
  private static func trim(_ text: [UInt8], _ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end {
      if isSpace(text[start]) {
        start += 1
      } else if start + 3 <= end, isWideSpace(text, start) {
        start += 3
      } else {
        break
      }
    }
    while start < end {
      if isSpace(text[end - 1]) {
        end -= 1
      } else if end - 3 >= start, isWideSpace(text, end - 3) {
        end -= 3
      } else {
        break
      }
    }
    return start..<end
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// U+3000.
  private static func isWideSpace(_ text: [UInt8], _ index: Int) -> Bool {
    text[index] == 0xE3 && text[index + 1] == 0x80 && text[index + 2] == 0x80
  }
}
