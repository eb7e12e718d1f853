/// The office and the date that a document is signed with.
struct Signature: Sendable {
  /// The date, or nil if the calendar has no such day.
  var date: CalendarDate?
  /// The names of the offices, or nil if only the date is printed.
  var names: Range<Int>?
  /// The first and the last line.
  var lines: ClosedRange<Int>
}

/// The lines of an issue that are dates, so that signatures are found without reading all text again.
struct DatedLines {
  private let lines: [Int]

  /// So many dates are looked at behind one title.
  private static let most = 40

  init(of issue: IssueText) {
    lines = issue.lines.indices.filter { line in
      let range = issue.lines[line].range
      guard range.count <= 60, let last = issue.units[range].last, last == "日" || last == ")" || last.isDigit else {
        return false
      }
      return true
    }
  }

  /// Whether one of the first dates in `range` stands behind a signature by the issuers of `finder`.
  func holdSignature(in range: Range<Int>, by finder: SignatureFinder) -> Bool {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return lines[low..<min(lines.count, low + Self.most)].prefix { $0 < range.upperBound }.contains { date in
      (max(range.lowerBound, date - 3)...date).contains { finder.isSigned(on: $0, before: range.upperBound) }
    }
  }
}

/// Looks for the signature of one document.
struct SignatureFinder {
  let issue: IssueText
  /// The document's issuers, as their units; empty if the title names none.
  let issuers: [[UInt16]]
  let isOrder: Bool

  /// Between the office and its date at most so many lines of other text may stand, where a page's columns were mixed.
  private static let mostLinesBetween = 2

  /// The first signature by the document's own issuer in `lines`; without one, the first by whoever signs there.
  func signature(in lines: Range<Int>) -> Signature? {
    signature(in: lines) { _ in true }
  }

  /// The first signature for which `isFitting` holds, the own issuer's before all others.
  func signature(in lines: Range<Int>, where isFitting: (Signature) -> Bool) -> Signature? {
    var other: Signature?
    for line in lines {
      guard let name = name(on: line), name.isOwn || other == nil,
        let signature = dated(line, name: name.range, nameEnd: name.end, before: lines.upperBound), isFitting(signature)
      else { continue }
      if name.isOwn { return signature }
      other = signature
    }
    return other
  }

  /// The first signature by the document's own issuer in `lines`.
  func ownSignature(in lines: Range<Int>) -> Signature? {
    for line in lines {
      guard let name = name(on: line), name.isOwn else { continue }
      if let signature = dated(line, name: name.range, nameEnd: name.end, before: lines.upperBound) { return signature }
    }
    return nil
  }

  /// Whether one of the issuers' names is signed on `line`, with a date.
  func isSigned(on line: Int, before limit: Int) -> Bool {
    guard let name = name(on: line), dated(line, name: name.range, nameEnd: name.end, before: limit) != nil else {
      return false
    }
    return isOrder && name.isOwn || issuers.contains { issue.units[name.range].elementsEqual($0) }
      || coversIssuers(name.range)
  }

  /// A date that stands alone behind the text of `lines`, with a person's name or nothing before it.
  func loneDate(in lines: Range<Int>) -> Signature? {
    for line in lines.reversed() where line > lines.lowerBound {
      guard let date = issue.date(line) else { continue }
      guard issue.endsSentence(line - 1) || isPerson(line - 1) || issue.attachmentMark(line - 1) != nil else {
        continue
      }
      return Signature(date: date.date, names: nil, lines: line...line)
    }
    return nil
  }

  private struct Name {
    var range: Range<Int>
    /// Where on the line it ends; a date may follow.
    var end: Int
    var isOwn: Bool
  }

  private func name(on line: Int) -> Name? {
    var words = issue.words(of: line)
    let units = issue.units
    guard words.count <= 120, !issue.lines[line].isTableRow else { return nil }
    if let dateStart = words.first(where: {
      units[$0].digit != nil && PrintedDate(in: units, at: $0, before: words.upperBound)?.end == words.upperBound
    }) {
      words = words.lowerBound..<dateStart
    }
    let nameEnd = words.upperBound
    if let seal = Self.seals.length(in: units, endingAt: nameEnd, from: words.lowerBound) {
      words = words.lowerBound..<nameEnd - seal
    }
    guard words.count >= 2 else { return nil }
    let own = issuers.contains { issuer in units[words].elementsEqual(issuer) } || coversIssuers(words)
    if own { return Name(range: words, end: nameEnd, isOwn: true) }
    if isOrder, isPerson(units[words]) { return Name(range: words, end: nameEnd, isOwn: true) }
    guard Organ.isName(units, words) || Organ.isJointName(issue.text, words) else { return nil }
    return Name(range: words, end: nameEnd, isOwn: isKin(words))
  }

  /// Whether the line holds several of the issuers, one behind the other.
  private func coversIssuers(_ words: Range<Int>) -> Bool {
    guard issuers.count > 1 else { return false }
    var index = words.lowerBound
    while index < words.upperBound {
      guard let issuer = issuers.first(where: { issue.units[index..<words.upperBound].starts(with: $0) }) else {
        return false
      }
      index += issuer.count
      if index < words.upperBound, issue.units[index] == "\t" || issue.units[index] == " " { index += 1 }
    }
    return true
  }

  /// Whether the name shares its beginning, the place, with an issuer: a bureau's short name for instance.
  private func isKin(_ words: Range<Int>) -> Bool {
    issuers.contains { issuer in
      let common = zip(issue.units[words], issuer).prefix { $0 == $1 }.count
      return common >= 4 && common * 2 >= min(issuer.count, words.count)
    }
  }

  private func dated(_ line: Int, name: Range<Int>, nameEnd: Int, before limit: Int) -> Signature? {
    let range = issue.lines[line].range
    if nameEnd < range.upperBound, let date = PrintedDate(in: issue.units, at: nameEnd, before: range.upperBound) {
      return Signature(date: date.date, names: name, lines: line...line)
    }
    var next = line + 1
    while next < limit, next - line <= Self.mostLinesBetween + 1 {
      if let date = issue.date(next) { return Signature(date: date.date, names: name, lines: line...next) }
      // The date itself may be cut by a line end.
      let start = issue.words(of: next).lowerBound
      if next + 1 < limit,
        let date = PrintedDate(in: issue.units, at: start, before: issue.lines[next + 1].range.upperBound),
        date.end == issue.lines[next + 1].range.upperBound
      {
        return Signature(date: date.date, names: name, lines: line...next + 1)
      }
      if issue.attachmentMark(next) != nil || issue.lines[next].isTableRow || issue.isItem(next) { return nil }
      if issue.lines[next].range.count > 60 { return nil }
      next += 1
    }
    return nil
  }

  private func isPerson(_ line: Int) -> Bool {
    let words = issue.words(of: line)
    return words.count <= 14 && isPerson(issue.units[words])
  }

  /// Whether the words are an office and a person: `县长 沈怀谷`.
  private func isPerson(_ words: ArraySlice<UInt16>) -> Bool {
    guard (3...14).contains(words.count), words.allSatisfy({ $0.isHan || $0 == ":" || $0 == "·" }) else { return false }
    return Self.offices.length(in: issue.units, at: words.startIndex, before: words.endIndex) != nil
  }

  private static let seals: Phrases = ["(盖章)", "(印章)", "(公章)", "(章)", "(印)"]
  private static let offices: Phrases = [
    "县长", "市长", "区长", "镇长", "乡长", "省长", "州长", "旗长", "盟长", "主席", "主任", "部长", "局长", "厅长", "总理", "代县长", "代市长", "代区长",
    "代理县长", "代理市长", "总指挥", "书记",
  ]
}
