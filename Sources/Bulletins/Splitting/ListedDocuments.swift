/// What a table of contents lists, to be compared with what was found.
struct ListedDocuments: Sendable {
  private let numbers: Set<DocumentNumber>
  private let titles: Set<[UInt16]>
  private let subjects: [[UInt16]]

  /// Only tables of contents with at most so many entries are compared word by word.
  private static let mostCompared = 300

  init(_ entries: [ContentsEntry]) {
    numbers = Set(entries.compactMap(\.number))
    let units = entries.map { SqueezedText($0.title).units }
    titles = Set(units)
    subjects = entries.count <= Self.mostCompared ? units.map(Self.subject) : []
  }

  /// Whether a document is listed, by its number or by a title that differs in a word at most.
  func contains(title: [UInt16], number: DocumentNumber?) -> Bool {
    if let number, numbers.contains(number) { return true }
    if titles.contains(title) { return true }
    let subject = Self.subject(title)
    return subjects.contains { Self.resemble($0, subject) }
  }

  /// The entries for which nothing was found.
  func missing(from entries: [ContentsEntry], found: [(title: [UInt16], number: DocumentNumber?)]) -> [ContentsEntry] {
    let foundNumbers = Set(found.compactMap(\.number))
    let unnumbered = found.filter { !($0.number.map(numbers.contains) ?? false) }
    guard entries.count <= Self.mostCompared else {
      let foundTitles = Set(found.map(\.title))
      return entries.filter { entry in
        !(entry.number.map(foundNumbers.contains) ?? false) && !foundTitles.contains(SqueezedText(entry.title).units)
      }
    }
    let foundSubjects = unnumbered.map { Self.subject($0.title) }
    let allSubjects = found.map { Self.subject($0.title) }
    return entries.filter { entry in
      if let number = entry.number, foundNumbers.contains(number) { return false }
      let subject = Self.subject(SqueezedText(entry.title).units)
      return !(entry.number == nil ? allSubjects : foundSubjects).contains { Self.resemble($0, subject) }
    }
  }

  /// Whether two titles agree from the front and from the back over most of their length.
  private static func resemble(_ left: [UInt16], _ right: [UInt16]) -> Bool {
    if left == right { return true }
    let shortest = min(left.count, right.count)
    guard shortest > 4, shortest * 5 >= max(left.count, right.count) * 4 else { return false }
    let front = zip(left, right).prefix { $0 == $1 }.count
    let back = zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
    return min(front + back, shortest) * 5 >= max(left.count, right.count) * 4
  }

  /// A title without its issuers.
  private static func subject(_ title: [UInt16]) -> [UInt16] {
    Array(title[(TitleParts.about(in: title, title.indices) ?? 0)...])
  }
}
