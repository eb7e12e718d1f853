import CJKTokenizer
import Foundation

@testable import InvertedIndex

/// The second score by its definition, from each document's own tokens: nothing is kept from one passage to the next.
struct PlainSecondLook {
  /// A document's bigrams and characters by where they stand.
  struct Text {
    var bigrams: [String: [UInt32]] = [:]
    var characters: [String: [UInt32]] = [:]
    var textStart: UInt32
    var length: Double
    /// One more than the last position that a term or a character stands at.
    var end: UInt32 = 0
    /// Whether characters are counted, and not taken from the query's bigrams.
    var isRead: Bool

    init(_ document: Document) {
      var buffer = TokenBuffer()
      let body = document.text
      textStart = DocumentStreams.tokenizeBody(
        title: document.title, text: body.utf8Span.span, tabsSeparateCells: false, into: &buffer)
      length = Double(buffer.length)
      isRead = body.utf8.count <= 8192
      for token in buffer.tokens where token.kind.isOfRun {
        let term = buffer.term(of: token)
        let first = String(term.unicodeScalars.first.map(Character.init) ?? "?")
        characters[first, default: []].append(token.position)
        if token.kind == .bigram { bigrams[term, default: []].append(token.position) }
        end = max(end, token.position + 1)
      }
    }

    func frequency(_ places: [UInt32]?, in range: Range<UInt32>, titleShare: Double) -> Double {
      (places ?? []).reduce(0) { sum, place in
        sum + (range.contains(place) ? 1 : 0) + (place < textStart ? titleShare : 0)
      }
    }
  }

  /// What the score is made of.
  struct Parts {
    var characters: Double
    var coverage: Double
    var passage: Double
    var shortPassage: Double
    var focus: Double
  }

  /// All documents of the index.
  let texts: [Text]
  private static let everywhere: Range<UInt32> = 0..<UInt32.max

  init(_ documents: [Document]) { texts = documents.map(Text.init) }

  private func idf(_ frequency: Int) -> Double {
    log(1 + (Double(texts.count) - Double(frequency) + 0.5) / (Double(frequency) + 0.5))
  }

  private func norm(_ length: Double, b: Double) -> Double {
    func effective(_ length: Double) -> Double { length <= 800 ? length : (800 * length).squareRoot() }
    let average = texts.reduce(0) { $0 + $1.length } / Double(texts.count)
    return 0.9 * (1 - b + b * effective(length) / effective(average))
  }

  /// What the second score of a document is made of, for a query of Han characters that the report is of.
  func parts(of document: Text, _ query: String, _ report: IndexInspector.QueryReport, first: Double) -> Parts {
    let wanted = Set(query).subtracting(["的"]).map { String($0) }.sorted()
    let terms = report.patterns.map { (text: $0.pattern, weight: $0.idf * $0.factor) }
    let weights = wanted.map { character in
      let holding = texts.count { $0.characters[character] != nil }
      return Double(query.count { String($0) == character }) * (holding > 0 ? idf(holding) : 0)
    }
    func frequency(_ character: String, in range: Range<UInt32>, titleShare: Double) -> Double {
      if document.isRead {
        return document.frequency(document.characters[character], in: range, titleShare: titleShare)
      }
      return terms.filter { $0.text.contains(character) && $0.weight > 0 }.map {
        document.frequency(document.bigrams[$0.text], in: range, titleShare: 0)
      }.max() ?? 0
    }
    func characters(in range: Range<UInt32>, titleShare: Double, length: Double) -> Double {
      zip(wanted, weights).reduce(0) { sum, next in
        let found = frequency(next.0, in: range, titleShare: titleShare)
        return sum + next.1 * found / (found + norm(length, b: 1))
      }
    }
    let typed = terms.reduce(0) { $0 + $1.weight }
    let covered = terms.reduce(0) { $0 + (document.bigrams[$1.text] != nil ? $1.weight : 0) }
    let whole = characters(in: Self.everywhere, titleShare: 0, length: document.length)
    func best(_ width: UInt32, withTitle: Bool) -> (score: Double, start: Double) {
      let length = Double(width * 32)
      if document.length <= length { return (first + whole, 0) }
      var best = (score: 0.0, start: 0.0)
      for start in 0...max(0, Int(document.end / 32) + 1 - Int(width)) {
        let range = UInt32(start) * 32..<(UInt32(start) + width) * 32
        let share = withTitle && start > 0 ? 0.5 : 0
        let sum = terms.reduce(0) { sum, term in
          let found = document.frequency(document.bigrams[term.text], in: range, titleShare: share)
          return sum + term.weight * found / (found + norm(length, b: 0.75))
        }
        let score = sum > 0 ? sum + characters(in: range, titleShare: share, length: length) : 0
        // Sums of the same numbers in another order may differ by the last bits, and then the first one counts.
        if score > best.score + 1e-9 { best = (score, Double(start)) }
      }
      return best
    }
    let missing = terms.reduce(0) { document.bigrams[$1.text] == nil ? max($0, $1.weight) : $0 }
    let short = best(2, withTitle: false)
    let place = 1 - 0.06 * short.start / (short.start + 1)
    return Parts(
      characters: whole, coverage: typed > 0 ? min(1, covered / typed) : 1, passage: best(5, withTitle: true).score,
      shortPassage: short.score, focus: place * (typed > 0 ? 1 - 0.4 * missing / typed : 1))
  }
}
