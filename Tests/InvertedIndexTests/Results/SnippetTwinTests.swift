import InvertedIndex
import Testing

/// Snippets of random texts against what a plain scan sees in them.
@Suite struct SnippetTwinTests {
  private static let joining: Set<Character> = ["甲", "乙", "丙", "应", "應", "预", "預", "水", "⽔", "年", "の", "カ", "ｶ", "ー"]

  /// The text as it is shown: no white space beside Han and kana, one space for any other.
  private func shown(_ text: String) -> String {
    var result = ""
    var isSpaced = false
    for character in text {
      if character.isWhitespace {
        isSpaced = true
        continue
      }
      if isSpaced, let last = result.last, !Self.joining.contains(last), !Self.joining.contains(character) {
        result += " "
      }
      result.append(character)
      isSpaced = false
    }
    return result
  }

  /// How many units of a text are part of an occurrence of the phrase.
  private func covered(_ text: PlainText, by phrase: PlainText) -> Int {
    var isCovered = [Bool](repeating: false, count: text.units.count)
    for start in text.units.indices where start + phrase.units.count <= text.units.count {
      let matches = zip(text.units[start...], phrase.units).allSatisfy { stands, wanted in
        if case .character(let wanted, joins: false) = wanted, case .character(let stands, _) = stands {
          return wanted == stands
        }
        return stands == wanted
      }
      if matches { for index in start..<start + phrase.units.count { isCovered[index] = true } }
    }
    return isCovered.count { $0 }
  }

  @Test(arguments: 0..<24)
  func `highlights are the occurrences of the phrase, all of them and nothing else`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = (0..<12).map { number in
      Document(
        key: "\(number)", title: corpus.text(longest: 4), text: corpus.text(longest: corpus.pick([10, 80, 700])))
    }
    let folder = try TestFolder()
    try folder.build(documents)
    let searcher = Searcher(try folder.snapshot())
    for _ in 0..<20 {
      let typed = corpus.phrase()
      guard let phrase = PlainText(typed).phrase else { continue }
      for hit in try searcher.search(SearchRequest(query: "\"\(typed)\"", limit: 20)).hits {
        let comment: Comment = "seed \(seed), \(typed.debugDescription) in \(hit.key)"
        let text = documents.first { $0.key == hit.key }?.text ?? ""
        #expect(hit.snippets.count <= 3, comment)
        let matches = PlainText(text).count(of: phrase) > 0
        #expect(hit.snippets.contains { !$0.highlights.isEmpty } == matches, comment)
        for snippet in hit.snippets {
          #expect(shown(text).contains(snippet.text), "\(comment): \(snippet.text.debugDescription)")
          let scalars = Array(snippet.text.unicodeScalars)
          var end = -1
          for range in snippet.highlights {
            #expect(range.lowerBound > end && !range.isEmpty && range.upperBound <= scalars.count, comment)
            end = range.upperBound
          }
          guard end <= scalars.count else { continue }
          let pieces = snippet.highlights.map { PlainText(String(String.UnicodeScalarView(scalars[$0]))) }
          for piece in pieces { #expect(covered(piece, by: phrase) == piece.units.count, "\(comment): \(snippet)") }
          // Gaps that touch are one, so occurrences are counted by what stands in them.
          let inside = pieces.reduce(0) { $0 + $1.units.count }
          #expect(inside == covered(PlainText(snippet.text), by: phrase), "\(comment): \(snippet)")
        }
      }
    }
  }

  @Test(arguments: 0..<30)
  func `a rare phrase is found and marked wherever it stands in a long text of all sorts`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let sorts = [
      "甲", "，", "㈠", "½", "⑴", "①", "㍻", "ｶﾞ", "か\u{3099}", "e\u{301}", "한", "\u{1112}\u{1161}", "\u{200B}", "😀", " ",
      "\n", "。\n",
      "a", "12", "\u{E000}", "㎡", "\n一、", "𠮷", "\u{301}", "\t", "２", "㋿",
    ]
    let some = (0..<1 + generator.number(below: 6)).map { _ in generator.pick(sorts) }
    func filler() -> String { (0..<generator.number(below: 1500)).map { _ in generator.pick(some) }.joined() }
    let middle = generator.pick(["", " ", "\n\n", "\u{200B}"])
    var text = ""
    let count = 1 + generator.number(below: 3)
    for _ in 0..<count { text += filler() + "，鱻\(middle)龘，" }
    text += filler()
    let folder = try TestFolder()
    let isTable = generator.number(below: 2) == 0
    try folder.build([Document(key: "a", title: "题", text: text, tabsSeparateCells: isTable)])
    for query in ["\"鱻龘\"", "鱻龘", "龘", "\"鱻龘\" OR 鱻"] {
      let hits = try Searcher(folder.snapshot()).search(SearchRequest(query: query)).hits
      let snippets = try #require(hits.first, "seed \(seed), query \(query)").snippets
      #expect(!snippets.isEmpty && snippets.count <= 3, "seed \(seed), query \(query)")
      for snippet in snippets {
        let scalars = Array(snippet.text.unicodeScalars)
        let marked = snippet.highlights.map { String(String.UnicodeScalarView(scalars[$0])) }
        let bare = marked.map { $0.unicodeScalars.filter { $0 != "\u{200B}" && $0 != "\u{301}" } }.map(String.init)
        #expect(
          !marked.isEmpty && bare.allSatisfy { $0 == (query == "龘" ? "龘" : "鱻龘") },
          "seed \(seed), query \(query): \(marked)")
      }
      let all = snippets.reduce(0) { $0 + $1.highlights.count }
      #expect(all == count, "seed \(seed), query \(query): \(all) of \(count) are shown")
    }
  }

  @Test(arguments: 0..<12)
  func `a hit has the same passages alone as among others`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let documents = (0..<40).map { number in
      Document(
        key: "\(number)", title: corpus.text(longest: 4), text: corpus.text(longest: corpus.pick([80, 700, 4000])))
    }
    let folder = try TestFolder()
    try folder.build(documents)
    let searcher = Searcher(try folder.snapshot())
    for _ in 0..<8 {
      let query = "\"\(corpus.phrase())\" OR \"\(corpus.phrase())\""
      guard let hits = try? searcher.search(SearchRequest(query: query, limit: 20)).hits else { continue }
      for (offset, hit) in hits.enumerated() {
        let alone = try searcher.search(SearchRequest(query: query, offset: offset, limit: 1)).hits
        #expect(alone == [hit], "seed \(seed), \(query.debugDescription)")
      }
    }
  }
}
