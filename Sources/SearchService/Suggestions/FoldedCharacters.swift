import CJKTokenizer

/// The characters that a text is to the index: folded, without white space and punctuation.
///
/// What is typed and what it is compared with are both read so: 云政办發[2021] 19 号 begins 云政办发202119号.
enum FoldedCharacters {
  /// The characters of a text, in UTF-16.
  static func units(of text: String) -> [UInt16] {
    var buffer = TokenBuffer()
    Tokenizer().tokenize(Array(text.utf8).span, into: &buffer)
    var units: [UInt16] = []
    for token in buffer.tokens {
      switch token.kind {
      case .bigram, .runEnd, .single:
        if let first = CharacterKey(rawValue: token.key).first { units += Character(first).utf16 }
      case .word: units += String(decoding: buffer.wordBytes(of: token), as: UTF8.self).utf16
      case .sentenceEnd, .paragraphEnd: break
      }
    }
    return units
  }

  /// The letters of a text that is nothing but letters from a to z, as pinyin is typed, spaces and apostrophes between
  /// syllables left out; nil for any other.
  static func letters(of text: String) -> [UInt8]? {
    var letters: [UInt8] = []
    for unit in units(of: text) {
      guard unit >= 0x61, unit <= 0x7A else { return nil }
      letters.append(UInt8(unit))
    }
    return letters.isEmpty ? nil : letters
  }
}
