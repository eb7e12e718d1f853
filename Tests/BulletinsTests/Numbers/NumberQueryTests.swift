import Bulletins
import Foundation
import Testing

/// Numbers as people type them into a search.
@Suite("Numbers in queries")
struct NumberQueryTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../corpus/bulletins").standardizedFileURL

  /// The numbers with a year that the sample bulletins mention, each once.
  private static func numbers() throws -> [DocumentNumber] {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let all = try files.flatMap { file in
      DocumentNumber.mentions(in: String(decoding: try Data(contentsOf: file), as: UTF8.self)).map(\.number)
    }
    return Set(all).filter { $0.year != nil && $0.description.contains("〔") }.sorted { $0.description < $1.description }
  }

  private static let brackets = [
    ("[", "]"), ("(", ")"), ("（", "）"), ("【", "】"), ("《", "》"), ("〈", "〉"), ("［", "］"), ("〔", "〕"), ("<", ">"),
    ("〖", "〗"),
  ]

  /// `text` with its digits in another script: full width or Chinese numerals.
  private func digits(_ number: Int, _ digits: [Character]) -> String {
    String("\(number)".compactMap { $0.wholeNumberValue.map { digits[$0] } })
  }

  /// `number` written in one of many ways that keep its brackets, its 号, or both.
  private func messy(_ number: DocumentNumber, using random: inout SeededRandom) -> String {
    let wide = Array("０１２３４５６７８９")
    let year = number.year ?? 0
    var yearText = "\(year)"
    var serial = "\(number.serial)"
    switch Int.random(in: 0..<5, using: &random) {
    case 0: (yearText, serial) = (digits(year, wide), digits(number.serial, wide))
    case 1: yearText = digits(year, Array("〇一二三四五六七八九"))
    case 2: serial = "第" + serial
    case 3: serial = "0" + serial
    default: break
    }
    let (open, close) = Self.brackets.randomElement(using: &random) ?? ("[", "]")
    var parts = [number.code]
    switch Int.random(in: 0..<6, using: &random) {
    case 0: parts += [yearText, "年", serial, "号"]
    case 1: parts += [yearText, "-", serial, "号"]
    case 2: parts += [open, yearText, "年", close, serial, "号"]
    case 3: parts += [open, yearText, close, serial]
    default: parts += [open, yearText, close, serial, "号"]
    }
    if Bool.random(using: &random) {
      parts[0] = parts[0].replacing("办", with: "辦").replacing("发", with: "發").replacing("县", with: "縣")
    }
    let spaces = ["", "", " ", "\u{3000}"]
    var typed = parts.joined(separator: spaces.randomElement(using: &random) ?? "")
    if Bool.random(using: &random) { typed = " " + typed + " " }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return "“\(typed)”"
    case 1: return "\"\(typed)\""
    default: return typed
    }
  }

  @Test("every number of the sample bulletins, typed in many ways, is understood", arguments: 0..<4 as Range<UInt64>)
  func samples(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let numbers = try Self.numbers()
    #expect(numbers.count > 60)
    for number in numbers where !number.code.hasSuffix("令") && !number.code.hasSuffix("告") {
      for _ in 0..<6 {
        let typed = messy(number, using: &random)
        let parsed = DocumentNumber(query: typed)
        #expect(parsed == number, "\(typed)")
        #expect(parsed?.readings.first == number, "\(typed)")
        for other in numbers where other != number && parsed?.mayMean(other) == true {
          Issue.record("\(typed) may mean \(other)")
        }
      }
    }
  }

  @Test(
    "one number, typed by many hands",
    arguments: [
      "云政办发〔2021〕19号", "云政办发[2021]19", "云政办发(2021)19", "云政办发（2021）第19号", "云政办发【2021】19号", "云政办发 2021 19",
      "云政办发2021-19", "云政办发2021年19号", "云政办发 [ 2021 ] 19 号", "云政辦發〔2021〕19號", "雲政辦發〔2021〕19號", "云政办发〔二〇二一〕十九号",
      "云政办发〔二○二一〕第十九号", "“云政办发〔2021〕19号”", "'云政办发2021—19号'", "「云政办发〔2021〕19号」", "（云政办发〔2021〕19号）", "云政办发２０２１年１９号",
      "云 政 办 发 2021 19 号", "云政办发〈2021〉19号", "云政办发［2021］19", "云政办2021-19号", "云政办〔2021〕19号", "云政办2021-19",
    ])
  func hands(typed: String) throws {
    let number = try #require(DocumentNumber(query: typed))
    #expect(number.readings.map(\.description).contains("云政办发〔2021〕19号"))
    for other in ["云政发〔2021〕19号", "临政办发〔2021〕19号", "云政办发〔2021〕9号", "云政办发〔2020〕19号", "云政办发电〔2021〕19号"] {
      #expect(!number.readings.map(\.description).contains(other))
    }
  }

  @Test(
    "orders and public notices",
    arguments: [
      ("国务院令第591号", "国务院令第591号"), ("国务院令591号", "国务院令第591号"), ("国务院第591号令", "国务院令第591号"), ("云泽县人民政府令第3号", "云泽县人民政府令第3号"),
      ("农业农村部公告2021年第5号", "农业农村部公告2021年第5号"),
    ])
  func orders(typed: String, usual: String) {
    #expect(DocumentNumber(query: typed)?.readings.map(\.description) == [usual])
  }

  @Test(
    "a query that says anything else is none",
    arguments: [
      "", "\"\"", "应急预案", "根据云政办发〔2021〕19号", "云政办发〔2021〕19号 尾矿库", "云政办发〔2021〕19号和20号", "2021年第2期", "2021-19",
      "应急预案2021-19",
      "防汛2021 19", "2024年", "number:云政办发〔2021〕19号", "19号", "关于印发〔2021〕19号文件的通知", "三年行动计划（2023-2025年）",
      String(repeating: "云", count: 200) + "〔2021〕19号",
    ])
  func others(query: String) {
    #expect(DocumentNumber(query: query) == nil)
  }
}
