import CJKTokenizer
import Testing

@testable import InvertedIndex

/// The places of a text beside those found by a look at each token.
@Suite struct TextPlacesTests {
  private func plainPlaces(_ buffer: TokenBuffer, textStart: UInt32, text: Span<UInt8>) -> [TextPlaces.Place] {
    var places: [TextPlaces.Place] = []
    var next = textStart + 512
    var free = textStart
    for token in buffer.tokens where token.position >= textStart && token.kind.takesPosition {
      if token.position >= next, token.position > free, Tokenizer.isOneCharacter(text, at: Int(token.start)) {
        places.append(TextPlaces.Place(position: token.position, offset: Int(token.start)))
        next = token.position + 512
      }
      free = max(free, token.position + (token.kind == .bigram ? 2 : 1))
    }
    return places
  }

  @Test(arguments: 0..<40)
  func `the places are the first tokens behind gaps after every 512 positions`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["尾", "矿", "库", "，", "。", " ", "\n", "word ", "㈠", "½", "カ", "\n一、"]
    let rarity = Int.random(in: 1...60, using: &random)  // of anything but ideographs
    var text = ""
    for _ in 0..<Int.random(in: 0...6000, using: &random) {
      let isRare = Int.random(in: 0..<rarity, using: &random) == 0
      text += pieces[Int.random(in: 0..<(isRare ? pieces.count : 3), using: &random)]
    }
    let title = seed % 2 == 0 ? "" : "安全生产法，第一章"
    var buffer = TokenBuffer()
    let textStart = DocumentStreams.tokenizeBody(
      title: title, text: text.utf8Span.span, tabsSeparateCells: false, into: &buffer)
    var runs = TokenBuffer(keepsRuns: true)
    _ = DocumentStreams.tokenizeBody(title: title, text: text.utf8Span.span, tabsSeparateCells: false, into: &runs)
    #expect(
      TextPlaces(runs, textStart: textStart, text: text.utf8Span.span)
        == TextPlaces(buffer, textStart: textStart, text: text.utf8Span.span), "seed \(seed)")
    let places = TextPlaces(buffer, textStart: textStart, text: text.utf8Span.span)
    #expect(places.places == plainPlaces(buffer, textStart: textStart, text: text.utf8Span.span), "seed \(seed)")
  }
}
