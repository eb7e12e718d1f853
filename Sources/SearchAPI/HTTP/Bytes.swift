extension UInt8 {
  /// 0–31 and 127.
  var isControlByte: Bool { self < 0x20 || self == 0x7F }

  /// 0–9.
  var isDigitByte: Bool { UInt8(ascii: "0") <= self && self <= UInt8(ascii: "9") }

  /// A letter or digit of ASCII.
  var isAlphanumericByte: Bool {
    let lowercased = self | 0x20
    return isDigitByte || (UInt8(ascii: "a") <= lowercased && lowercased <= UInt8(ascii: "z"))
  }

  /// What RFC 9110 allows in methods and header names.
  var isTokenByte: Bool { isAlphanumericByte || "!#$%&'*+-.^_`|~".utf8.contains(self) }

  /// What RFC 3986 leaves unencoded everywhere.
  var isUnreservedByte: Bool { isAlphanumericByte || "-._~".utf8.contains(self) }

  /// The value of a hexadecimal digit.
  var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// Without spaces and tabs at both ends.
  var trimmingBlanks: ArraySlice<UInt8> {
    let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return self[endIndex...]
    }
    return self[first...last]
  }
  /// Whether the bytes are a header's name, which is given in small letters, in letters of either case.
  func isName(_ name: StaticString) -> Bool {
    guard count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { name in
      unsafe self.elementsEqual(name) { byte, letter in
        (UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte) == letter
      }
    }
  }
}
