import CJKTokenizer

/// The patterns of a text's numbers, each with its other spellings: any of them is what was asked for.
struct SpelledNumbers {
  private let text: [UInt8]
  private let scope: StreamScope
  private let dateField: String?
  private let readings: [NumeralReadings.Reading]
  private var isTaken: [Bool]

  /// Numerals that may stand in front of a number, or behind one, and make it another.
  private static let numerals = "一二三四五六七八九十百千万亿零〇".unicodeScalars.map(String.init)

  /// The numbers of a text that is looked for in a scope, and the field of dates, whose values look like `2021-04-28`.
  init(_ text: String, scope: StreamScope, dateField: String?) {
    self.text = Array(text.utf8)
    self.scope = scope
    self.dateField = dateField
    readings = NumeralReadings.readings(in: text)
    isTaken = readings.map { _ in false }
  }

  /// The patterns for tokens that touch; nil where none of them is of a number, and nothing where a number has them already.
  mutating func patterns(of tokens: ArraySlice<Token>) -> [Pattern]? {
    guard !readings.isEmpty else { return nil }
    var tokens = tokens
    // A character alone that touches a number says less than its other spellings do: 自2021年.
    while tokens.count > 1, tokens[tokens.startIndex].kind == .single, !isOfNumber(tokens[tokens.startIndex]) {
      tokens.removeFirst()
    }
    while tokens.count > 1, let last = tokens.last, last.kind == .single, !isOfNumber(last) { tokens.removeLast() }
    guard let first = tokens.first, let last = tokens.last else { return nil }
    var span = Int(first.start)..<Int(last.end)
    // A bigram that has a character beside the number stays what it is.
    let found = readings.indices.filter { index in
      let range = readings[index].range
      return first.kind == .bigram
        ? range.lowerBound <= span.lowerBound && span.upperBound <= range.upperBound
        : range.overlaps(Int(first.start)..<Int(last.end))
    }
    for index in found {
      let range = readings[index].range
      span = min(span.lowerBound, range.lowerBound)..<max(span.upperBound, range.upperBound)
    }
    guard !found.isEmpty else { return nil }
    if found.allSatisfy({ isTaken[$0] }) { return span == readings[found[0]].range ? [] : nil }
    guard let pattern = pattern(of: found, in: span) else { return nil }
    for index in found { isTaken[index] = true }
    return [pattern]
  }

  private func isOfNumber(_ token: Token) -> Bool {
    readings.contains { $0.range.overlaps(Int(token.start)..<Int(token.end)) }
  }

  /// A part of the text with all spellings of the numbers in it; nil when there is only the one that was typed.
  private func pattern(of indices: [Int], in span: Range<Int>) -> Pattern? {
    let found = indices.map { readings[$0] }
    let isOpenAtStart = found[0].isOpenAtStart && found[0].range.lowerBound == span.lowerBound
    let isOpenAtEnd = found[found.count - 1].isOpenAtEnd && found[found.count - 1].range.upperBound == span.upperBound
    var members: [Pattern] = []
    var except: [Pattern] = []
    for choice in -1..<(found.map(\.alternatives.count).max() ?? 0) {
      let spelling = spelling(choice, of: found, in: span)
      // What a sign behind it makes a number of hundredths cannot be told from the number alone.
      guard let pattern = Pattern.phrase(spelling, scope: scope), !members.contains(pattern),
        choice < 0 || !spelling.hasSuffix("%") || pattern.elements.count > 1
      else { continue }
      members.append(pattern)
      let scalars = spelling.unicodeScalars
      if isOpenAtStart, let first = scalars.first, ChineseNumeral.isNumeral(first) {
        except += Self.numerals.compactMap { Pattern.phrase($0 + spelling, scope: scope) }
      }
      if isOpenAtEnd, let last = scalars.last, ChineseNumeral.isNumeral(last) {
        except += (Self.numerals + ["点"]).compactMap { Pattern.phrase(spelling + $0, scope: scope) }
      }
    }
    if let dateField, let date = found.lazy.compactMap(\.date).first, scope == .body {
      members.append(Self.pattern(of: date, in: dateField))
    }
    return members.count > 1 ? Pattern(PhraseGroup(bond: .any(except: except), members: members)) : nil
  }

  /// The text of a span with each number in one of its spellings: as it was typed for −1.
  private func spelling(_ choice: Int, of found: [NumeralReadings.Reading], in span: Range<Int>) -> String {
    var spelling = ""
    var end = span.lowerBound
    for reading in found {
      spelling += String(decoding: text[end..<reading.range.lowerBound], as: UTF8.self)
      spelling +=
        choice < 0
        ? String(decoding: text[reading.range], as: UTF8.self)
        : reading.alternatives[min(choice, reading.alternatives.count - 1)]
      end = reading.range.upperBound
    }
    return spelling + String(decoding: text[end..<span.upperBound], as: UTF8.self)
  }

  /// A date in a field of dates; what stands between its numbers need not be looked at.
  private static func pattern(of date: NumeralReadings.Date, in field: String) -> Pattern {
    let parts =
      [String(date.year)]
      + [date.month, date.day].compactMap { part in
        part.map { $0 < 10 ? "0\($0)" : "\($0)" }
      }
    let elements = parts.enumerated().map { index, part in
      Pattern.Element(offset: UInt32(index * 2), kind: .word(Array(part.utf8)))
    }
    return Pattern(elements: elements, gaps: [], scope: .field(field))
  }
}
