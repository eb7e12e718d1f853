/// Recognises to whom a document is addressed (主送机关).
enum Addressee {
  /// How far behind the number the colon may stand.
  private static let farthest = 400

  /// The range of the addressee at `start`, its colon left out; nil if running text begins there.
  static func range(in issue: IssueText, from start: Int, before end: Int) -> Range<Int>? {
    let limit = min(end, start + farthest)
    guard
      let colon = issue.units[start..<limit].firstIndex(where: { $0 == ":" || $0 == "。" || $0 == "\t" || $0 == "|" }),
      issue.units[colon] == ":"
    else { return nil }
    let range = start..<colon
    return isAddressee(issue, start..<colon + 1) ? range : nil
  }

  /// Whether `range`, which ends in a colon, names offices and says nothing else.
  static func isAddressee(_ issue: IssueText, _ range: Range<Int>) -> Bool {
    let units = issue.units
    var end = range.upperBound - 1
    while end > range.lowerBound, units[end - 1] == ")" {
      guard let open = units[range.lowerBound..<end].lastIndex(where: { $0 == "(" }) else { return false }
      end = open
    }
    guard end - range.lowerBound >= 2 else { return false }
    let isCollective = collectives.length(in: units, at: range.lowerBound, before: end) != nil
    guard isCollective || ends.contains(units[end - 1]) else { return false }
    return openings.length(in: units, at: range.lowerBound, before: end) == nil
      && strangers.firstIndex(in: units, range.lowerBound..<end) == nil
  }

  private static let ends: UnitSet = "府局办委会位门司院校区心处构站场所队部厂行组业户县市乡镇村室厅社团关体员民众友志"
  private static let collectives: Phrases = ["各", "县直", "市直", "区直", "县政府各", "市政府各", "区政府各"]
  private static let openings: Phrases = ["附件", "一、", "(一)", "1.", "第一条", "为", "根据", "按照", "经", "《", "组长", "成员", "联系"]
  private static let strangers: Phrases = ["如下", "通知", "负责", "是指", "包括", "责任单位", "责任部门", "牵头", "第一条", "总则"]
}
