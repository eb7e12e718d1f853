extension ArticleReference.Article {
  /// The first paragraph of the article in a law's text: it begins a line with 第九十七条, behind signs of Markdown perhaps.
  ///
  /// A line such as 第九十七条第二款规定的… only speaks of the article.
  ///
  /// - Returns: the line from 第 on without white space at its end, and how many scalars of it the article's name takes.
  /// - Complexity: O(*n*) in the bytes of `text`.
  public func paragraph(in text: String) -> (text: Substring, nameLength: Int)? {
    let utf8 = text.utf8
    var lineStart = utf8.startIndex
    while lineStart < utf8.endIndex {
      let lineEnd = utf8[lineStart...].firstIndex(of: 0x0A) ?? utf8.endIndex
      if let start = Self.ordinal(in: utf8, lineStart, lineEnd), let length = nameLength(text[start..<lineEnd]) {
        var line = text[start..<lineEnd]
        while line.last?.isWhitespace ?? false { line.removeLast() }
        return (line, length)
      }
      lineStart = lineEnd < utf8.endIndex ? utf8.index(after: lineEnd) : lineEnd
    }
    return nil
  }

  /// Where 第 stands in a line, if only signs and white space stand before it.
  private static func ordinal(
    in utf8: String.UTF8View, _ start: String.Index, _ end: String.Index
  ) -> String.Index? {
    var index = start
    while index < end {
      switch utf8[index] {
      case 0x00...0x2F, 0x3E, 0x5B, 0x5F, 0x7C: index = utf8.index(after: index)
      default:
        let rest = utf8[index..<end]
        if rest.starts(with: "第".utf8) { return index }
        guard let space = ["　", "【", "〔"].first(where: { rest.starts(with: $0.utf8) }) else { return nil }
        index = utf8.index(index, offsetBy: space.utf8.count)
      }
    }
    return nil
  }

  /// How many scalars this article's name takes at the beginning of a line; nil where it does not stand there, or where the
  /// line goes on as one that speaks of it.
  private func nameLength(_ line: Substring) -> Int? {
    var units: [UInt16] = []
    var ends: [Int] = []  // of each unit, in scalars
    var spaces: Set<Int> = []  // the units before which white space or signs stand
    for (place, scalar) in line.unicodeScalars.prefix(Self.longestName).enumerated() {
      guard scalar.value <= 0xFFFF else { break }
      if scalar.properties.isWhitespace || Self.signs.contains(scalar) {
        spaces.insert(units.count)
        continue
      }
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      units.append(UInt16(truncatingIfNeeded: isWide ? scalar.value - 0xFEE0 : scalar.value))
      ends.append(place + 1)
    }
    var reader = ArticleReader(units, at: 0)
    guard reader.article() == [self] else { return nil }
    let end = reader.index
    let isParted = end == units.count || spaces.contains(end)
    if !isParted, Self.continuations.contains(units[end]) { return nil }
    // 第九十七条 第二款：
    let before = reader.index
    reader.takeParts()
    return reader.index == before ? ends[end - 1] : nil
  }

  private static let longestName = 24
  private static let signs: Set<Unicode.Scalar> = ["*", "_", "】", "〕", "]", "#", "|"]
  /// What stands behind an article that is only spoken of.
  private static let continuations: Set<UInt16> = Set("、,，。;；)）》”和与及或至到的规所中之款项以外前后".utf16)
}
