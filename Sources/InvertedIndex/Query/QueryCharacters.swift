/// A query's characters by their bytes: what is white space, a quotation mark, a parenthesis.
///
/// An index inside of a character is none of them, so that a walk over bytes finds the same as one over characters.
struct QueryCharacters {
  /// The query in UTF-8.
  let bytes: [UInt8]
  // How many scalars stand before the last byte asked about.
  private var counted = (byteCount: 0, scalarCount: 0)

  /// A pair of quotation marks.
  enum Quotation: UInt32 {
    case straight = 0x22
    case wide = 0xFF02
    case curved = 0x201C
    case corner = 0x300C
    case doubleCorner = 0x300E

    /// The mark that ends what this one begins.
    var closing: UInt32 {
      switch self {
      case .straight, .wide: rawValue
      case .curved, .corner, .doubleCorner: rawValue + 1
      }
    }

    /// Whether the same mark opens and closes, so that it means nothing else inside of text either.
    var isStraight: Bool { closing == rawValue }

    /// The bytes of each of the two.
    var byteCount: Int { self == .straight ? 1 : 3 }
  }

  /// The characters of a query.
  init(_ query: String) { bytes = Array(query.utf8) }

  /// How many scalars stand before a byte; asked in order, it counts each once.
  mutating func position(at index: Int) -> Int {
    if index < counted.byteCount { counted = (0, 0) }
    for byte in bytes[counted.byteCount..<index] where byte & 0xC0 != 0x80 { counted.scalarCount += 1 }
    counted.byteCount = index
    return counted.scalarCount
  }

  /// The text of some bytes.
  func text(_ range: Range<Int>) -> String {
    range.isEmpty ? "" : String(decoding: bytes[range], as: UTF8.self)
  }

  /// The scalar that begins at an index, where it has one byte or three; U+FFFD for any other.
  func scalar(at index: Int) -> UInt32 {
    guard index < bytes.count else { return 0xFFFD }
    switch bytes[index] {
    case ..<0x80: return UInt32(bytes[index])
    case 0xE0..<0xF0: return threeByteScalar(at: index)
    default: return 0xFFFD
    }
  }

  /// The scalar of which a full-width form may stand at an index, and its bytes.
  func narrowScalar(at index: Int) -> (scalar: UInt32, byteCount: Int) {
    let scalar = scalar(at: index)
    return (0xFF01...0xFF5E).contains(scalar) ? (scalar - 0xFEE0, 3) : (scalar, scalar < 0x80 ? 1 : 3)
  }

  /// The bytes that a string takes at an index, in its own or its full-width form; nil when something else stands there.
  func byteCount(of text: StaticString, at start: Int) -> Int? {
    var index = start
    for offset in 0..<text.utf8CodeUnitCount {
      let wanted = unsafe text.utf8Start[offset]  // below the count
      let found = narrowScalar(at: index)
      guard found.scalar == UInt32(wanted) else { return nil }
      index += found.byteCount
    }
    return index - start
  }

  /// The bytes of the white space at an index; 0 where there is none.
  func spaceByteCount(at index: Int) -> Int {
    guard index < bytes.count else { return 0 }
    switch bytes[index] {
    case 0x20, 0x09...0x0D: return 1
    case 0xC2: return bytes[index + 1] == 0x85 || bytes[index + 1] == 0xA0 ? 2 : 0
    case 0xE1, 0xE2, 0xE3:
      switch threeByteScalar(at: index) {
      case 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: return 3
      default: return 0
      }
    default: return 0
    }
  }

  /// Whether white space begins at an index.
  func isSpace(at index: Int) -> Bool { spaceByteCount(at: index) > 0 }

  /// The quotation mark at an index that may open a phrase.
  func quotation(at index: Int) -> Quotation? {
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case 0x22: return .straight
    case 0xE2, 0xE3, 0xEF: return Quotation(rawValue: threeByteScalar(at: index))
    default: return nil
    }
  }

  /// Where the mark stands that closes a phrase whose text begins at `start`; nil when there is none below `limit`.
  func close(of quotation: Quotation, from start: Int, before limit: Int) -> Int? {
    var index = start
    while index < limit {
      if quotation == .straight ? bytes[index] == 0x22 : bytes[index] > 0xE0 && scalar(at: index) == quotation.closing {
        return index
      }
      index += 1
    }
    return nil
  }

  /// Whether a parenthesis of either width stands at an index, and which.
  func parenthesis(at index: Int) -> (opens: Bool, byteCount: Int)? {
    switch bytes[index] {
    case 0x28: return (true, 1)
    case 0x29: return (false, 1)
    case 0xEF:
      switch threeByteScalar(at: index) {
      case 0xFF08: return (true, 3)
      case 0xFF09: return (false, 3)
      default: return nil
      }
    default: return nil
    }
  }

  /// Where the parenthesis is closed that opens at `start`, quotations passed over; nil when it is not, below `limit`.
  func closingParenthesis(from start: Int, before limit: Int) -> Int? {
    var depth = 0
    var index = start
    while index < limit {
      if let mark = quotation(at: index), mark.isStraight,
        let end = close(of: mark, from: index + mark.byteCount, before: limit)
      {
        index = end + mark.byteCount
        continue
      }
      if let parenthesis = parenthesis(at: index) {
        depth += parenthesis.opens ? 1 : -1
        if depth == 0 { return index }
      }
      index += 1
    }
    return nil
  }

  private func threeByteScalar(at index: Int) -> UInt32 {
    UInt32(bytes[index] & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
  }
}
