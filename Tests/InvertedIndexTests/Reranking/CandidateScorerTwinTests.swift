import CJKTokenizer
import Foundation
import Testing

@testable import InvertedIndex

/// The second score, worked out slowly from each document's own tokens.
@Suite struct CandidateScorerTwinTests {
  private static let alphabet = ["甲", "乙", "丙", "丁", "戊", "己", "，", "。", "的"]

  private func text(_ generator: inout SeededGenerator, _ longest: Int) -> String {
    (0..<generator.number(below: longest) + 1).map { _ in generator.pick(Self.alphabet) }.joined()
  }

  /// A document's bigrams and characters with their positions.
  private struct Plain {
    var bigrams: [(text: String, position: UInt32)] = []
    var characters: [(text: String, position: UInt32)] = []
    var textStart: UInt32
    var length: Double

    init(_ document: Document) {
      var buffer = TokenBuffer()
      let body = document.text
      textStart = DocumentStreams.tokenizeBody(
        title: document.title, text: body.utf8Span.span, tabsSeparateCells: false, into: &buffer)
      length = Double(buffer.length)
      for token in buffer.tokens where token.kind.isOfRun {
        let term = buffer.term(of: token)
        characters.append((String(term.unicodeScalars.first.map(Character.init) ?? "?"), token.position))
        if token.kind == .bigram { bigrams.append((term, token.position)) }
      }
    }

    func count(
      _ wanted: String, _ places: [(text: String, position: UInt32)], in range: Range<UInt32>, titleShare: Double
    ) -> Double {
      places.reduce(0) { sum, place in
        guard place.text == wanted else { return sum }
        return sum + (range.contains(place.position) ? 1 : 0) + (place.position < textStart ? titleShare : 0)
      }
    }
  }

  @Test(arguments: 0..<12)
  func `characters, coverage and passages are those of the text`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let documents = (0..<12).map { index in
      Document(
        key: "d\(index)", title: generator.number(below: 2) == 0 ? "" : text(&generator, 6),
        text: text(&generator, generator.number(below: 3) == 0 ? 600 : 40))
    }
    let folder = try TestFolder()
    try folder.build(documents)
    let snapshot = try folder.snapshot()
    let plain = documents.map { Plain($0) }
    var compared = 0
    for _ in 0..<20 {
      let query = (0..<4).map { _ in generator.pick(Self.alphabet.filter { !"，。".contains($0) }) }.joined()
      for (index, document) in documents.enumerated() {
        let request = SearchRequest(query: query)
        let report = try IndexInspector(snapshot).query(request, explaining: document.key)
        guard let second = report.second, let first = report.first else { continue }
        compared += 1
        let comment = Comment(rawValue: "seed \(seed), \(query), \(document.key)")
        let expected = self.second(of: plain[index], query, report, plain, first: first)
        #expect(abs(second.characters - expected.characters) < 1e-9, comment)
        #expect(abs(second.coverage - expected.coverage) < 1e-9, comment)
        #expect(abs(second.passage - expected.passage) < 1e-9, comment)
        #expect(abs(second.shortPassage - expected.shortPassage) < 1e-9, comment)
        #expect(abs(second.focus - expected.focus) < 1e-9, comment)
        let score =
          (first + second.characters) * second.coverage.squareRoot() + 0.7 * second.passage + 0.3 * second.shortPassage
        #expect(abs((report.score ?? 0) - score * second.focus * second.family) < 1e-9, comment)
      }
    }
    #expect(compared > 50)
  }

  private func second(
    of document: Plain, _ query: String, _ report: IndexInspector.QueryReport, _ all: [Plain], first: Double
  ) -> (characters: Double, coverage: Double, passage: Double, shortPassage: Double, focus: Double) {
    let count = Double(all.count)
    let average = all.reduce(0) { $0 + $1.length } / count
    let everywhere: Range<UInt32> = 0..<UInt32.max
    let wanted = Set(query).subtracting(["的"]).sorted()
    func idf(_ frequency: Int) -> Double {
      log(1 + (count - Double(frequency) + 0.5) / (Double(frequency) + 0.5))
    }
    func norm(_ length: Double, b: Double) -> Double { 0.9 * (1 - b + b * length / average) }
    func characters(in range: Range<UInt32>, titleShare: Double, length: Double) -> Double {
      wanted.reduce(0) { sum, character in
        let name = String(character)
        let holding = all.count { document in document.characters.contains { $0.text == name } }
        let frequency = document.count(name, document.characters, in: range, titleShare: titleShare)
        let weight = Double(query.count { $0 == character }) * (holding > 0 ? idf(holding) : 0)
        return sum + weight * frequency / (frequency + norm(length, b: 1))
      }
    }
    let terms = report.patterns.map { (text: $0.pattern, weight: $0.idf * $0.factor, tf: $0.frequency ?? 0) }
    let typed = terms.reduce(0) { $0 + $1.weight }
    let covered = terms.reduce(0) { $0 + ($1.tf > 0 ? $1.weight : 0) }
    let whole = characters(in: everywhere, titleShare: 0, length: document.length)
    func best(_ width: UInt32, withTitle: Bool) -> (score: Double, start: Double) {
      if document.length <= Double(width * 32) { return (first + whole, 0) }
      let last = (document.characters.last?.position ?? 0) / 32
      var best = (score: 0.0, start: 0.0)
      for start in 0...max(0, Int(last) + 1 - Int(width)) {
        let range = UInt32(start) * 32..<(UInt32(start) + width) * 32
        let share = withTitle && start > 0 ? 0.5 : 0
        let sum = terms.reduce(0) { sum, term in
          let frequency = document.count(term.text, document.bigrams, in: range, titleShare: share)
          return sum + term.weight * frequency / (frequency + norm(Double(width * 32), b: 0.75))
        }
        guard sum > 0 else { continue }
        let score = sum + characters(in: range, titleShare: share, length: Double(width * 32))
        if score > best.score { best = (score, Double(start)) }
      }
      return best
    }
    let missing = terms.reduce(0) { $1.tf > 0 ? $0 : max($0, $1.weight) }
    let short = best(2, withTitle: false)
    let place = 1 - 0.06 * short.start / (short.start + 1)
    return (
      whole, typed > 0 ? min(1, covered / typed) : 1, best(5, withTitle: true).score, short.score,
      place * (typed > 0 ? 1 - 0.4 * missing / typed : 1)
    )
  }
}
