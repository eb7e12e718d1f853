import Testing

@testable import searchctl

@Suite("Figures and lines")
struct FiguresTests {
  @Test(
    "a number has the digits asked for",
    arguments: [
      (3.14159, 2, "3.14"), (0.005, 2, "0.01"), (2, 0, "2"), (-0.001, 2, "0.00"), (-1.5, 1, "-1.5"), (0.05, 3, "0.050"),
      (1234567.891, 1, "1234567.9"), (0, 3, "0.000"), (9e18, 1, "9e+18"), (.infinity, 1, "inf"),
    ])
  func fixed(number: Double, digits: Int, text: String) {
    #expect(Figures.fixed(number, digits) == text)
  }

  @Test(
    "times are minutes and seconds",
    arguments: [(7.4, "0:07"), (59.6, "1:00"), (760, "12:40"), (3723, "1:02:03"), (-1, "0:00")])
  func clock(seconds: Double, text: String) {
    #expect(Figures.clock(seconds) == text)
  }

  @Test("the progress line has share, rate, time left and documents")
  func progress() {
    #expect(
      Progress.line(byteCount: 25_000_000, totalByteCount: 100_000_000, documents: 1, seconds: 0.5, barWidth: 8)
        == "[##......] 25 %, 50.0 MB/s, 0:02 left, 1 document")
    #expect(
      Progress.line(byteCount: 120, totalByteCount: 100, documents: 2, seconds: 1, barWidth: 0)
        == "100 %, 0.0 MB/s, 0:00 left, 2 documents")
    #expect(
      Progress.line(byteCount: 0, totalByteCount: 0, documents: 0, seconds: 0, barWidth: 0)
        == "100 %, 0.0 MB/s, 0 documents")
  }

  @Test("quantiles are taken by the nearest rank")
  func quantiles() {
    let values = (1...100).map(Double.init)
    #expect(Quantile.of(values, 0.5) == 50)
    #expect(Quantile.of(values, 0.99) == 99)
    #expect(Quantile.of([7], 0.5) == 7)
    #expect(Quantile.of([1, 2, 3], 1) == 3)
  }

  @Test("Chinese characters take two columns in a table")
  func table() {
    #expect(TextTable.aligned([["甲", "1"], ["abc", "10"]]) == "甲    1\nabc  10")
    #expect(TextTable.aligned([["a", "甲", "1"], ["b", "abc", "10"]], leftCount: 2) == "a  甲    1\nb  abc  10")
  }

  @Test("no text can steer a terminal")
  func controlCharacters() {
    #expect(TerminalText.safe("a\u{1B}[2Jb\u{9B}\n\t甲".unicodeScalars) == "a\u{FFFD}[2Jb\u{FFFD}\u{FFFD}\t甲")
  }

  @Test("highlights are bold on a terminal and nothing elsewhere")
  func highlights() {
    let text = "尾矿\n库登记"
    #expect(TerminalText.highlighted(text, [0..<2, 4..<6], isTerminal: false) == "尾矿 库登记")
    #expect(
      TerminalText.highlighted(text, [0..<2, 4..<9], isTerminal: true)
        == "\u{1B}[1;33m尾矿\u{1B}[0m 库\u{1B}[1;33m登记\u{1B}[0m")
    #expect(TerminalText.highlighted("甲", [5..<6], isTerminal: true) == "甲")
  }
}
