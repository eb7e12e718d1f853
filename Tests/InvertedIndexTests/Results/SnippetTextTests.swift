import CJKTokenizer
import Testing

@testable import InvertedIndex

@Suite struct SnippetTextTests {
  @Test func `the role of a scalar is the tokenizer's`() {
    for value in (0..<UInt32(0x10000)) where !(0xD800...0xDFFF).contains(value) {
      #expect(SnippetText.role(of: value) == Tokenizer.whiteSpaceRole(of: value), "U+\(String(value, radix: 16))")
    }
  }

  @Test(arguments: [
    ("甲\n乙", 0..<7, [4..<7], "甲乙", [1..<2]),
    ("甲\n乙", 3..<7, [4..<7], "乙", [0..<1]),
    ("甲\n乙 ", 0..<5, [0..<3], "甲\u{FFFD}", [0..<1]),
    (" a  b ", 0..<6, [1..<2, 4..<5], "a b", [0..<1, 2..<3]),
    (" \n ", 0..<3, [], "", []),
    ("甲乙丙丁戊", 3..<15, [6..<9, 12..<15], "乙丙丁戊", [1..<2, 3..<4]),
    ("甲乙\n丙丁", 0..<13, [3..<10], "甲乙丙丁", [1..<3]),
    ("䶿一a鿿ꀀ", 0..<13, [3..<6, 7..<10], "䶿一a鿿ꀀ", [1..<2, 3..<4]),
    ("ab 甲乙 cd", 0..<12, [3..<9], "ab甲乙cd", [2..<4]),
  ])
  func `white space goes, or becomes one space, and marks follow`(
    text: String, range: Range<Int>, marks: [Range<Int>], expected: String, highlights: [Range<Int>]
  ) {
    let snippet = SnippetText.make(Array(text.utf8), range: range, marks: marks, tabIsGap: false)
    #expect(snippet == Snippet(text: expected, highlights: highlights))
  }
}
