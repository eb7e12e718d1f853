/// Recognises the names of offices by how they end; no name of a place is known.
enum Organ {
  /// Whether the units in `range` can be the name of one office, complete from its beginning.
  static func isName(_ units: [UInt16], _ range: Range<Int>) -> Bool {
    guard (3...40).contains(range.count), let last = range.last, ends.contains(units[last]) else { return false }
    guard range.allSatisfy({ units[$0].isHan || units[$0] == "(" || units[$0] == ")" || units[$0] == "、" }) else {
      return false
    }
    guard units[range.lowerBound] != "(" && units[range.lowerBound] != "、" else { return false }
    return !isTail(units[range]) && strangers.firstIndex(in: units, range) == nil
  }

  /// Whether the units in `range` are the names of several offices with white space between them.
  static func isJointName(_ text: SqueezedText, _ range: Range<Int>) -> Bool {
    let parts = split(text, range)
    return parts.count > 1 && parts.allSatisfy { isName(text.units, $0) }
  }

  /// The names in `range`, which white space divides where one is complete.
  static func split(_ text: SqueezedText, _ range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    for index in range where index > start && text.gaps[index] != .none {
      if isName(text.units, start..<index), range.upperBound - index >= 3, !isTail(text.units[index..<range.upperBound])
      {
        parts.append(start..<index)
        start = index
      }
    }
    parts.append(start..<range.upperBound)
    return parts
  }

  /// Where the last name of an office ends that begins at the start of `range`: `…人民政府|森林防火令`.
  static func lastNameEnd(in units: [UInt16], _ range: Range<Int>) -> Int? {
    guard let end = names.lastEnd(in: units, range), isName(units, range.lowerBound..<end) else { return nil }
    return end
  }

  /// Whether `name` is only the end of a name that a line end has cut: 公室, 民政府.
  private static func isTail(_ name: ArraySlice<UInt16>) -> Bool {
    wholes.contains { $0.count >= name.count && $0[($0.count - name.count)...].elementsEqual(name) }
  }

  private static let ends: UnitSet = "府室厅会委局部院署处心组队行所站馆社司校场办团庭区席镇乡"
  private static let wholes = ["人民政府办公室", "人民政府办公厅", "管理委员会", "人民法院", "人民检察院", "工作委员会"].map { Array($0.utf16) }
  private static let names: Phrases = [
    "人民政府", "办公室", "办公厅", "委员会", "指挥部", "领导小组", "管委会", "局", "厅", "部", "院", "署", "处", "中心", "县委", "市委",
    "区委", "旗委", "省委", "党委", "法院", "政府",
  ]
  /// Words that no office has in its name.
  private static let strangers: Phrases = [
    "贯彻", "落实", "执行", "严格", "依据", "按照", "要求", "开展", "认真", "加强", "为了", "结合", "通过", "参照", "报送", "出台", "积极", "组织实施", "会议室",
    "关于", "附件", "联系", "同意", "负责", "根据", "各乡", "各镇", "组长", "成员", "县长", "单位",
  ]
}
