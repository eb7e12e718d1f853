/// Reads articles of laws, and the paragraphs and items of theirs, from text without white space.
struct ArticleReader {
  typealias Article = ArticleReference.Article

  private let units: [UInt16]
  private(set) var index: Int

  /// So many articles are read of a list or a range at the most.
  private static let mostArticles = 20

  init(_ units: [UInt16], at index: Int) {
    self.units = units
    self.index = index
  }

  /// Whether nothing is left.
  var isAtEnd: Bool { index == units.count }

  /// Whether an article may begin here: with 第, or with a number none of which stands before.
  var mayBegin: Bool {
    guard index < units.count else { return false }
    return units[index] == "第" || isNumeral(units[index]) && (index == 0 || !isNumeral(units[index - 1]))
  }

  /// Whether what comes next may be an article's caption: 【…】.
  var isAtCaption: Bool { index < units.count && "【[(〔".unicodeScalars.contains { units[index] == $0 } }

  /// One article or several, with the paragraphs and items that belong to them: 第九十七条第二款、第九十八条至第一百条.
  ///
  /// It stops before what is no part of them.
  mutating func articles() -> [Article]? {
    guard var found = article() else { return nil }
    takeParts()
    while found.count <= Self.mostArticles {
      let before = index
      let isRange = takeRangeMark()
      guard isRange || takeSeparator(), let next = article() else {
        index = before
        break
      }
      if isRange {
        guard next.count == 1, let last = found.last, let end = next.first, last.insertion == nil, end.insertion == nil,
          last.number < end.number, end.number - last.number < Self.mostArticles
        else { return nil }
        found += (last.number + 1...end.number).map { Article(number: $0) }
      } else {
        found += next
      }
      takeParts()
    }
    var seen: Set<Article> = []
    return found.filter { seen.insert($0).inserted }
  }

  /// What may stand behind an article when it is asked for: 的规定, 原文.
  mutating func takeTail() -> Bool {
    let before = index
    _ = take("的")
    for word in ["规定", "内容", "原文", "全文", "条文"] where units[index...].elementsEqual(word.utf16) {
      index = units.count
      return true
    }
    index = before
    return false
  }

  // MARK: Parts

  /// 第九十七条, 97条, 第十七条之一, 第17之1条, and 第九十七、九十八条, which are two.
  mutating func article() -> [Article]? {
    let before = index
    _ = take("第")
    var numbers: [Int] = []
    while let number = takeNumber() {
      numbers.append(number)
      let end = index
      guard numbers.count < Self.mostArticles, takeSeparator() else { break }
      if index < units.count, !isNumeral(units[index]) { index = end }
    }
    guard let last = numbers.last else {
      index = before
      return nil
    }
    var insertion = takeInsertion()
    guard take("条") else {
      index = before
      return nil
    }
    insertion = insertion ?? takeInsertion()
    return numbers.dropLast().map { Article(number: $0) } + [Article(number: last, insertion: insertion)]
  }

  /// Passes over paragraphs and items: 第二款第（三）项、第（四）项.
  mutating func takeParts() {
    while takePart() {
      let before = index
      if !takeSeparator() || !takePart(isTried: true) { index = before }
    }
  }

  /// Whether a paragraph or an item is next, which is passed over unless it is only tried.
  private mutating func takePart(isTried: Bool = false) -> Bool {
    let before = index
    repeat {
      _ = take("第")
      let isBracketed = take("(")
      guard takeNumber() != nil, !isBracketed || take(")") else {
        index = before
        return false
      }
    } while takeSeparator()
    guard take("款") || take("项") || take("目") else {
      index = before
      return false
    }
    if isTried { index = before }
    return true
  }

  private mutating func takeInsertion() -> Int? {
    let before = index
    if take("之"), let number = takeNumber() { return number }
    index = before
    return nil
  }

  private mutating func takeNumber() -> Int? {
    guard let number = Numeral.value(in: units, at: index, before: units.count), number.value > 0 else { return nil }
    index = number.end
    return number.value
  }

  private mutating func takeSeparator() -> Bool {
    if take("以") {
      if take("及") { return true }
      index -= 1
    }
    return take("、") || take(",") || take("和") || take("与") || take("及")
  }

  private mutating func takeRangeMark() -> Bool { take("至") || take("到") || take("-") || take("—") || take("~") }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard index < units.count, units[index] == scalar else { return false }
    index += 1
    return true
  }

  private func isNumeral(_ unit: UInt16) -> Bool {
    unit.digit != nil || unit == "十" || unit == "百" || unit == "千"
  }
}
