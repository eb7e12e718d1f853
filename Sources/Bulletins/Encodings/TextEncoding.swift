/// How a file's bytes stand for characters.
public enum TextEncoding: Sendable, Equatable, CaseIterable {
  case utf8, utf16LittleEndian, utf16BigEndian, gb18030, big5, shiftJIS, eucJP, eucKR, windows1252

  /// The name that people know it by.
  public var name: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LittleEndian, .utf16BigEndian: "UTF-16"
    case .gb18030: "GB18030"
    case .big5: "Big5"
    case .shiftJIS: "Shift JIS"
    case .eucJP: "EUC-JP"
    case .eucKR: "EUC-KR"
    case .windows1252: "Windows-1252"
    }
  }

  /// The name that the system's `iconv` knows it by, with all its extensions.
  public var converterName: String {
    switch self {
    case .utf8: "UTF-8"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    case .gb18030: "GB18030"
    case .big5: "BIG5-HKSCS"
    case .shiftJIS: "CP932"
    case .eucJP: "EUC-JP-MS"
    case .eucKR: "CP949"
    case .windows1252: "CP1252"
    }
  }

  /// How many bytes a damaged character takes at the least.
  public var unitByteCount: Int { self == .utf16LittleEndian || self == .utf16BigEndian ? 2 : 1 }

  /// The encoding that HTML calls by `label`, in any case; nil for one that is not read.
  ///
  /// A page that can be read far enough to say that it is UTF-16 is none.
  init?(label: String) {
    switch label.lowercased() {
    case "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "unicode": self = .utf8
    case "gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "chinese", "hz-gb-2312": self = .gb18030
    case "big5", "big5-hkscs", "big-5", "cn-big5", "x-x-big5": self = .big5
    case "shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji": self = .shiftJIS
    case "euc-jp", "x-euc-jp": self = .eucJP
    case "euc-kr", "ks_c_5601-1987", "windows-949", "korean": self = .eucKR
    case "iso-8859-1", "latin1", "windows-1252", "us-ascii", "ascii", "cp1252": self = .windows1252
    default: return nil
    }
  }

  /// The encoding that the bytes show by themselves; nil when it has to be guessed.
  ///
  /// UTF-16 shows itself by a byte order mark; UTF-8 by being well-formed, or by little damage: an ill-formed place for every
  /// four characters of more than one byte, and bytes of another encoding make hardly any such characters.
  ///
  /// - Complexity: O(*n*) in the number of bytes.
  public static func shown(by bytes: Span<UInt8>) -> TextEncoding? {
    if bytes.count >= 2 {
      if bytes[0] == 0xFF && bytes[1] == 0xFE { return .utf16LittleEndian }
      if bytes[0] == 0xFE && bytes[1] == 0xFF { return .utf16BigEndian }
    }
    if UTF8Check.endOfValidText(in: bytes) == bytes.count { return .utf8 }
    let (characters, damages) = UTF8Check.countCharacters(in: bytes)
    return characters >= 4 * damages ? .utf8 : nil
  }
}
