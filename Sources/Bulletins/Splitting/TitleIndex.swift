/// Where the titles of a table of contents stand in the text.
struct TitleIndex {
  private var found: [[Int]]
  private let lengths: [Int]

  /// Of so many places with one title the first ones are kept.
  private static let mostPlaces = 8

  /// Looks for the titles of `entries` at the starts of lines from `first` on, over several lines where need be.
  init(of entries: [ContentsEntry], in issue: IssueText, from first: Int) {
    let titles = entries.map { SqueezedText($0.title).units }
    lengths = titles.map(\.count)
    found = Array(repeating: [], count: entries.count)
    var byOpening: [ArraySlice<UInt16>: [Int]] = [:]
    for (index, title) in titles.enumerated() where title.count >= 4 {
      byOpening[title.prefix(4), default: []].append(index)
    }
    guard !byOpening.isEmpty else { return }
    for line in first..<max(first, issue.lines.count) where !issue.lines[line].isTableRow {
      let start = issue.words(of: line).lowerBound
      guard start + 4 <= issue.units.count, let candidates = byOpening[issue.units[start..<start + 4]] else { continue }
      for index in candidates
      where found[index].count < Self.mostPlaces && start + titles[index].count <= issue.units.count {
        let end = start + titles[index].count
        guard issue.units[start..<end].elementsEqual(titles[index]),
          issue.lines[issue.text.lineIndex(of: end - 1)].range.upperBound == end
        else { continue }
        found[index].append(line)
      }
    }
  }

  func lines(of entry: Int) -> [Int] { found[entry] }
  func length(of entry: Int) -> Int { lengths[entry] }
}
