/// Finds what the columns of a table are called.
///
/// The heads are the nearest row above that is certainly one of heads: above a line of `---`, or with heads' words (序号, 名称,
/// 备注), or the table's first row, of words alone, where the row in question has numbers. They are given only if the row has as
/// many columns.
struct TableHeads {
  /// Blank lines that may part the rows of one table, as page breaks do.
  private static let mostBlankLines = 3
  /// So much text above a row is looked at.
  static let reach = 32 << 10

  private let text: [UInt8]
  /// Whether the text before these bytes is not there, so that the table may begin earlier.
  private let isCutAbove: Bool

  /// The heads of rows in `text`.
  init(_ text: [UInt8], isCutAbove: Bool) {
    self.text = text
    self.isCutAbove = isCutAbove
  }

  /// For each cell of `row`, which is on `line`, the head of its column, empty where that has none; nil when nothing is certain.
  func heads(of row: TableRow, on line: Range<Int>) -> [Range<Int>]? {
    guard !isHeadLike(row) else { return nil }
    var above = line.lowerBound
    var top: TableRow?
    var blankCount = 0
    var isBelowDelimiter = false
    while above > 0 {
      let end = above - 1
      let start = text[..<end].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
      if start == 0 && isCutAbove { return nil }
      above = start
      guard let candidate = TableRow(text, start..<end) else {
        blankCount += 1
        guard text[start..<end].allSatisfy({ $0 <= 0x20 }), blankCount <= Self.mostBlankLines else { break }
        continue
      }
      blankCount = 0
      if isBelowDelimiter { return align(candidate, with: row) }
      if candidate.isDelimiter(in: text) {
        isBelowDelimiter = true
      } else if isHeadLike(candidate) {
        return align(candidate, with: row)
      } else {
        top = candidate
      }
    }
    guard let top, isContrast(top, row) else { return nil }
    return align(top, with: row)
  }

  /// The heads over the cells of `row`; nil when the columns cannot be told.
  private func align(_ heads: TableRow, with row: TableRow) -> [Range<Int>]? {
    let shift: Int
    if heads.cells.count == row.cells.count {
      shift = 0
    } else if heads.spacesBefore == 0, heads.columnCount == row.columnCount {
      shift = row.spacesBefore
    } else {
      return nil
    }
    return row.cells.indices.map { index in
      index + shift < heads.cells.count
        ? heads.cells[index + shift] : row.cells[index].lowerBound..<row.cells[index].lowerBound
    }
  }

  // MARK: what heads look like

  /// Whether at least two cells, and half of them, are such as only heads are.
  private func isHeadLike(_ row: TableRow) -> Bool {
    guard row.spacesBefore == 0, row.cells.allSatisfy({ !$0.isEmpty && $0.count <= 90 }) else { return false }
    let words = row.cells.map(word)
    guard !words.contains(where: Self.isNumber) else { return false }
    let count = words.count { word in
      Self.wholeWords.contains(word) || Self.endings.contains { word.utf8.suffix($0.utf8.count).elementsEqual($0.utf8) }
        || Self.namesUnit(word)
    }
    return count >= 2 && 2 * count >= words.count
  }

  /// Whether `top` has words in all its columns, and `row` a number below one of them.
  private func isContrast(_ top: TableRow, _ row: TableRow) -> Bool {
    let words = top.cells.map(word)
    guard top.spacesBefore == 0, top.cells.count == row.cells.count, Set(words).count == words.count,
      words.allSatisfy({ !$0.isEmpty && $0.unicodeScalars.count <= 30 && !Self.isNumber($0) })
    else { return false }
    return row.cells.contains { Self.isNumber(word($0)) }
  }

  /// A cell's text without white space.
  private func word(_ cell: Range<Int>) -> String {
    String(
      String.UnicodeScalarView(
        String(decoding: text[cell], as: UTF8.self).unicodeScalars.filter { !$0.properties.isWhitespace }))
  }

  private static func isNumber(_ word: String) -> Bool {
    word.unicodeScalars.contains { ("0"..."9").contains($0) }
      && word.unicodeScalars.allSatisfy { ("0"..."9").contains($0) || ".,%-－—+/".unicodeScalars.contains($0) }
  }

  /// Whether a word ends with a unit in brackets, or is a year: 面积（亩）, 2025年.
  private static func namesUnit(_ word: String) -> Bool {
    if word.hasSuffix("年"), word.dropLast().allSatisfy(\.isNumber), word.count == 5 { return true }
    guard word.hasSuffix("）") || word.hasSuffix(")"),
      let open = word.lastIndex(where: { $0 == "（" || $0 == "(" }), open > word.startIndex
    else { return false }
    return units.contains { word[open...].contains($0) }
  }

  private static let units: [Character] = [
    "元", "亩", "米", "户", "人", "个", "吨", "度", "次", "里", "㎡", "%", "％", "m", "t", "台", "张",
  ]
  private static let wholeWords: Set<String> = [
    "序", "号", "村", "镇", "乡", "乡镇", "名", "类", "单位", "地区", "作物", "领域", "项目", "指标",
  ]
  private static let endings = [
    "序号", "编号", "文号", "名称", "姓名", "性别", "年龄", "职务", "职责", "职称", "部门", "机构", "所在地", "地点", "地址", "位置",
    "所在乡镇", "类别", "类型", "种类", "级别", "等别", "等级", "内容", "规模", "标准", "金额", "资金", "投资", "合计", "小计", "总计", "数量",
    "面积", "长度", "人数", "户数", "比例", "时间", "日期", "期限", "年度", "备注", "说明", "联系人", "电话", "负责人", "责任人", "代表人",
    "领导", "主体", "事项", "措施", "依据", "方式", "对象", "属性", "单价", "总价", "页码", "标题", "责任单位", "项目名称", "主要风险",
  ]
}
