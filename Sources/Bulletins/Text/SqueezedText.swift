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

  /// A unit whose offset in the UTF-8 is known; no white space stands before it.
  private struct Checkpoint: Sendable {
    var unit: Int
    var offset: Int
  }

  /// The text's characters in UTF-16.
  let units: [UInt16]
  /// What stood before each of ``units``.
  let gaps: [Gap]
  /// The lines that have characters.
  let lines: [Line]
  /// How many lines the text has; a line end at the very end begins no new one.
  let lineCount: Int
  private let utf8: [UInt8]
  /// One every few dozen units.
  private let checkpoints: [Checkpoint]

  /// - Complexity: O(*n*) in the length of the text.
  init(_ text: String) {
    self.init(utf8: Array(text.utf8))
  }

  /// Creates the text that `utf8`, well-formed UTF-8, holds.
  init(utf8: [UInt8]) {
    self.utf8 = utf8
    var lines: [Line] = []
    var lineCount = 0
    var checkpoints: [Checkpoint] = []
    var gaps: [Gap] = []
    units = unsafe Array(unsafeUninitializedCapacity: utf8.count) { units, unitCount in
      unsafe gaps = Array(unsafeUninitializedCapacity: utf8.count) { gaps, gapCount in
        var output = unsafe Output(units: units, gaps: gaps)
        var lineStart = 0
        var gap = Gap.none
        while lineStart < utf8.count {
          let lineEnd = TextSpan.lineEnd(in: utf8.span, from: lineStart, before: utf8.count)
          if let line = Self.squeeze(utf8, lineStart..<lineEnd, lineCount, after: gap, into: &output, &checkpoints) {
            lines.append(line)
            gap = .lineEnd
          } else {
            gap = lines.isEmpty ? .none : gap < .lineEnd ? .lineEnd : .blankLine
          }
          lineCount += 1
          lineStart = lineEnd + 1
        }
        (unitCount, gapCount) = (output.count, output.count)
      }
    }
    self.gaps = gaps
    self.lines = lines
    self.lineCount = lineCount
    self.checkpoints = checkpoints
  }

  /// Where units and their gaps are written, side by side.
  ///
  /// SAFETY: both pieces of memory have room for `capacity` elements, and each append checks what is left. No character has
  /// more units than bytes, and a space between two lines stands for the line's end, so that the text's bytes suffice.
  @safe private struct Output {
    private let units: UnsafeMutablePointer<UInt16>?
    private let gaps: UnsafeMutablePointer<Gap>?
    private let capacity: Int
    private(set) var count = 0

    init(units: UnsafeMutableBufferPointer<UInt16>, gaps: UnsafeMutableBufferPointer<Gap>) {
      unsafe self.units = units.baseAddress
      unsafe self.gaps = gaps.baseAddress
      capacity = min(units.count, gaps.count)
    }

    /// The last unit; 0 where there is none.
    var last: UInt16 { count == 0 ? 0 : self[count - 1] }

    subscript(index: Int) -> UInt16 {
      precondition(index >= 0 && index < count, "a unit that was written")
      return unsafe units.unsafelyUnwrapped[index]
    }

    @inline(__always)
    mutating func append(_ unit: UInt16, after gap: Gap) {
      precondition(count < capacity, "well-formed UTF-8")
      unsafe (units.unsafelyUnwrapped + count).initialize(to: unit)
      unsafe (gaps.unsafelyUnwrapped + count).initialize(to: gap)
      count &+= 1
    }

    /// Appends the characters of `run`, of three bytes each, that stay as they are.
    mutating func append(run: Span<UInt8>) {
      precondition(run.count / 3 <= capacity - count, "well-formed UTF-8")
      var index = 0
      while index + 2 < run.count {
        let trail = UInt16(run[index + 1] & 0x3F) << 6 | UInt16(run[index + 2] & 0x3F)
        unsafe (units.unsafelyUnwrapped + count).initialize(to: UInt16(run[index]) << 12 | trail)
        unsafe (gaps.unsafelyUnwrapped + count).initialize(to: .none)
        count &+= 1
        index += 3
      }
    }
  }

  /// Appends the units of one line, behind which `gap` stands; nil if it has no characters.
  private static func squeeze(
    _ utf8: [UInt8], _ bytes: Range<Int>, _ number: Int, after gap: Gap, into finished: inout Output,
    _ checkpoints: inout [Checkpoint]
  ) -> Line? {
    var output = finished
    let previous = output.last
    var start = output.count
    var nextCheckpoint = (checkpoints.last?.unit ?? 0) + checkpointDistance
    var isFirst = true
    var hasTabs = false
    walk(utf8, bytes) { run in
      while nextCheckpoint < output.count + run.count / 3 {
        let unit = max(nextCheckpoint, output.count)
        checkpoints.append(Checkpoint(unit: unit, offset: run.lowerBound + (unit - output.count) * 3))
        nextCheckpoint = unit + checkpointDistance
      }
      output.append(run: utf8.span.extracting(run))
    } visit: { scalar, folded, innerGap, offset in
      if isFirst {
        if previous.isWordCharacter && folded.isWordCharacter { output.append(0x20, after: gap) }
        start = output.count
        output.append(UTF16.first(of: scalar, folded), after: max(gap, innerGap))
        isFirst = false
      } else {
        if innerGap == .none, output.count >= nextCheckpoint {
          checkpoints.append(Checkpoint(unit: output.count, offset: offset))
          nextCheckpoint = output.count + checkpointDistance
        }
        if folded == "\t" { hasTabs = true }
        output.append(UTF16.first(of: scalar, folded), after: innerGap)
      }
      if scalar > 0xFFFF { output.append(UTF16.trailSurrogate(Unicode.Scalar(scalar) ?? "\u{10000}"), after: .none) }
    }
    finished = output
    if isFirst { return nil }
    let isPipeRow = output[start] == "|" && (start + 1..<output.count).contains { output[$0] == "|" }
    return Line(number: number, range: start..<output.count, bytes: bytes, isTableRow: hasTabs || isPipeRow)
  }

  private static let checkpointDistance = 64

  /// Calls `visit` with each character that stays of a part of one line: as printed, as folded, what stood before it, and
  /// where it is; a space or a tab that stays has the next character's place.
  ///
  /// Where characters of three bytes, before none of which anything stood, stay as they are, as most do behind a line's
  /// first, `run` is called with the place of as many as there are.
  @inline(__always)
  private static func walk(
    _ utf8: [UInt8], _ bytes: Range<Int>, run: (Range<Int>) -> Void, visit: (UInt32, UInt16, Gap, Int) -> Void
  ) {
    var index = bytes.lowerBound
    var gap = Gap.none
    var previous: UInt16 = 0
    var isAtStart = true
    var sawTab = false
    let span = utf8.span
    while index < bytes.upperBound {
      if gap == .none, !isAtStart {
        let end = endOfRun(in: span, index..<bytes.upperBound)
        if end > index {
          run(index..<end)
          previous = 0x4E00  // no letter and no digit, as all of them
          index = end
          continue
        }
      }
      let (scalar, length) = Self.scalar(span, at: index, before: bytes.upperBound)
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

  /// The end of the characters at the start of `range` that have three bytes and are neither white space nor invisible nor
  /// of full width: those from U+3001 to U+D7FF.
  @inline(__always)
  private static func endOfRun(in utf8: Span<UInt8>, _ range: Range<Int>) -> Int {
    var end = range.lowerBound
    while end + 2 < range.upperBound, utf8[end] >= 0xE3, utf8[end] <= 0xED,
      utf8[end] != 0xE3 || utf8[end + 1] != 0x80 || utf8[end + 2] != 0x80
    {
      end += 3
    }
    return end
  }

  /// The character at `index` of UTF-8 that is known to be well formed; one that is cut off at `end` is none.
  @inline(__always)
  private static func scalar(_ utf8: Span<UInt8>, at index: Int, before end: Int) -> (UInt32, Int) {
    let first = UInt32(utf8[index])
    if first < 0x80 { return (first, 1) }
    let length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    guard index + length <= end else { return (0xFFFD, end - index) }
    func trail(_ offset: Int) -> UInt32 { UInt32(utf8[index + offset] & 0x3F) }
    switch length {
    case 2: return ((first & 0x1F) << 6 | trail(1), 2)
    case 3: return ((first & 0x0F) << 12 | trail(1) << 6 | trail(2), 3)
    default: return ((first & 0x07) << 18 | trail(1) << 12 | trail(2) << 6 | trail(3), 4)
    }
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
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count * 3)
    forEachPrinted(range) { run in
      bytes.append(contentsOf: utf8[run])
    } visit: { scalar, offset in
      if scalar == 0x20 || scalar == 0x09 {
        bytes.append(UInt8(scalar))
      } else {
        bytes.append(contentsOf: utf8[offset..<offset + Self.scalar(utf8.span, at: offset, before: utf8.count).1])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Where in the text's UTF-8 the units in `range` were.
  func byteRange(of range: Range<Int>) -> Range<Int> {
    var first: Int?
    var end = 0
    forEachPrinted(range) { run in
      if first == nil { first = run.lowerBound }
      end = run.upperBound
    } visit: { scalar, offset in
      if scalar == 0x20 || scalar == 0x09 { return }
      if first == nil { first = offset }
      end = offset + UTF8.width(Unicode.Scalar(scalar) ?? " ")
    }
    return (first ?? 0)..<max(first ?? 0, end)
  }

  /// Calls `visit` with each character that was printed in `range`, and where it is, or `run` with the place of several.
  private func forEachPrinted(_ range: Range<Int>, run: (Range<Int>) -> Void, visit: (UInt32, Int) -> Void) {
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
      Self.walk(utf8, place.bytes) { bytes in
        let part = (unit..<unit + bytes.count / 3).clamped(to: range)
        let start = bytes.lowerBound + (part.lowerBound - unit) * 3
        if !part.isEmpty { run(start..<start + part.count * 3) }
        unit += bytes.count / 3
      } visit: { scalar, _, _, offset in
        if range.contains(unit) { visit(scalar, offset) }
        unit += scalar > 0xFFFF ? 2 : 1
      }
    }
  }

  /// The nearest units on the line, before or at `range` and behind it, whose offsets are known.
  private func known(around range: Range<Int>, on line: Line) -> (unit: Int, bytes: Range<Int>) {
    let first = indexOfCheckpoint(behind: max(range.lowerBound, line.range.lowerBound))
    let last = indexOfCheckpoint(behind: range.upperBound)
    var start = Checkpoint(unit: line.range.lowerBound, offset: line.bytes.lowerBound)
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

extension UTF16 {
  /// The first unit of a character: `folded`, unless two units are needed.
  @inline(__always)
  fileprivate static func first(of scalar: UInt32, _ folded: UInt16) -> UInt16 {
    scalar > 0xFFFF ? leadSurrogate(Unicode.Scalar(scalar) ?? "\u{10000}") : folded
  }
}
