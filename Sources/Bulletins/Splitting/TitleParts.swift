/// The parts of a title: who issues it, and what paper it passes on.
enum TitleParts {
  /// Where 关于 first stands in `range` outside 《》; nil if nowhere.
  static func about(in units: [UInt16], _ range: Range<Int>) -> Int? {
    var depth = 0
    for index in range where index + 1 < range.upperBound {
      if units[index] == "《" || units[index] == "〈" { depth += 1 }
      if units[index] == "》" || units[index] == "〉" { depth -= 1 }
      if depth == 0, units[index] == "关", units[index + 1] == "于" { return index }
    }
    return nil
  }

  /// What the title in `range` passes on: the words between 印发 and 的通知, without 《》 around them.
  static func passedOn(in text: SqueezedText, _ range: Range<Int>) -> Range<Int>? { passedOn(in: text.units, range) }

  static func passedOn(in units: [UInt16], _ range: Range<Int>) -> Range<Int>? {
    guard let verb = passingVerbs.firstIndex(in: units, range),
      let length = passingVerbs.length(in: units, at: verb, before: range.upperBound)
    else { return nil }
    var start = verb + length
    while let again = passingVerbs.length(in: units, at: start, before: range.upperBound) { start += again }
    var end = DocumentType.endOfName(in: units, start..<range.upperBound)
    guard let type = coverNames.length(in: units, endingAt: end, from: start) else { return nil }
    end -= type
    if end > start, units[end - 1] == "的" { end -= 1 }
    if end - start > 2, units[start] == "《", units[end - 1] == "》" {
      start += 1
      end -= 1
    }
    return end - start >= 4 ? start..<end : nil
  }

  /// Where the issuers end in the title in `range`: at 关于 or, where that comes later, at 转发 or 印发; nil if at neither.
  static func endOfIssuers(in units: [UInt16], _ range: Range<Int>) -> Int? {
    let about = about(in: units, range)
    var depth = 0
    for index in range.lowerBound..<(about ?? range.upperBound) {
      if units[index] == "《" { depth += 1 }
      if units[index] == "》" { depth -= 1 }
      if depth == 0, forwardingVerbs.length(in: units, at: index, before: range.upperBound) != nil { return index }
    }
    return about
  }

  /// The offices that the title in `range` begins with, each as a range.
  static func issuers(in text: SqueezedText, _ range: Range<Int>) -> [Range<Int>] {
    if let end = endOfIssuers(in: text.units, range) {
      let head = range.lowerBound..<end
      return Organ.isName(text.units, head) || Organ.isJointName(text, head) ? Organ.split(text, head) : []
    }
    let end = DocumentType.endOfName(in: text.units, range)
    guard let organEnd = Organ.lastNameEnd(in: text.units, range.lowerBound..<end) else { return [] }
    return Organ.split(text, range.lowerBound..<organEnd)
  }

  /// Whether the line with the units in `range` ends in a verb whose object is on the next line.
  static func endsInVerb(_ units: [UInt16], _ range: Range<Int>) -> Bool {
    forwardingVerbs.length(in: units, endingAt: range.upperBound, from: range.lowerBound) != nil
  }

  private static let forwardingVerbs: Phrases = ["转发", "批转", "印发"]
  private static let passingVerbs: Phrases = ["印发", "转发", "批转", "发布", "公布", "下达", "颁布"]
  private static let coverNames: Phrases = ["通知", "决定", "公告", "通告", "函", "命令", "令"]
}
