/// The words that say what a reference is for.
enum Governing {
  /// A word and what it says.
  struct Verb {
    var relation: Citation.Relation
    var end: Int
  }

  /// The last governing word in `range`, titles in 《》 left out.
  static func verb(before range: Range<Int>, in units: [UInt16], offset: Int = 0) -> Verb? {
    var end = range.upperBound - offset
    let start = range.lowerBound - offset
    var depth = 0
    while end > start {
      if units[end - 1] == "》" { depth += 1 }
      if units[end - 1] == "《" { depth = max(0, depth - 1) }
      if depth == 0, verbEnds >> UInt64(units[end - 1] & 63) & 1 != 0 {
        for (relation, words) in verbs where words.length(in: units, endingAt: end, from: start) != nil {
          // 新修订的《…》 and 修改后的《…》 only say which version is meant; 《…》第一次修正 tells what happened before.
          let isAttribute =
            relation != .implements && relation != .basis && isAttribute(units[end..<range.upperBound - offset])
          let isPast = relation == .amends && end - start > 2 && pastEnds.contains(units[end - 3])
          return Verb(relation: isAttribute || isPast ? .mentions : relation, end: end + offset)
        }
      }
      end -= 1
    }
    return nil
  }

  private static func isAttribute(_ rest: ArraySlice<UInt16>) -> Bool {
    rest.count <= 2 && rest.last.map { $0 == "的" } == true
  }

  /// Whether the words at the start of `range` say that something was amended by the paper before them: 第二次修正.
  static func tellsOfChange(_ units: [UInt16], _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    if start < range.upperBound, units[start] == "第",
      let number = Numeral.value(in: units, at: start + 1, before: range.upperBound), number.end < range.upperBound
    {
      start = number.end + 1
    }
    return pastChanges.length(in: units, at: start, before: range.upperBound) != nil
  }

  private static let pastChanges: Phrases = ["修正", "修订"]
  private static let pastEnds: UnitSet = "》〉次议"
  /// Words before a reference.
  private static let verbs: [(Citation.Relation, Phrases)] = [
    (.repeals, ["废止", "撤销", "停止执行"]), (.amends, ["修改", "修订", "修正"]), (.implements, ["落实", "贯彻", "贯彻执行", "转发", "批转"]),
    (.basis, ["根据", "按照", "依据", "依照", "遵照", "遵循"]),
    (.mentions, ["参照", "参见", "对照", "印发", "发布", "公布", "列入", "纳入", "违反"]),
  ]
  /// The last units of all of them, as ``Phrases/lasts`` has them.
  private static let verbEnds = verbs.reduce(0) { $0 | $1.1.lasts }
  /// Words behind a reference that end what it names.
  static let endings: Phrases = [
    "废止", "失效", "停止执行", "不再执行", "停止使用", "不再适用", "不再施行", "予以撤销", "停止施行",
  ]
  /// Words behind a reference that change what it names.
  static let changes: Phrases = ["作如下修改", "作出如下修改", "做如下修改", "予以修改", "进行修改", "进行修订", "予以修订", "修改为", "作以下修改", "部分条款"]
  /// Headings of what a plan rests on.
  static let basisHeads: Phrases = ["编制依据", "制定依据", "法律依据", "编制目的和依据", "编制目的及依据", "政策依据", "第一条"]
  /// How sentences go on that say why a paper was made.
  static let purposes: Phrases = ["制定本", "制订本", "特制定", "特制订", "编制本", "为指导", "制定如下", "制定以下", "结合我县", "结合实际", "结合本"]
}

/// What a document is about, to be compared with what it cites.
struct Subjects {
  private let text: SqueezedText
  private let own: [[UInt16]]
  private let titles: [[UInt16]]
  private let amended: [[UInt16]]
  /// See ``repealsOthers(_:title:)``.
  let repealsOthers: Bool

  init(of text: SqueezedText, title: Range<Int>, plan: Range<Int>?) {
    self.text = text
    let passedOn = TitleParts.passedOn(in: text, title)
    titles = [Optional(title), passedOn, plan].compactMap { $0 }.filter { !$0.isEmpty }.map { Array(text.units[$0]) }
    own = titles.map { Self.subject($0[...]) }.filter { $0.count >= 5 }
    repealsOthers = Self.repealsOthers(text.units, title: title)
    let verb = Self.amending.firstIndex(in: text.units, title)
    amended =
      verb.flatMap { verb -> [UInt16]? in
        guard let open = text.units[verb..<title.upperBound].firstIndex(where: { $0 == "《" }),
          let close = text.units[open..<title.upperBound].lastIndex(where: { $0 == "》" })
        else { return nil }
        return Array(text.units[open + 1..<close])
      }.map { [$0] } ?? []
  }

  /// Whether a document's title says that it ends others.
  static func repealsOthers(_ units: [UInt16], title: Range<Int>) -> Bool {
    repealing.firstIndex(in: units, title) != nil
  }

  /// Whether `title` is the document's own, or that of the plan it passes on.
  func isOwn(_ title: Range<Int>) -> Bool {
    titles.contains { text.units[title].elementsEqual($0) }
  }

  /// Whether the document's title says that it changes the one called `title`.
  func isAmended(_ title: Range<Int>) -> Bool {
    amended.contains { text.units[title].elementsEqual($0) }
  }

  /// Whether `title` is about the same as the document, but for place and office: the same paper one level higher.
  func isSame(_ title: Range<Int>) -> Bool {
    let other = Self.subject(text.units[title])
    guard other.count >= 5 else { return false }
    return own.contains { mine in
      let front = zip(mine, other).prefix { $0 == $1 }.count
      let back = zip(mine.reversed(), other.reversed()).prefix { $0 == $1 }.count
      return min(front + back, mine.count, other.count) * 5 >= max(mine.count, other.count) * 4
    }
  }

  /// A title without office, 关于, place, year and type: what it is about.
  private static func subject(_ title: ArraySlice<UInt16>) -> [UInt16] {
    let units = Array(title)
    var range = units.indices
    if let about = TitleParts.about(in: units, range) { range = about + 2..<range.upperBound }
    while let length = openings.length(in: units, at: range.lowerBound, before: range.upperBound) {
      range = range.lowerBound + length..<range.upperBound
    }
    var end = DocumentType.endOfName(in: units, range)
    while let length = covers.length(in: units, endingAt: end, from: range.lowerBound) {
      end = DocumentType.endOfName(in: units, range.lowerBound..<end - length)
    }
    var start = range.lowerBound
    if start < end, let place = units[start..<min(start + 8, end)].lastIndex(where: { places.contains($0) }),
      end - place > 5
    {
      start = place + 1
    }
    return units[start..<max(start, end)].filter { $0 != "《" && $0 != "》" }
  }

  private static let openings: Phrases = ["印发", "转发", "做好", "切实", "进一步", "认真", "对", "全面", "《"]
  private static let covers: Phrases = ["的", "通知", "实施意见", "意见", "办法", "实施", "指导"]
  private static let places: UnitSet = "省市县区旗州盟国"
  private static let repealing: Phrases = ["废止", "失效", "宣布失效"]
  private static let amending: Phrases = ["修改", "修订", "修正"]
}
