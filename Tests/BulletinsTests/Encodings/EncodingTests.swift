import Testing

@testable import Bulletins

@Suite("Encodings")
struct EncodingTests {
  @Test("UTF-8 shows itself, damaged a little as well; UTF-16 by its mark")
  func shown() {
    #expect(TextEncoding.shown(by: Array("甲县人民政府".utf8).span) == .utf8)
    #expect(TextEncoding.shown(by: Array("plain".utf8).span) == .utf8)
    #expect(TextEncoding.shown(by: (Array("甲县人民政府".utf8) + [0xFF]).span) == .utf8)
    #expect(TextEncoding.shown(by: ([0xE7, 0x94] + Array("甲县人民".utf8)).span) == .utf8)
    #expect(TextEncoding.shown(by: ([UInt8(0xFF), 0xFE, 0x32, 0x75] as [UInt8]).span) == .utf16LittleEndian)
    #expect(TextEncoding.shown(by: ([UInt8(0xFE), 0xFF, 0x75, 0x32] as [UInt8]).span) == .utf16BigEndian)
    let gb: [UInt8] = [0xD4, 0xC6, 0xD4, 0xF3, 0xCF, 0xD8, 0xC8, 0xCB, 0xC3, 0xF1]
    #expect(TextEncoding.shown(by: gb.span) == nil)
  }

  @Test(
    "a page's declaration is found in both spellings",
    arguments: [
      ("<meta charset=gb2312>", TextEncoding.gb18030), ("<META CharSet='BIG5'>", .big5),
      ("<meta charset=\"utf-8\"/>", .utf8),
      ("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=GBK\">", .gb18030),
      ("<?xml version=\"1.0\"?><script src=x charset></script><meta charset = shift_jis>", .shiftJIS),
    ])
  func declared(head: String, encoding: TextEncoding) {
    #expect(HTMLReader.declaredEncoding(in: Array(head.utf8)) == encoding)
  }

  @Test("no declaration, or one of something else, is none", arguments: ["", "<p>charset", "<meta charset=klingon>"])
  func undeclared(head: String) {
    #expect(HTMLReader.declaredEncoding(in: Array(head.utf8)) == nil)
  }

  @Test("random bytes are no Chinese, in whatever encoding", arguments: 1...50 as ClosedRange<UInt64>)
  func noise(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let bytes = (0..<2000).map { _ in UInt8.random(in: 0...255, using: &random) }
    var guess = EncodingGuess()
    // What comes out of noise: some characters anywhere among the ideographs, and much damage.
    let text = String(
      String.UnicodeScalarView(
        (0..<800).map { _ in
          Bool.random(using: &random)
            ? "\u{FFFD}" : Unicode.Scalar(UInt32.random(in: 0x4E00...0x9FFF, using: &random)) ?? "?"
        }))
    for candidate in EncodingGuess.candidates { guess.consider(candidate, text, of: bytes.span) }
    #expect(guess.best == nil, "seed \(seed)")
  }
}
