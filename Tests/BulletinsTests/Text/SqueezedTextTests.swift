import Testing

@testable import Bulletins

@Suite("Squeezed text")
struct SqueezedTextTests {
  private func squeezed(_ text: String) -> String {
    String(decoding: SqueezedText(text).units, as: UTF16.self)
  }

  @Test(
    "white space goes, but for one space between letters or digits and a tab between cells",
    arguments: [
      ("（岚\n\n政办发〔２０１９〕 10 号）", "(岚政办发〔2019〕10号)"), ("通 知", "通知"), ("PM 2.5", "PM 2.5"), ("a\nb", "a b"),
      ("a \n\n b", "a b"),
      ("2021\n年", "2021年"), ("甲\t乙", "甲\t乙"), ("\t甲\t\t乙\t", "甲\t乙"), ("甲\u{200B}乙\u{FEFF}", "甲乙"), ("　　甲　乙", "甲乙"),
      ("", ""),
      (" \n\n ", ""), ("𠮷 𠮷", "𠮷𠮷"), ("ＡＢ：", "AB:"),
    ])
  func squeezing(text: String, expected: String) {
    #expect(squeezed(text) == expected)
  }

  @Test("lines keep their numbers, and gaps say what stood between")
  func lines() {
    let text = SqueezedText("甲 乙\n\n丙\n| 丁 | 戊 |\n己\t庚\n")
    #expect(text.lines.map(\.number) == [0, 2, 3, 4])
    #expect(text.lines.map(\.isTableRow) == [false, false, true, true])
    #expect(text.lineCount == 5)
    #expect(text.gaps.prefix(4) == [.none, .space, .blankLine, .lineEnd])
  }

  @Test("what was printed comes back, wherever a range begins and ends", arguments: 0..<10 as Range<UInt64>)
  func printed(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = ["甲", "乙", "a", "1", " ", "  ", "\n", "\n\n", "\t", "𠮷", "Ａ", "（", "\u{FEFF}", "。", "é"]
    for _ in 0..<20 {
      let source = (0..<Int.random(in: 0..<1500, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
      }.joined()
      let text = SqueezedText(source)
      let utf8 = Array(source.utf8)
      for _ in 0..<20 where !text.units.isEmpty {
        var start = Int.random(in: 0..<text.units.count, using: &random)
        var end = Int.random(in: start...text.units.count, using: &random)
        if UTF16.isTrailSurrogate(text.units[start]) { start -= 1 }
        if end < text.units.count, UTF16.isTrailSurrogate(text.units[end]) { end += 1 }
        let printed = text.printed(start..<end)
        #expect(
          SqueezedText(printed).units.filter { $0 > 0x20 } == text.units[start..<end].filter { $0 > 0x20 },
          "seed \(seed)")
        #expect(printed.utf16.count == end - start, "seed \(seed)")
        let bytes = text.byteRange(of: start..<end)
        let raw = String(decoding: utf8[bytes], as: UTF8.self)
        #expect(
          SqueezedText(raw).units.filter { $0 > 0x20 } == text.units[start..<end].filter { $0 > 0x20 }, "seed \(seed)")
      }
    }
  }
}
