/// Character references of HTML and XML: `&amp;`, `&#20113;`, `&#x4E91;`.
enum CharacterReference {
  /// No reference is longer.
  private static let longestByteCount = 12

  /// The scalar that the reference at `start`, where a `&` stands, names, and the offset behind it; nil if it is none.
  ///
  /// Numbers and the commonest names need no semicolon at their end, since old pages lack it.
  static func scalar(in bytes: [UInt8], at start: Int, upTo end: Int) -> (scalar: Unicode.Scalar, end: Int)? {
    let limit = min(end, start + longestByteCount)
    var index = start + 1
    guard index < limit else { return nil }
    if bytes[index] == UInt8(ascii: "#") { return number(in: bytes, at: index + 1, upTo: limit) }
    var name = ""
    while index < limit, Byte.isLetter(bytes[index]) || Byte.isDigit(bytes[index]) {
      name.unicodeScalars.append(Unicode.Scalar(bytes[index]))
      index += 1
    }
    let isClosed = index < limit && bytes[index] == UInt8(ascii: ";")
    guard isClosed || ["amp", "lt", "gt", "quot", "nbsp"].contains(name), let scalar = names[name] else { return nil }
    return (scalar, isClosed ? index + 1 : index)
  }

  private static func number(in bytes: [UInt8], at start: Int, upTo end: Int) -> (Unicode.Scalar, Int)? {
    var index = start
    let isHexadecimal = index < end && bytes[index] | 0x20 == UInt8(ascii: "x")
    if isHexadecimal { index += 1 }
    let digitsStart = index
    var value: UInt32 = 0
    while index < end, let digit = hexadecimal(bytes[index]), isHexadecimal || digit < 10 {
      value = min(value * (isHexadecimal ? 16 : 10) + digit, 0x11_0000)
      index += 1
    }
    guard index > digitsStart else { return nil }
    if index < end, bytes[index] == UInt8(ascii: ";") { index += 1 }
    if (0x80...0x9F).contains(value) { return (windows[Int(value) - 0x80], index) }
    let scalar = value == 0 ? nil : Unicode.Scalar(value)
    return (scalar ?? "\u{FFFD}", index)
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }

  /// Control characters as HTML reads their numbers: in Windows-1252.
  private static let windows = Array(
    "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

  private static let names: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ensp": "\u{2002}",
    "emsp": "\u{2003}", "thinsp": "\u{2009}", "zwnj": "\u{200C}", "zwj": "\u{200D}", "shy": "\u{AD}", "ldquo": "“",
    "rdquo": "”", "lsquo": "‘", "rsquo": "’", "sbquo": "‚", "bdquo": "„", "laquo": "«", "raquo": "»", "lsaquo": "‹",
    "rsaquo": "›", "hellip": "…", "mdash": "—", "ndash": "–", "middot": "·", "bull": "•", "times": "×", "divide": "÷",
    "plusmn": "±", "minus": "−", "deg": "°", "permil": "‰", "prime": "′", "Prime": "″", "sup1": "¹", "sup2": "²",
    "sup3": "³", "frac12": "½", "frac14": "¼", "frac34": "¾", "micro": "µ", "para": "¶", "sect": "§", "copy": "©",
    "reg": "®", "trade": "™", "yen": "¥", "euro": "€", "pound": "£", "cent": "¢", "le": "≤", "ge": "≥", "ne": "≠",
    "asymp": "≈", "equiv": "≡", "infin": "∞", "radic": "√", "sum": "∑", "larr": "←", "rarr": "→", "uarr": "↑",
    "darr": "↓", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "lambda": "λ", "mu": "μ",
    "pi": "π", "sigma": "σ", "phi": "φ", "Phi": "Φ", "omega": "ω", "Omega": "Ω", "Oslash": "Ø", "oslash": "ø",
    "aacute": "á", "agrave": "à", "eacute": "é", "egrave": "è", "ecirc": "ê", "iacute": "í", "igrave": "ì",
    "oacute": "ó", "ograve": "ò", "uacute": "ú", "ugrave": "ù", "uuml": "ü", "ouml": "ö", "auml": "ä", "ccedil": "ç",
    "cir": "○", "squ": "□", "star": "☆", "check": "✓", "rang": "⟩", "lang": "⟨", "sim": "∼", "iexcl": "¡", "ordf": "ª",
  ]
}
