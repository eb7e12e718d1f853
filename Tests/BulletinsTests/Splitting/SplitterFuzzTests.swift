import Bulletins
import Testing

@Suite("Splitting of damaged text")
struct SplitterFuzzTests {
  /// Every line belongs to exactly one record, in ascending order, and titles and places lie inside.
  private func check(_ text: String, _ note: String) {
    let source = PlainTextReader(path: "a").read(Array(text.utf8).span)
    let bulletin = BulletinSplitter.split(source)
    let ranges = (bulletin.documents.map(\.lines) + bulletin.issueLines).sorted { $0.lowerBound < $1.lowerBound }
    var next = source.startLine
    for range in ranges {
      #expect(range.lowerBound == next, "\(note)")
      next = range.upperBound + 1
    }
    #expect(next == source.endLine + 1, "\(note)")
    for document in bulletin.documents {
      for attachment in document.attachments {
        #expect(
          document.lines.contains(attachment.lines.lowerBound) && document.lines.contains(attachment.lines.upperBound),
          "\(note)")
      }
      #expect(document.citations.allSatisfy { document.lines.contains($0.line) }, "\(note)")
    }
  }

  private static let samples = [SplitterTests.issue, OtherFormsTests.mixed]

  @Test("cut anywhere", arguments: 0..<6 as Range<UInt64>)
  func cuts(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for sample in Self.samples {
      let scalars = Array(sample.unicodeScalars)
      for _ in 0..<60 {
        let start = Int.random(in: 0..<scalars.count, using: &random)
        let end = Int.random(in: start...scalars.count, using: &random)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[start..<end])
        check(String(view), "seed \(seed), scalars \(start)..<\(end)")
      }
    }
  }

  @Test("lines shuffled, doubled and lost, line ends and characters put in", arguments: 0..<12 as Range<UInt64>)
  func shuffles(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    for sample in Self.samples {
      for round in 0..<30 {
        var lines = sample.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if round % 3 == 0 { lines.shuffle(using: &random) }
        for _ in 0..<Int.random(in: 0..<8, using: &random) {
          let index = Int.random(in: 0..<lines.count, using: &random)
          switch Int.random(in: 0..<6, using: &random) {
          case 0: lines.remove(at: index)
          case 1: lines.insert(lines[index], at: index)
          case 2: lines[index] = String(lines[index].prefix(lines[index].count / 2)) + "\n" + lines[index].suffix(3)
          case 3:
            lines[index] +=
              ["《", "》", "〔2021〕", "附件：", "\t", "𠮷", "\u{FEFF}", "|", "（", "号", "令第"].randomElement(using: &random)
              ?? ""
          case 4: lines[index] = "\(Int.random(in: 0..<99, using: &random))" + lines[index]
          default: lines.swapAt(index, Int.random(in: 0..<lines.count, using: &random))
          }
          if lines.isEmpty { lines = [""] }
        }
        check(lines.joined(separator: "\n"), "seed \(seed), round \(round)")
      }
    }
  }

  @Test("pieces of official papers in any order", arguments: 0..<12 as Range<UInt64>)
  func pieces(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "目录", "甲县人民政府公报", "甲县人民政府", "关于", "印发", "转发", "的通知", "令", "公告", "第3号", "甲政发〔2021〕1号", "附件", "附件1", "：", "《", "》",
      "废止",
      "根据", "2021年3月1日", "2021年", "。", "，", "\n", "\n", "\n\n", "\t", "|", "1、", "（", "）", "第一条", "各乡镇人民政府：", "……（1）",
      "【", "】", "- ", "- 3 -",
      "办公室", "实施方案", "主办：", "县长 王某", "𠮷", "a", " ",
    ]
    for round in 0..<150 {
      let text = (0..<Int.random(in: 0..<60, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
      check(text.joined(), "seed \(seed), round \(round)")
    }
  }
}
