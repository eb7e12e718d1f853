import SystemIO
import Testing

@Suite("Other encodings made into UTF-8")
struct CharacterConverterTests {
  private func convert(_ bytes: [UInt8], _ encoding: String, unit: Int = 1) throws -> (text: String, count: Int) {
    let (utf8, count) = try CharacterConverter.utf8(of: bytes, encoding: encoding, unitByteCount: unit)
    return (String(decoding: utf8, as: UTF8.self), count)
  }

  @Test("the old encodings of Chinese, and UTF-16")
  func encodings() throws {
    #expect(try convert([0xD4, 0xC6, 0xD4, 0xF3], "GB18030") == ("云泽", 0))
    #expect(try convert([0x81, 0x30, 0x8A, 0x30, 0x41], "GB18030") == ("ãA", 0))
    #expect(try convert([0xB6, 0xB3, 0xBF, 0x41], "BIG5-HKSCS") == ("雲澤", 0))
    #expect(try convert([0xFF, 0xFE, 0x91, 0x4E], "UTF-16LE", unit: 2) == ("\u{FEFF}云", 0))
    #expect(try convert([], "GB18030") == ("", 0))
  }

  @Test("what is no character becomes U+FFFD, and the rest is read on")
  func damage() throws {
    #expect(try convert([0xD4, 0xC6, 0xFF, 0x41, 0xD4], "GB18030") == ("云\u{FFFD}A\u{FFFD}", 2))
    #expect(try convert([0x91, 0x4E, 0x00, 0xD8, 0x41, 0x00, 0x41], "UTF-16LE", unit: 2) == ("云\u{FFFD}A\u{FFFD}", 2))
  }

  @Test("a text of any length, longer than a piece of the output")
  func long() throws {
    let bytes = [UInt8](repeating: 0xD4, count: 300_000).enumerated().map { $0.offset % 2 == 0 ? $0.element : 0xC6 }
    let (text, count) = try convert(bytes, "GB18030")
    #expect(count == 0)
    #expect(text.unicodeScalars.count == 150_000 && text.unicodeScalars.allSatisfy { $0 == "云" })
  }

  @Test("an encoding that the system does not know is an error that names it")
  func unknown() {
    #expect(throws: SystemError(operation: "iconv_open", path: "NO-SUCH", code: 22)) { try convert([0x41], "NO-SUCH") }
  }
}
