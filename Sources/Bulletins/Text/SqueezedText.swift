/// A text as it is recognised: without white space, in one width, and still knowing its lines.
///
/// Extraction breaks words, titles and numbers at every line end and pads them with spaces, so that white space says next to
/// nothing: it is dropped, and only remembered as a ``Gap`` before the next character. Between two letters or digits one
/// space stays, and a tab between two cells stays as a tab. Full-width forms of ASCII become ASCII; everything else is as in
/// the text, and ``printed(_:)`` gives back what was printed.
///
///     SqueezedText("（岚\n\n政办发〔２０１９〕 10 号）").units  // (岚政办发〔2019〕10号)
struct SqueezedText: Sendable {
  /// What stood before a character.
  enum Gap: UInt8, Comparable, Sendable {
    case none, space, lineEnd, blankLine

    static func < (left: Gap, right: Gap) -> Bool { left.rawValue < right.rawValue }
  }

  /// A line that has characters.
  struct Line: Sendable {
    /// The line's number in the text, counted from 0; blank lines count.
    var number: Int
    /// Where its characters are among the units.
    var range: Range<Int>
    /// Where it is in the text's UTF-8, its line end left out.
    var bytes: Range<Int>
    /// Whether it is a row of a table, cells divided by tabs or vertical lines.
    var isTableRow: Bool
  }

  /// The text's characters in UTF-16.
  private(set) var units: [UInt16] = []
  /// What stood before each of ``units``.
  private(set) var gaps: [Gap] = []
  /// The lines that have characters.
  private(set) var lines: [Line] = []
  /// How many lines the text has; a line end at the very end begins no new one.
  private(set) var lineCount = 0
  private let utf8: [UInt8]
  /// Units whose offset in the UTF-8 is known, one every few hundred; white space stands before none of them.
  private var checkpoints: [(unit: Int, offset: Int)] = []

  /// - Complexity: O(*n*) in the length of the text.
  init(_ text: String) {
    self.init(utf8: Array(text.utf8))
  }

  /// Creates the text that `utf8`, well-formed UTF-8, holds.
  init(utf8: [UInt8]) {
    self.utf8 = utf8
    units.reserveCapacity(utf8.count / 2)
    gaps.reserveCapacity(utf8.count / 2)
    var lineStart = 0
    var gap = Gap.none
    while lineStart < utf8.count {
      let lineEnd = utf8[lineStart...].firstIndex(of: Byte.lineFeed) ?? utf8.count
      gap = appendLine(lineStart..<lineEnd, after: gap)
      lineCount += 1
      lineStart = lineEnd + 1
    }
  }

  private mutating func appendLine(_ bytes: Range<Int>, after gap: Gap) -> Gap {
    let previous = units.last ?? 0
    var start = units.count
    var isFirst = true
    var tabs = 0
    Self.walk(utf8, bytes) { scalar, folded, innerGap, offset in
      if isFirst {
        if previous.isWordCharacter && folded.isWordCharacter && scalar != 0x20 {
          units.append(0x20)
          gaps.append(gap)
        }
        start = units.count
      }
      if folded == "\t" { tabs += 1 }
      if innerGap == .none, units.count - (checkpoints.last?.unit ?? 0) >= Self.checkpointDistance, !isFirst {
        checkpoints.append((units.count, offset))
      }
      gaps.append(isFirst ? max(gap, innerGap) : innerGap)
      isFirst = false
      if scalar > 0xFFFF {
        units.append(UTF16.leadSurrogate(Unicode.Scalar(scalar) ?? "\u{10000}"))
        units.append(UTF16.trailSurrogate(Unicode.Scalar(scalar) ?? "\u{10000}"))
        gaps.append(.none)
      } else {
        units.append(folded)
      }
    }
    guard !isFirst else { return lines.isEmpty ? .none : gap < .lineEnd ? .lineEnd : .blankLine }
    let range = start..<units.count
    let isPipeRow = units[start] == "|" && units[(start + 1)...].contains { $0 == "|" }
    lines.append(Line(number: lineCount, range: range, bytes: bytes, isTableRow: tabs > 0 || isPipeRow))
    return .lineEnd
  }

  private static let checkpointDistance = 256

  /// Calls `visit` with each character that stays of a part of one line: as printed, as folded, what stood before it, and
  /// where it is; a space or a tab that stays has the next character's place.
  @inline(__always)
  private static func walk(_ utf8: [UInt8], _ bytes: Range<Int>, visit: (UInt32, UInt16, Gap, Int) -> Void) {
    var index = bytes.lowerBound
    var gap = Gap.none
    var previous: UInt16 = 0
    var isAtStart = true
    var sawTab = false
    while index < bytes.upperBound {
      let (scalar, length) = Self.scalar(utf8, at: index, before: bytes.upperBound)
      index += length
      if scalar == 0x09 { sawTab = true }
      if isWhiteSpace(scalar) {
        gap = .space
        continue
      }
      if isInvisible(scalar) { continue }
      let folded = fold(scalar)
      if gap == .space && !isAtStart {
        if sawTab {
          visit(0x09, 0x09, .space, index - length)
        } else if previous.isWordCharacter && folded.isWordCharacter {
          visit(0x20, 0x20, .space, index - length)
        }
      }
      visit(scalar, folded, gap, index - length)
      (isAtStart, sawTab, gap, previous) = (false, false, .none, folded)
    }
  }

  /// The character at `index` of UTF-8 that is known to be well formed.
  @inline(__always)
  private static func scalar(_ utf8: [UInt8], at index: Int, before end: Int) -> (UInt32, Int) {
    let first = UInt32(utf8[index])
    if first < 0x80 { return (first, 1) }
    func trail(_ offset: Int) -> UInt32 { index + offset < end ? UInt32(utf8[index + offset] & 0x3F) : 0 }
    if first < 0xE0 { return ((first & 0x1F) << 6 | trail(1), 2) }
    if first < 0xF0 { return ((first & 0x0F) << 12 | trail(1) << 6 | trail(2), 3) }
    return ((first & 0x07) << 18 | trail(1) << 12 | trail(2) << 6 | trail(3), 4)
  }

  @inline(__always)
  private static func fold(_ scalar: UInt32) -> UInt16 {
    UInt16(truncatingIfNeeded: (0xFF01...0xFF5E).contains(scalar) ? scalar - 0xFEE0 : scalar)
  }

  @inline(__always)
  private static func isWhiteSpace(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x00...0x20, 0x7F, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  @inline(__always)
  private static func isInvisible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2064, 0xFE00...0xFE0F, 0xFEFF: true
    default: false
    }
  }
}

// MARK: Lines, and what was printed

extension SqueezedText {
  /// The index in ``lines`` of the line that holds the unit at `index`, or of the one before it.
  ///
  /// - Complexity: O(log *n*) in the number of lines.
  func lineIndex(of index: Int) -> Int {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].range.lowerBound <= index { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// What was printed in `range`: the characters as they were before they were folded.
  func printed(_ range: Range<Int>) -> String {
    var result = String.UnicodeScalarView()
    forEachPrinted(range) { scalar, _ in
      if let scalar = Unicode.Scalar(scalar) { result.append(scalar) }
    }
    return String(result)
  }

  /// Where in the text's UTF-8 the units in `range` were.
  func byteRange(of range: Range<Int>) -> Range<Int> {
    var first: Int?
    var end = 0
    forEachPrinted(range) { scalar, offset in
      if scalar == 0x20 || scalar == 0x09 { return }
      if first == nil { first = offset }
      end = offset + UTF8.width(Unicode.Scalar(scalar) ?? " ")
    }
    return (first ?? 0)..<max(first ?? 0, end)
  }

  private func forEachPrinted(_ range: Range<Int>, visit: (UInt32, Int) -> Void) {
    guard !range.isEmpty, !lines.isEmpty else { return }
    for index in lineIndex(of: range.lowerBound)..<lines.count {
      let line = lines[index]
      if line.range.lowerBound > range.lowerBound, range.contains(line.range.lowerBound - 1),
        units[line.range.lowerBound - 1] == " "
      {
        visit(0x20, line.bytes.lowerBound)
      }
      guard line.range.lowerBound < range.upperBound else { return }
      let place = known(around: range, on: line)
      var unit = place.unit
      Self.walk(utf8, place.bytes) { scalar, _, _, offset in
        if range.contains(unit) { visit(scalar, offset) }
        unit += scalar > 0xFFFF ? 2 : 1
      }
    }
  }

  /// The nearest units on the line, before or at `range` and behind it, whose offsets are known.
  private func known(around range: Range<Int>, on line: Line) -> (unit: Int, bytes: Range<Int>) {
    let first = indexOfCheckpoint(behind: max(range.lowerBound, line.range.lowerBound))
    let last = indexOfCheckpoint(behind: range.upperBound)
    var start = (unit: line.range.lowerBound, offset: line.bytes.lowerBound)
    if first > 0, checkpoints[first - 1].unit > line.range.lowerBound { start = checkpoints[first - 1] }
    let isInside = last < checkpoints.count && checkpoints[last].unit < line.range.upperBound
    return (start.unit, start.offset..<(isInside ? checkpoints[last].offset : line.bytes.upperBound))
  }

  private func indexOfCheckpoint(behind unit: Int) -> Int {
    var low = 0
    var high = checkpoints.count
    while low < high {
      let middle = (low + high) / 2
      if checkpoints[middle].unit <= unit { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The text's UTF-8 from `range`.
  func text(_ range: Range<Int>) -> String {
    UTF8Repair.text(of: utf8.span.extracting(range)).text
  }
}
