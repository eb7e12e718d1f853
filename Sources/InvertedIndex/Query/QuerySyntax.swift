/// A query as it was typed, taken apart.
struct QuerySyntax: Equatable {
  /// What one part of a query asks for.
  enum Operand: Equatable {
    /// Text to be ranked by.
    case text(String)
    /// An exact phrase.
    case phrase(String, StreamScope)
    /// A phrase whose last word may go on.
    case beginning(String, StreamScope)
    /// Phrases one after the other, each with at most so many positions between it and the next.
    case near([Operand], [Int])
    /// Phrases that stand in one sentence or paragraph.
    case together([Operand], TextUnit)
    /// What stood in parentheses.
    case group([[Sequence]])
  }

  /// Neighbouring parts between two `AND` or `OR`.
  struct Sequence: Equatable {
    /// Phrases that a document must hold, and groups that it must meet.
    var required: [Operand] = []
    /// Text that a document is ranked by; where nothing is required it must match some of it.
    var ranked: [Operand] = []
    /// What a document must not hold.
    var excluded: [Operand] = []
  }

  /// Sequences joined by `AND` make a group; the groups are joined by `OR`.
  var groups: [[Sequence]] = []
  /// What was read as text although it looks like an operator.
  var notes: [String] = []

  /// The longest query, in Unicode scalars.
  static let longestQuery = 1000
  /// The most positions that may be asked for between two phrases.
  static let largestDistance = 1000
}

extension QuerySyntax {
  /// What the parser makes of Han, kana, Hangul, digits and small letters alone, in which nothing can be an operator or parts
  /// texts, and of the same between two quotation marks; nil for any other query.
  init?(mereText query: String) {
    var query = query
    let found = query.withUTF8 { bytes in
      let isQuoted = unsafe bytes.count > 2 && bytes[0] == 0x22 && bytes[bytes.count - 1] == 0x22
      let inner = unsafe isQuoted ? bytes[1..<bytes.count - 1] : bytes[...]
      guard unsafe Self.isMereText(inner) else { return Operand?.none }
      return unsafe isQuoted ? .phrase(String(decoding: inner, as: UTF8.self), .body) : .text("")
    }
    switch found {
    case .phrase?: groups = [[Sequence(required: found.map { [$0] } ?? [])]]
    case .text?: groups = [[Sequence(ranked: [.text(query)])]]
    default: return nil
    }
  }

  private static func isMereText(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var index = unsafe bytes.startIndex
    while unsafe index < bytes.endIndex {
      switch unsafe bytes[index] {
      case 0x30...0x39, 0x61...0x7A: index += 1
      case 0xE3 where unsafe bytes[index + 1] >= 0x81: index += 3  // U+3040 to U+3FFF
      case 0xE4...0xED: index += 3  // U+4000 to U+D7FF
      default: return false
      }
    }
    return unsafe !bytes.isEmpty
  }
}
