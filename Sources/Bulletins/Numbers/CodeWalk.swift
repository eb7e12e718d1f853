/// Finds where the code of a document's number begins, which in running text nothing marks.
enum CodeWalk {
  /// Codes have at most this many letters; names of offices before 令 are longer.
  private static let longestCode = 20

  /// The start of the code that ends before `end`, or nil if there is none.
  ///
  /// It begins behind punctuation, or behind a word that leads to a number (根据, 的通知); where a space or a line end stands
  /// between such a word and the number, there.
  static func start(of text: SqueezedText, before end: Int, from floor: Int) -> Int? {
    let units = text.units
    var start = end
    var isBehindWord = false
    while start > floor, end - start < longestCode {
      let unit = units[start - 1]
      guard unit.isHan || unit == " " else { break }
      if end - start >= 2 {
        if singles.contains(unit) || words.length(in: units, endingAt: start, from: floor) != nil {
          isBehindWord = true
          break
        }
      }
      start -= 1
    }
    if end - start == longestCode, start > floor, units[start - 1].isHan { isBehindWord = true }
    if isBehindWord, text.gaps[start] == .none, let gap = firstGap(in: start + 1..<end, of: text) { start = gap }
    if end - start == longestCode, start > floor, units[start - 1].isHan { return nil }
    start = lineStart(in: text, start, before: end, from: floor) ?? start
    start = skipConjunction(in: text, start, before: end, from: floor)
    while start < end, units[start] == " " { start += 1 }
    return end - start >= 2 ? start : nil
  }

  /// The first place in `range` before which white space stands and behind which a code may begin.
  private static func firstGap(in range: Range<Int>, of text: SqueezedText) -> Int? {
    guard !range.isEmpty else { return nil }
    return range.first { text.gaps[$0] != .none && range.upperBound - $0 >= 2 }
  }

  /// The start of the number's own line, unless the line before ends in a short piece that can only belong to the code:
  /// `（岚⏎政办发〔2019〕10号）`, `的通知 云政办⏎发〔2022〕60号`.
  private static func lineStart(in text: SqueezedText, _ start: Int, before end: Int, from floor: Int) -> Int? {
    guard let lineStart = (start + 1..<max(start + 1, end - 1)).last(where: { text.gaps[$0] >= .lineEnd }) else {
      return nil
    }
    if start > floor, NumberScanner.openers.contains(text.units[start - 1]) { return nil }
    let isWholeLine = start == floor || text.gaps[start] >= .lineEnd
    let isCutOff = start > floor && !text.units[start - 1].isWordCharacter
    return isWholeLine || !isCutOff || lineStart - start > 4 ? lineStart : nil
  }

  /// Passes 原, and 和, 与, 及 between two numbers or titles; at the start of a paragraph they are a place's name.
  private static func skipConjunction(in text: SqueezedText, _ start: Int, before end: Int, from floor: Int) -> Int {
    var start = start
    if end - start >= 4, text.units[start] == "原", !officeLetters.contains(text.units[start + 1]) { start += 1 }
    guard start > 0, end - start > 2, text.gaps[start] != .blankLine else { return start }
    let before = text.units[start - 1]
    guard NumberScanner.closers.contains(before) || before == "号" || before == "、" || before == "”" else {
      return start
    }
    return start + (conjunctions.length(in: text.units, at: start, before: end - 2) ?? 0)
  }

  private static let singles: UnitSet = "的据照按及或见在是其该此了把被件号第"
  /// How codes go on behind the letter of a place: 原政办发 is of a place, 原甲政办发 is the former one of another.
  private static let officeLetters: UnitSet = "政府办发党委教民人财农"
  private static let conjunctions: Phrases = ["以及", "和", "与", "及", "或", "暨"]
  private static let words: Phrases = [
    "依据", "依照", "执行", "落实", "贯彻", "转发", "印发", "下发", "发布", "公布", "废止", "通知", "意见", "决定", "办法", "规定",
    "通告", "公告", "批复", "方案", "预案", "细则", "规划", "计划", "要点", "命令", "纪要", "关于", "以及", "同时", "结合", "符合",
    "违反", "参见", "引自", "文号", "编号", "标题", "修改", "修订", "上述", "包括", "例如", "通报", "决议", "报告", "请示", "条例",
    "清单", "名单", "标准", "制度", "措施", "有关", "相关", "原文", "提出", "要求", "遵照", "遵循", "我县", "我市", "我省", "我区",
  ]
}
