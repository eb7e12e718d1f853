/// What kind of paper a title names (文种).
public enum DocumentType: String, Sendable, CaseIterable {
  case order = "令"
  case decision = "决定"
  case resolution = "决议"
  case announcement = "公告"
  case publicNotice = "通告"
  case communique = "公报"
  case notice = "通知"
  case circular = "通报"
  case opinion = "意见"
  case motion = "议案"
  case report = "报告"
  case request = "请示"
  case reply = "批复"
  case letter = "函"
  case minutes = "纪要"
  case measures = "办法"
  case provisions = "规定"
  case rules = "细则"
  case regulations = "规则"
  case ordinance = "条例"
  case scheme = "方案"
  case emergencyPlan = "预案"
  case programme = "规划"
  case plan = "计划"
  case outline = "纲要"
  case keyPoints = "要点"
  case actions = "措施"
  case list = "清单"
  case nameList = "名单"
  case standard = "标准"
  case system = "制度"
  case mechanism = "机制"
  case procedure = "规程"
  case guide = "指南"
  case catalogue = "目录"
  case statute = "章程"

  /// The type that `title` ends in, brackets such as （试行） behind it left out; nil if it names none.
  ///
  ///     DocumentType(title: "关于印发应急预案的通知")          // .notice
  ///     DocumentType(title: "三年行动计划（2023-2025年）")     // .plan
  public init?(title: String) {
    guard let type = Self.ownType(inTitle: SqueezedText(title).units) else { return nil }
    self = type
  }

  private static func ownType(inTitle units: [UInt16]) -> DocumentType? {
    type(in: units, endingAt: endOfName(in: units, units.indices))
  }

  /// The types that `title` names: its own, and behind it that of the paper it passes on.
  ///
  ///     DocumentType.types(inTitle: "关于印发应急预案的通知")  // [.notice, .emergencyPlan]
  public static func types(inTitle title: String) -> [DocumentType] {
    types(inTitle: SqueezedText(title).units)
  }

  /// The types that a title with these units names.
  static func types(inTitle units: [UInt16]) -> [DocumentType] {
    var types: [DocumentType] = []
    if let type = ownType(inTitle: units) { types.append(type) }
    if let inner = TitleParts.passedOn(in: units, units.indices),
      let type = type(in: units, endingAt: endOfName(in: units, inner)), !types.contains(type)
    {
      types.append(type)
    }
    return types
  }

  /// The type whose name ends before `end`.
  static func type(in units: [UInt16], endingAt end: Int) -> DocumentType? {
    names.place(in: units, endingAt: end, from: 0).map { typesByName[$0] }
  }

  /// Where the title's name ends in `range`: before the brackets at its end, and before an order's 第3号.
  static func endOfName(in units: [UInt16], _ range: Range<Int>) -> Int {
    var end = range.upperBound
    if end > range.lowerBound, units[end - 1] == "号",
      let ordinal = units[range.lowerBound..<end].lastIndex(where: { $0 == "第" }), end - ordinal < 9,
      ordinal > range.lowerBound
    {
      end = ordinal
    }
    while end > range.lowerBound {
      if units[end - 1] == ")" {
        guard let open = units[range.lowerBound..<end].lastIndex(where: { $0 == "(" }), open > range.lowerBound else {
          break
        }
        end = open
      } else if units[end - 1] == "》" || units[end - 1] == "”" {
        end -= 1
      } else {
        break
      }
    }
    return end
  }

  private static let names = Phrases(allCases.map(\.rawValue))
  /// The types in the order of ``names``.
  private static let typesByName = names.strings.compactMap { DocumentType(rawValue: $0) }
}
