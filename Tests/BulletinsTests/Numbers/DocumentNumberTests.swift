import Bulletins
import Testing

@Suite("Document numbers")
struct DocumentNumberTests {
  @Test(
    "one number, typed in many ways",
    arguments: [
      "云政办发〔2021〕19号", "云政办发[2021]19号", "云政办发（2021）19号", "云政办发(2021)19号", "云政办发【2021】19号", "云政办发《2021》19号",
      "云政办发［2021］19号", "云政办发<2021>19号", "云政办发〈2021〉19号", "云政办发﹝2021﹞19号", "云政办发〔2021]19号", "云政办发〔2021〕第19号",
      "云政办发〔２０２１〕１９号", "云政办发 〔2021〕 19 号", "云 政 办 发〔2021〕19号", "云政办发〔2021〕19", "云政办发[2021]19", "云政办发(2021)19",
      "云政办发2021年19号", "云政办发2021年第19号", "云政办发2021-19", "云政办发2021—19号", "云政办发2021－19号", "云政办发2021〕19号",
      "云政办发〔2021 19号", "云政办发〔2021年〕19号", "云政办发〔二〇二一〕十九号", "云政办发〔2O2l〕19号", "云政办发\n〔2021〕\n\n19号",
      "（云政办发〔2021〕19号）", "(云政办发[2021]19号)", "云政辦發〔2021〕19號", "云政办发〔2021〕019号", "  云政办发〔2021〕1 9号 ",
      "云政办发\u{200B}〔2021〕19号",
      "云政办发 2021 19号", "云政办发2021第19号", "云政办发〔2021〕19 号",
    ])
  func spellings(typed: String) {
    #expect(DocumentNumber(typed)?.description == "云政办发〔2021〕19号")
  }

  @Test(
    "numbers of every kind have one usual form",
    arguments: [
      ("临政办发电〔2021〕78号", "临政办发电〔2021〕78号"), ("国办发明电[2020]3号", "国办发明电〔2020〕3号"), ("中办发〔2019〕5号", "中办发〔2019〕5号"),
      ("厅字〔2023〕21号", "厅字〔2023〕21号"), ("国办函〔2016〕80号", "国办函〔2016〕80号"), ("矿安〔2022〕4号", "矿安〔2022〕4号"),
      ("国发〔1999〕39号", "国发〔1999〕39号"), ("国务院令第591号", "国务院令第591号"), ("中华人民共和国国务院令第591号", "国务院令第591号"),
      ("国务院令（第591号）", "国务院令第591号"), ("国务院第591号令", "国务院令第591号"), ("国务院令第五百九十一号", "国务院令第591号"),
      ("国务院令 第591号", "国务院令第591号"), ("岚江省人民政府令第301号", "岚江省人民政府令第301号"),
      ("中华人民共和国主席令第七十号", "主席令第70号"), ("农业农村部令2021年第1号", "农业农村部令2021年第1号"),
      ("农业农村部公告第250号", "农业农村部公告第250号"), ("国家税务总局公告2021年第5号", "国家税务总局公告2021年第5号"),
      ("云政办2022-65号", "云政办〔2022〕65号"), ("岚卫办疾控发〔2017〕10号", "岚卫办疾控发〔2017〕10号"), ("云政任〔2023〕3号", "云政任〔2023〕3号"),
      ("粤府办〔2021〕100号", "粤府办〔2021〕100号"), ("沪府规〔2020〕12号", "沪府规〔2020〕12号"),
    ])
  func kinds(typed: String, usual: String) throws {
    let number = try #require(DocumentNumber(typed))
    #expect(number.description == usual)
    #expect(DocumentNumber(usual) == number)
  }

  @Test(
    "text that is no number",
    arguments: [
      "", "云政办发", "〔2021〕19号", "2021年第2期", "2021年4月28日", "第19号", "云政办发〔2021〕号", "云政办发〔20211〕19号", "三年行动计划（2023-2025年）",
      "应急预案", "安全生产2021", "根据云政办发〔2021〕19号执行", "云政办发〔2021〕0号", "云政办发〔3021〕19号", "号", "〔〕", "令第号", "公告", "PM2.5",
      "云政办发〔2021〕19号和云政办发〔2021〕20号",
    ])
  func others(typed: String) {
    #expect(DocumentNumber(typed) == nil)
  }

  @Test("code, year and serial all count")
  func equality() {
    let number = DocumentNumber("云政办发〔2021〕19号")
    for other in ["云政发〔2021〕19号", "临政办发〔2021〕19号", "云政办发〔2022〕19号", "云政办发〔2021〕9号", "云政办函〔2021〕19号", "云政办发电〔2021〕19号"] {
      #expect(DocumentNumber(other) != number)
      #expect(DocumentNumber(other) != nil)
    }
  }

  @Test("a code without its last letter may mean the whole one, and nothing else")
  func abbreviation() throws {
    let typed = try #require(DocumentNumber("云政办2022-65号"))
    #expect(
      typed.readings.map(\.description) == ["云政办〔2022〕65号", "云政办发〔2022〕65号", "云政办函〔2022〕65号", "云政办字〔2022〕65号"])
    #expect(typed.readings.allSatisfy { typed.mayMean($0) })
    for other in [("云政发", 2022, 65), ("临政办发", 2022, 65), ("云政办发", 2021, 65), ("云政办发", 2022, 6)] {
      #expect(!typed.mayMean(DocumentNumber(code: other.0, year: other.1, serial: other.2)))
    }
  }

  @Test(
    "numbers are found in running text, without the words before them",
    arguments: [
      ("根据国办发〔2021〕8号精神", ["国办发〔2021〕8号"]), ("《意见》（岚\n\n政办发〔2019〕10号）实施前", ["岚政办发〔2019〕10号"]),
      ("《甲》(岚政办发〔2020〕115号)《乙》(临政办发〔2021〕16号)", ["岚政办发〔2020〕115号", "临政办发〔2021〕16号"]),
      ("按照国发〔2019〕5号和省政发〔2020〕6号要求", ["国发〔2019〕5号", "省政发〔2020〕6号"]),
      ("关于防火的通知 云政办发〔2021〕\n19 号……（1）", ["云政办发〔2021〕19号"]),
      ("关于商请支持的函 云政办函〔2025〕9号", ["云政办函〔2025〕9号"]),
      ("关于春节值班的通知云政办发〔2021〕3号", ["云政办发〔2021〕3号"]),
      ("的通知 云政\n办发〔2020〕33号…（14）", ["云政办发〔2020〕33号"]),
      ("严格执行国务院令第591号的规定", ["国务院令第591号"]), ("主要负责人\n\n云政办发〔2021〕3号", ["云政办发〔2021〕3号"]),
      ("和政发〔2021〕1号", ["和政发〔2021〕1号"]), ("（国办发〔1999〕39号、国发〔2004〕28号）", ["国办发〔1999〕39号", "国发〔2004〕28号"]),
      ("2021年第2期 二〇二一年五月 第19号 5月6日—15日 0350--6522111 35号楼", []), ("实施方案（2023-2025年）、3号线", []),
      ("单位\t数量（2021）\t3", []), ("本令自2021年3月1日起施行，令行禁止", []),
    ])
  func inText(text: String, numbers: [String]) {
    #expect(DocumentNumber.mentions(in: text).map(\.number.description) == numbers)
  }

  @Test("a mention's place covers it from its first letter to 号, whatever stands between")
  func places() throws {
    let text = "见《意见》（岚\n\n政办发 〔２０１９〕 10 号）。𠮷 另见国务院令第5号"
    let mentions = DocumentNumber.mentions(in: text)
    let utf8 = Array(text.utf8)
    #expect(
      mentions.map { String(decoding: utf8[$0.utf8Range], as: UTF8.self) } == ["岚\n\n政办发 〔２０１９〕 10 号", "国务院令第5号"])
  }

  @Test("random text neither traps nor yields places outside it", arguments: 0..<8 as Range<UInt64>)
  func fuzz(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "五", "政", "办", "发", "〔", "〕", "2021", "19", "号", "令", "第", "（", "）", "\n", " ", "\t", "公告", "年", "-", "Ｏ", "二〇二一",
      "𠮷", "e\u{301}", "\u{FEFF}", "的", "和",
    ]
    for _ in 0..<400 {
      let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      let count = text.utf8.count
      var end = 0
      for mention in DocumentNumber.mentions(in: text) {
        #expect(
          mention.utf8Range.lowerBound >= end && mention.utf8Range.upperBound <= count, "\(text.debugDescription)")
        #expect(!mention.utf8Range.isEmpty && mention.number.serial > 0)
        #expect(DocumentNumber(mention.number.description) == mention.number, "\(text.debugDescription)")
        end = mention.utf8Range.upperBound
      }
      _ = DocumentNumber(text)
    }
  }
}
