/// The sentences of a text that refer to other documents, each with the line it stands on, as a short text of their own.
///
/// What decides about a reference stands in its sentence, at the head of its line, or in the line with a colon over a list:
/// read in the excerpt it says the same as in the whole text.
struct Excerpt: Sendable {
  /// The excerpt's UTF-8, each piece on lines of its own.
  private(set) var bytes: [UInt8] = []
  /// Where in ``bytes`` the text's opening paragraphs end.
  private(set) var preambleEnd = 0
  /// Whether the excerpt begins where the text does.
  private(set) var beginsText = false
  private var pieces: [Range<Int>] = []
  private var seen: Set<Int> = []

  private static let mostKept = 1024
  /// A sentence is looked for so far; a line's head so much farther.
  private static let farthestSentence = 3000
  private static let farthestLine = 1500
  private static let longestTitle = 480
  /// What may follow a reference in its sentence, in bytes: a clause, and 制定本办法.
  private static let farthestEnd = 960
  /// A list has at most so many lines.
  private static let longestList = 60

  /// Takes the sentences of `text` around `marks`; `preamble` is where its opening paragraphs end.
  ///
  /// A title that was seen before is passed over where its sentence has no word that could make more of it than a mention,
  /// unless `keepsAll`. `start` stands in front of the excerpt, a line of its own.
  ///
  /// - Complexity: O(*n*) in the number of marks, with sentences of bounded length.
  mutating func collect(
    from text: Span<UInt8>, marks: [Int], preamble: Int, keepsAll: Bool, behind start: String
  ) {
    pieces.removeAll(keepingCapacity: true)
    // To empty a set takes as long as it is large: one long text must not slow down all short ones behind it.
    if seen.capacity > Self.mostKept { seen = [] } else { seen.removeAll(keepingCapacity: true) }
    if bytes.capacity > Self.mostKept << 8 { bytes = [] }
    for mark in marks { take(mark, of: text, preamble: preamble, keepsAll: keepsAll) }
    bytes.removeAll(keepingCapacity: true)
    preambleEnd = 0
    beginsText = false
    guard !pieces.isEmpty else { return }
    beginsText = pieces[0].lowerBound <= TextSpan.firstWord(in: text, 0..<text.count)
    bytes += Array(start.utf8)
    if !bytes.isEmpty { bytes.append(Byte.lineFeed) }
    preambleEnd = bytes.count
    for piece in pieces { append(piece, of: text, preamble: preamble) }
  }

  private mutating func append(_ piece: Range<Int>, of text: Span<UInt8>, preamble: Int) {
    // What is left out between two pieces keeps the second from being read as listed under the first.
    if piece.lowerBound > pieces[0].lowerBound { bytes += Self.stop + [Byte.lineFeed] }
    // A piece cut out of a very long line must not look like the beginning of one.
    if piece.lowerBound > 0, text[piece.lowerBound - 1] != Byte.lineFeed { bytes += Self.cutLine }
    if piece.lowerBound < preamble {
      preambleEnd = bytes.count + min(preamble, piece.upperBound) - piece.lowerBound
    }
    TextSpan.append(piece, of: text, to: &bytes)
    if !TextSpan.endsSentence(in: text, before: piece.upperBound), piece.upperBound < text.count { bytes += Self.stop }
    bytes.append(Byte.lineFeed)
  }

  private static let cutLine = Array("前文从略。".utf8)
  private static let stop = Array("。".utf8)

  // MARK: Pieces

  private mutating func take(_ mark: Int, of text: Span<UInt8>, preamble: Int, keepsAll: Bool) {
    let known = pieces.last?.upperBound ?? 0
    let title = Self.title(at: mark, in: text)
    let end = Self.end(of: title?.upperBound ?? mark, in: text)
    if mark < known {
      pieces[pieces.count - 1] = pieces[pieces.count - 1].lowerBound..<max(known, end)
      if let title { _ = seen.insert(Self.hash(title, in: text)) }
      return
    }
    let sentence = Self.sentenceStart(before: mark, notBefore: known, in: text)
    var start = TextSpan.lineStart(in: text, at: sentence, notBefore: max(known, sentence - Self.farthestLine))
    let list = listStart(of: mark, notBefore: known, in: text)
    if let title, !seen.insert(Self.hash(title, in: text)).inserted, !keepsAll, list == nil, sentence >= preamble,
      !Self.strongWords.occur(in: text, max(known, sentence - Self.headLength)..<end)
    {
      return
    }
    if let list { start = min(start, list) }
    if Self.heads.occur(in: text, max(known, sentence - Self.headLength)..<sentence) {
      start = min(start, TextSpan.lineStart(in: text, at: max(known, sentence - Self.headLength), notBefore: known))
    }
    while !TextSpan.isBoundary(in: text, start) { start += 1 }
    if start <= known, !pieces.isEmpty {
      pieces[pieces.count - 1] = pieces[pieces.count - 1].lowerBound..<end
    } else {
      pieces.append(start..<end)
    }
  }

  /// Where the first 》 behind the 《 at `mark` ends, if the title has no other titles in it and no number behind it.
  private static func title(at mark: Int, in text: Span<UInt8>) -> Range<Int>? {
    guard isTitle(at: mark, in: text) else { return nil }
    var index = mark + 3
    let limit = min(text.count - 2, mark + longestTitle)
    while index < limit {
      if text[index] == 0xE3, text[index + 1] == 0x80 {
        if text[index + 2] == 0x8A { return nil }
        if text[index + 2] == 0x8B { break }
      }
      index += 1
    }
    guard index < limit else { return nil }
    let next = index + 3
    if next < text.count, text[next] == UInt8(ascii: "(") || text[next] == Byte.lineFeed { return nil }
    if next + 2 < text.count, text[next] == 0xEF, text[next + 1] == 0xBC, text[next + 2] == 0x88 { return nil }
    return mark + 3..<index
  }

  /// Whether the mark is 《.
  static func isTitle(at mark: Int, in text: Span<UInt8>) -> Bool {
    text[mark] == 0xE3 && mark + 2 < text.count && text[mark + 2] == 0x8A
  }

  private static func hash(_ range: Range<Int>, in text: Span<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a
    for index in range { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash)
  }

  /// Behind the last 。；！？ before `mark`.
  private static func sentenceStart(before mark: Int, notBefore floor: Int, in text: Span<UInt8>) -> Int {
    let limit = max(floor, mark - farthestSentence)
    var index = mark
    while index > limit, !TextSpan.endsSentence(in: text, before: index) { index -= 1 }
    return index
  }

  /// Behind the first 。 from `index` on, or where the words end that may still belong to the reference there.
  private static func end(of index: Int, in text: Span<UInt8>) -> Int {
    var end = index
    let limit = min(text.count, index + farthestEnd)
    while end < limit {
      if text[end] == 0xE3, end + 2 < text.count, text[end + 1] == 0x80, text[end + 2] == 0x82 { return end + 3 }
      end += 1
    }
    while !TextSpan.isBoundary(in: text, end) { end += 1 }
    return end
  }

  // MARK: Lists

  /// Where the line begins that ends in a colon and says that what is listed under it, at `mark` too, is no longer in force.
  ///
  /// Where all lines up to the last piece belong to the list, that piece decides.
  private func listStart(of mark: Int, notBefore floor: Int, in text: Span<UInt8>) -> Int? {
    var line = TextSpan.lineStart(in: text, at: mark, notBefore: max(floor, mark - Self.farthestLine))
    guard line > floor, text[line - 1] == Byte.lineFeed else { return nil }
    let start = TextSpan.firstWord(in: text, line..<mark)
    guard !Self.isArticle(in: text, start) else { return nil }
    // A number's code stands before its mark.
    let farthest = Self.isTitle(at: mark, in: text) ? 13 : 120
    guard mark - start < farthest || Self.mayBeginItem(in: text, start) || Self.hasCells(in: text, line..<mark) else {
      return nil
    }
    var count = 0
    while line > floor, count < Self.longestList {
      var end = line - 1
      while end > floor, text[end - 1] <= Byte.space { end -= 1 }
      guard end > floor else {
        line = floor
        break
      }
      line = TextSpan.lineStart(in: text, at: end, notBefore: max(floor, end - Self.farthestSentence))
      count += 1
      if text[end - 1] == UInt8(ascii: ":") || TextSpan.has(Self.wideColon, in: text, at: end - 3) {
        return Self.endings.occur(in: text, max(line, end - 320)..<end) ? line : nil
      }
      let first = TextSpan.firstWord(in: text, line..<end)
      guard !Self.isArticle(in: text, first),
        Self.mayBeginItem(in: text, first) || Self.endsItem(in: text, before: end)
      else { return nil }
    }
    guard line <= floor, let piece = pieces.last, Self.endings.occur(in: text, piece) else { return nil }
    return floor
  }

  private static func isArticle(in text: Span<UInt8>, _ index: Int) -> Bool {
    TextSpan.has(ordinal, in: text, at: index)
  }

  /// Whether `一、`, `（一）`, `1.` or `第一条` may begin at `index`; a bullet may stand before it.
  static func mayBeginItem(in text: Span<UInt8>, _ index: Int) -> Bool {
    guard index + 2 < text.count else { return false }
    switch text[index] {
    case UInt8(ascii: "("), UInt8(ascii: "-"), UInt8(ascii: "*"), 0xC2, 0xE2: return true
    case let byte where Byte.isDigit(byte): return true
    case 0xEF: return text[index + 1] == 0xBC && (text[index + 2] == 0x88 || (0x90...0x99).contains(text[index + 2]))
    default: return itemBeginnings.occur(in: text, index..<index + 3)
    }
  }

  private static func endsItem(in text: Span<UInt8>, before end: Int) -> Bool {
    if text[end - 1] == UInt8(ascii: ";") || text[end - 1] == UInt8(ascii: ")") { return true }
    return itemEnds.occur(in: text, max(0, end - 3)..<end)
  }

  private static func hasCells(in text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    for index in range where text[index] == Byte.tab || text[index] == UInt8(ascii: "|") { return true }
    return false
  }

  /// How far before a sentence a heading such as 编制依据 counts, in bytes.
  private static let headLength = 96
  private static let ordinal = Array("第".utf8)
  private static let wideColon = Array("：".utf8)
  private static let heads = ByteWords(Governing.basisHeads.strings)
  private static let endings = ByteWords(Governing.endings.strings)
  private static let strongWords = ByteWords(
    (Governing.endings.strings + Governing.changes.strings + Governing.basisHeads.strings + Governing.purposes.strings)
      + ["废止", "撤销", "修改", "修订", "修正", "停止"])
  private static let itemEnds = ByteWords(["；", "）", "号", "號"])
  private static let itemBeginnings = ByteWords(
    ["第", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "〇", "零", "百", "千"])
}
