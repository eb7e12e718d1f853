import Foundation

@testable import CJKTokenizer

/// The analysis rules once more, slow and obvious: list all characters, then runs, then tokens.
///
/// It shares only the tables with the tokenizer: what single scalars fold to, and their classes. Marks are composed by
/// Foundation, malformed bytes are judged by the standard library.
struct TokenizerTwin {
  /// A token as text, so that a failure can be read.
  struct Piece: Equatable, CustomStringConvertible {
    let kind: Token.Kind
    let term: String
    let position: Int
    let start: Int
    let end: Int

    var description: String { "\(kind) \(term) @\(position) \(start)-\(end)" }
  }

  /// A folded character and the bytes it came from.
  private struct Character {
    let scalar: UInt32
    let kind: FoldTable.Class
    let start: Int
    var end: Int
    let isCompatibilityDigit: Bool
    let isLineEnd: Bool
    let isTabGap: Bool
  }

  private(set) var pieces: [Piece] = []
  private(set) var length = 0
  private(set) var positionCount = 0
  private(set) var malformedCount = 0

  private let scalars: [TwinDecoder.Scalar]
  private let tabIsGap: Bool
  private let table = FoldTable.shared

  init(_ bytes: [UInt8], tabRule: Tokenizer.TabRule = .whiteSpace) {
    scalars = TwinDecoder.decode(bytes)
    tabIsGap = tabRule == .cellBorder
    malformedCount = scalars.count { $0.isMalformed }
    assemble(characters())
  }

  // MARK: folding

  private func extendsCharacter(_ scalar: UInt32) -> Bool {
    guard let first = table.fold(scalar).first else { return true }
    return table.scalarClass(first) == .mark || (0x1160...0x11FF).contains(first)
  }

  /// Whether marks behind a scalar are its own: an ideograph of the basic plane takes none, they compose with nothing.
  private func takesMarks(_ scalar: UInt32) -> Bool {
    let folds = table.fold(scalar)
    guard scalar <= 0xFFFF, folds.count == 1 else { return true }
    return folds[0] < 0x3400 || folds[0] > 0xFFFF || table.scalarClass(folds[0]) != .run
  }

  /// Every character of the text, folded with its marks.
  private func characters() -> [Character] {
    var result: [Character] = []
    var index = 0
    while index < scalars.count {
      let base = scalars[index]
      var cluster = [base.value]
      var end = base.end
      index += 1
      while index < scalars.count, takesMarks(base.value), extendsCharacter(scalars[index].value) {
        if !table.fold(scalars[index].value).isEmpty {
          cluster.append(scalars[index].value)
          end = scalars[index].end
        }
        index += 1
      }
      let visible = cluster.filter { !table.fold($0).isEmpty }
      if visible.count > 1 {
        for scalar in composed(visible) { result.append(character(scalar, from: nil, base.start, end)) }
      } else {
        for scalar in visible {
          let folds = UnicodeLineEnd.contains(scalar) ? [scalar] : table.fold(scalar)
          for folded in folds { result.append(character(folded, from: scalar, base.start, end)) }
        }
      }
    }
    return result
  }

  private func composed(_ cluster: [UInt32]) -> [UInt32] {
    let mapped = cluster.flatMap(table.fold).compactMap(Unicode.Scalar.init)
    // Decomposed first: Foundation does not compose 개 and U+11AD otherwise.
    let text = String(String.UnicodeScalarView(mapped)).decomposedStringWithCanonicalMapping
      .precomposedStringWithCanonicalMapping
    return text.unicodeScalars.map(\.value).flatMap(table.fold)
  }

  private func character(_ folded: UInt32, from original: UInt32?, _ start: Int, _ end: Int) -> Character {
    let isDigit = table.scalarClass(folded) == .digit
    let isCompatibility = original.map { isDigit && $0 > 0x7F && table.isCompatibilityDigit($0) } ?? false
    return Character(
      scalar: folded, kind: table.scalarClass(folded), start: start, end: end, isCompatibilityDigit: isCompatibility,
      isLineEnd: original.map(UnicodeLineEnd.contains) ?? false, isTabGap: original == 9 && tabIsGap)
  }

  // MARK: runs

  /// What stands at one place of the folded text.
  private enum Unit {
    case run([Character])
    case word([Character])
    case gap(start: Int, end: Int, endsSentence: Bool, endsParagraph: Bool)
    case paragraphEnd(start: Int, end: Int)
  }

  private mutating func assemble(_ characters: [Character]) {
    var units: [Unit] = []
    var joins = false  // whether the last unit may go on
    var lineEnd: (start: Int, end: Int)?
    var mayEndParagraph = false
    var isRow = false  // of a table, so that a paragraph ends with the line
    var rowEnd: (start: Int, end: Int)?  // waits for what follows
    for character in characters {
      if character.isLineEnd {
        lineEnd = (lineEnd?.start ?? character.start, character.end)
        if !lastIsHan(units) { joins = false }
        if mayEndParagraph || isRow, case .gap(let start, let end, let sentence, _)? = units.last {
          units[units.count - 1] = .gap(start: start, end: end, endsSentence: sentence, endsParagraph: true)
        }
        if isRow, let last = units.last {
          if case .gap = last {} else { rowEnd = lineEnd }
        }
        if rowEnd != nil { rowEnd = lineEnd }
        isRow = false
        continue
      }
      if character.kind == .whiteSpace && !character.isTabGap {
        if !lastIsHan(units) { joins = false }
        continue
      }
      var startsParagraph = false
      if let line = lineEnd {
        lineEnd = nil
        if !units.isEmpty && !character.isTabGap && TwinNumbering.begins(scalars, at: character.start) {
          if case .gap(let start, let end, let sentence, _)? = units.last {
            units[units.count - 1] = .gap(start: start, end: end, endsSentence: sentence, endsParagraph: true)
          } else if !isGap(character) {
            units.append(.paragraphEnd(start: line.start, end: line.end))
          } else {
            startsParagraph = true
          }
        }
        if tabIsGap, scalars.contains(where: { $0.start == character.start && $0.value == 0x7C }) { isRow = true }
      }
      if character.isTabGap { isRow = true }
      if let line = rowEnd, character.kind != .mark {
        rowEnd = nil
        if isGap(character) {
          startsParagraph = true
        } else if case .paragraphEnd? = units.last {
          // A numbering ends it, too.
        } else {
          units.append(.paragraphEnd(start: line.start, end: line.end))
        }
      }
      if isGap(character) {
        let sentence = character.kind == .sentenceEnd && !character.isTabGap
        if case .gap(let start, _, let before, let paragraph)? = units.last {
          units[units.count - 1] = .gap(
            start: start, end: character.end, endsSentence: before || sentence, endsParagraph: paragraph)
          mayEndParagraph = before || sentence || BlockStart.closesBracket(character.scalar)
        } else {
          units.append(
            .gap(
              start: character.start, end: character.end, endsSentence: sentence, endsParagraph: startsParagraph))
          mayEndParagraph = sentence || BlockStart.closesBracket(character.scalar)
        }
        joins = false
        continue
      }
      if character.kind != .mark { mayEndParagraph = false }  // a mark behind punctuation is nothing
      append(character, to: &units, joins: &joins)
    }
    emit(units)
  }

  private func isGap(_ character: Character) -> Bool {
    character.kind == .gap || character.kind == .sentenceEnd || character.isTabGap
  }

  private func lastIsHan(_ units: [Unit]) -> Bool {
    if case .run(let run)? = units.last { run[0].kind == .run } else { false }
  }

  /// Puts a letter, digit, mark or run character into the last unit that takes it, or into a new one.
  private func append(_ character: Character, to units: inout [Unit], joins: inout Bool) {
    var place = units.count - 1
    var passesParagraphEnd = false
    if place >= 0, case .paragraphEnd = units[place] {
      passesParagraphEnd = true
      place -= 1
    }
    if place >= 0, joins {
      switch units[place] {
      case .run(let run) where run[0].kind == character.kind:
        // The run goes on behind the paragraph's end, whose token stands at the position of what follows.
        if passesParagraphEnd { break }
        units[place] = .run(run + [character])
        return
      case .word(var word):
        if character.kind == .mark {
          word[word.count - 1].end = character.end
          units[place] = .word(word + [character])
          return
        }
        let sameKind = word[0].kind == character.kind && word[0].isCompatibilityDigit == character.isCompatibilityDigit
        if sameKind, !character.isCompatibilityDigit || word[0].start == character.start, !passesParagraphEnd {
          units[place] = .word(word + [character])
          return
        }
      default: break
      }
    }
    guard character.kind != .mark else { return }
    let isRun = character.kind == .run || character.kind == .hangul
    units.append(isRun ? .run([character]) : .word([character]))
    joins = true
  }

  // MARK: tokens

  private mutating func emit(_ units: [Unit]) {
    var position = 0
    for (index, unit) in units.enumerated() {
      switch unit {
      case .gap(let start, let end, let sentence, let paragraph):
        if sentence { add(.sentenceEnd, "⟨sentence end⟩", position, start, end) }
        if paragraph { add(.paragraphEnd, "⟨paragraph end⟩", position, start, end) }
        position += 1
      case .paragraphEnd(let start, let end): add(.paragraphEnd, "⟨paragraph end⟩", position, start, end)
      case .word(let word):
        add(.word, text(word), position, word[0].start, word.map(\.end).max() ?? 0)
        position += 1
      case .run(let run):
        emit(run, isContinuation: continues(units, index), next: follower(units, index), position: &position)
      }
    }
    length = pieces.count { $0.kind == .bigram || $0.kind == .word || $0.kind == .single }
    positionCount = position
  }

  /// A Han run that a paragraph's end divides is one run for bigrams; this is the first character of its second part.
  private func follower(_ units: [Unit], _ index: Int) -> Character? {
    guard index + 2 < units.count, case .paragraphEnd = units[index + 1], case .run(let run) = units[index],
      case .run(let next) = units[index + 2], run[0].kind == .run, next[0].kind == .run
    else { return nil }
    return next[0]
  }

  private func continues(_ units: [Unit], _ index: Int) -> Bool { index >= 2 && follower(units, index - 2) != nil }

  private mutating func emit(_ run: [Character], isContinuation: Bool, next: Character?, position: inout Int) {
    let characters = run + (next.map { [$0] } ?? [])
    for place in run.indices {
      if place + 1 < characters.count {
        let pair = [characters[place], characters[place + 1]]
        add(.bigram, text(pair), position, pair[0].start, pair[1].end)
      } else {
        let isAlone = run.count == 1 && !isContinuation
        add(isAlone ? .single : .runEnd, text([run[place]]), position, run[place].start, run[place].end)
      }
      position += 1
    }
  }

  private func text(_ characters: [Character]) -> String {
    String(String.UnicodeScalarView(characters.compactMap { Unicode.Scalar($0.scalar) }))
  }

  private mutating func add(_ kind: Token.Kind, _ term: String, _ position: Int, _ start: Int, _ end: Int) {
    pieces.append(Piece(kind: kind, term: term, position: position, start: start, end: end))
  }
}
