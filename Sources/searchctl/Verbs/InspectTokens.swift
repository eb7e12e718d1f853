import CJKTokenizer

/// `inspect tokens`: what a text is for the index, token by token.
struct InspectTokens {
  /// A token, ready to be shown.
  struct Row: Equatable, Encodable {
    let term: String
    let kind: String
    let position: Int
    let start: Int
    let end: Int
  }

  /// The tokens of `text`, in the tokenizer's order; `start` and `end` count bytes of UTF-8.
  static func rows(of text: String) -> [Row] {
    var buffer = TokenBuffer()
    Tokenizer().tokenize(Array(text.utf8).span, into: &buffer)
    return buffer.tokens.map { token in
      Row(
        term: buffer.term(of: token), kind: name(of: token.kind), position: Int(token.position),
        start: Int(token.start), end: Int(token.end))
    }
  }

  /// The kinds in the words of docs and answers.
  static func name(of kind: Token.Kind) -> String {
    switch kind {
    case .bigram: "bigram"
    case .runEnd: "run_end"
    case .single: "single"
    case .word: "word"
    case .sentenceEnd: "sentence_end"
    case .paragraphEnd: "paragraph_end"
    }
  }

  /// A line for each token: kind, term, position, bytes.
  static func table(_ rows: [Row]) -> String {
    let cells = rows.map { row in
      [row.kind, TerminalText.safe(row.term.unicodeScalars), String(row.position), "\(row.start)..<\(row.end)"]
    }
    return TextTable.aligned([["kind", "term", "position", "bytes"]] + cells, leftCount: 2)
  }
}
