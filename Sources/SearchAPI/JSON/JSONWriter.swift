/// Writes compact JSON; commas come by themselves.
///
/// A writer of our own for the answers to searches, because FoundationEssentials' coder took 195 µs for ten hits with
/// snippets, which is longer than finding them; this one takes 20. The bytes are those of `JSONEncoder` with `.sortedKeys`
/// and `.withoutEscapingSlashes`, when the caller names an object's keys in the order of their bytes.
struct JSONWriter {
  /// What was written so far.
  private(set) var bytes: [UInt8] = []

  private var needsComma = false

  /// Creates a writer with room for an ordinary answer.
  init() {
    bytes.reserveCapacity(1 << 14)
  }

  /// Writes an object; `members` writes keys and values in turn.
  mutating func object(_ members: (inout JSONWriter) -> Void) {
    begin(UInt8(ascii: "{"))
    members(&self)
    end(UInt8(ascii: "}"))
  }

  /// Writes an array of what `element` writes for each value.
  mutating func array<Element>(_ values: [Element], _ element: (Element, inout JSONWriter) -> Void) {
    begin(UInt8(ascii: "["))
    for value in values { element(value, &self) }
    end(UInt8(ascii: "]"))
  }

  /// Writes a key; its value comes next.
  mutating func key(named name: String) {
    string(name)
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a key of ours, in which nothing has to be escaped; its value comes next.
  mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    // SAFETY: a name of more than one character is a pointer to its bytes, which are there for as long as the program is.
    precondition(name.hasPointerRepresentation, "a key has more than one character")
    unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
    needsComma = false
  }

  /// Writes a string: quotes, backslashes and what is below U+0020 are escaped, everything else stands for itself.
  mutating func string(_ text: String) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var copied = 0
      for index in utf8.indices where unsafe utf8[index].needsEscape {
        unsafe bytes.append(contentsOf: utf8[copied..<index])
        unsafe appendEscape(of: utf8[index])
        copied = index + 1
      }
      unsafe bytes.append(contentsOf: utf8[copied...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Writes a whole number.
  mutating func integer(_ number: Int64) {
    separate()
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    let magnitude = number.magnitude
    var unit: UInt64 = 1
    while magnitude / unit >= 10 { unit *= 10 }
    while unit > 0 {
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: magnitude / unit % 10))
      unit /= 10
    }
  }

  /// Writes a number with as few digits as bring it back; one that is not finite, which JSON cannot say, is null.
  mutating func number(_ number: Double) {
    guard number.isFinite else { return null() }
    let text = number.description
    verbatim(text.hasSuffix(".0") ? text.dropLast(2) : text[...])
  }

  /// Writes true or false.
  mutating func boolean(_ value: Bool) {
    verbatim(value ? "true" : "false")
  }

  /// Writes null.
  mutating func null() {
    verbatim("null")
  }

  private mutating func verbatim(_ text: Substring) {
    separate()
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func begin(_ bracket: UInt8) {
    separate()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func end(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = true
  }

  private mutating func appendEscape(of byte: UInt8) {
    bytes.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0A: bytes.append(UInt8(ascii: "n"))
    case 0x0C: bytes.append(UInt8(ascii: "f"))
    case 0x0D: bytes.append(UInt8(ascii: "r"))
    default:
      let digits = String(byte, radix: 16)
      bytes.append(contentsOf: ("u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8)
    }
  }
}

extension UInt8 {
  fileprivate var needsEscape: Bool { self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\") }
}
