import Bulletins
import Testing

@Suite("Facts of JSON objects")
struct FactsReaderTests {
  /// The fields that are added to a document, each as `name=value`.
  private func facts(_ text: String, title: String = "", given: [SourceField] = []) -> [String] {
    var document = SourceDocument(
      key: "1", title: title, text: text, fields: given, path: "a.jsonl", startLine: 3, endLine: 3)
    var reader = FactsReader()
    reader.addFacts(to: &document)
    #expect(document.text == text && document.title == title)
    #expect(document.fields.prefix(given.count).elementsEqual(given))
    return document.fields.dropFirst(given.count).map { "\($0.name)=\(shown($0.value))" }
  }

  private func shown(_ value: FieldValue) -> String {
    switch value {
    case .string(let text): text
    case .integer(let number): "\(number)"
    case .list(let values): values.map(shown).joined(separator: "|")
    default: "?"
    }
  }

  private static let notice = """
    云政办发〔2021〕19号
    各乡镇人民政府：
    根据《森林法》和《岚江省防火条例》，现将《云泽县防火预案》印发给你们。《云泽县防火办法》（云政办发〔2011〕4号）同时废止。
    云泽县人民政府办公室
    2021年4月28日
    云泽县防火预案
    一、参照临政办发〔2020〕7号执行。
    """

  @Test("a notice tells number, issuer, date, types and what it cites")
  func notice() {
    #expect(
      facts(Self.notice, title: "云泽县人民政府办公室关于印发云泽县防火预案的通知") == [
        "number=云政办发〔2021〕19号", "issuer=云泽县人民政府办公室", "date=2021-04-28", "year=2021", "type=通知|预案",
        "basis=《森林法》|《岚江省防火条例》", "repeals=云政办发〔2011〕4号", "mentions=临政办发〔2020〕7号",
      ])
  }

  @Test(
    "what the object gives itself stays, whatever it holds",
    arguments: [
      ("number", FieldValue.string("无")), ("number", .null), ("date", .integer(2020)), ("issuer", .string("")),
      ("type", .list([])), ("year", .string("二〇二一")), ("basis", .boolean(false)), ("repeals", .null),
      ("mentions", .list([])),
    ])
  func given(name: String, value: FieldValue) {
    let title = "云泽县人民政府办公室关于印发云泽县防火预案的通知"
    let all = facts(Self.notice, title: title)
    let rest = facts(Self.notice, title: title, given: [SourceField(name: name, value: value)])
    #expect(rest.allSatisfy { !$0.hasPrefix("\(name)=") })
    let names = Set(all.map { $0.prefix { $0 != "=" } })
    #expect(names.subtracting(rest.map { $0.prefix { $0 != "=" } }) == [Substring(name)])
  }

  @Test("a number and a date that are given count as the document's own")
  func givenValues() {
    #expect(
      facts("见甲政发〔2021〕9号和乙政发〔2020〕1号。", given: [SourceField(name: "number", value: .string("甲政发[2021]9号"))])
        == ["year=2021", "mentions=乙政发〔2020〕1号"])
    #expect(facts("种树。", given: [SourceField(name: "date", value: .string("2020-02-03"))]) == ["year=2020"])
  }

  @Test(
    "the number is looked for at the beginning only, and on its own",
    arguments: [
      ("", "云泽县人民政府关于种树的通知\n云政发〔2021〕9号\n各乡镇：\n请种树。", "云政发〔2021〕9号"),
      ("云泽县人民政府关于种树的通知", "云政发〔2021〕9号\n各乡镇：\n请种树。", "云政发〔2021〕9号"),
      ("云泽县人民政府关于种树的通知（云政发〔2021〕9号）", "各乡镇：\n请种树。", "云政发〔2021〕9号"),
      ("关于种树的通知", "发文字号：云政发[2021]9号\n请种树。", "云政发〔2021〕9号"),
      ("种树", "## 种树\n\n（云政发〔2021〕9号）\n请种树。", "云政发〔2021〕9号"),
      ("", "云泽县人民政府令\n第3号\n《云泽县养犬办法》已经通过，现予公布。", "云泽县人民政府令第3号"),
      ("关于种树的通知", "根据云政发〔2021〕9号\n请种树。", nil), ("关于种树的通知", "请种树。\n云政发〔2021〕9号", nil),
      ("某法", "2021年1月1日 中华人民共和国主席令第9号公布\n第一条 种树。", nil),
      ("关于种树的通知", String(repeating: "树", count: 520) + "\n云政发〔2021〕9号\n请种树。", nil),
      ("", "目录\n甲县人民政府关于种树的通知（甲政发〔2021〕1号）\n甲县人民政府关于种草的通知（甲政发〔2021〕2号）", nil),
    ])
  func numbers(title: String, text: String, number: String?) {
    #expect(facts(text, title: title).first { $0.hasPrefix("number=") } == number.map { "number=\($0)" })
  }

  @Test(
    "the date is that of the signature, or the last on which a law was adopted or changed",
    arguments: [
      ("甲县人民政府关于种树的通知", "请种树。\n甲县人民政府\n2021年3月1日\n甲方案\n乙县人民政府\n2022年5月6日", "2021-03-01"),
      ("关于种树的通知", "请种树。\n甲县林业局\n2021年3月1日\n（此件公开发布）", "2021-03-01"),
      ("关于种树的通知", "请种树。\n二〇二一年三月一日", "2021-03-01"), ("关于种树的通知", "2021年3月1日开会。", nil),
      ("甲县人民政府关于种树的通知", "请种树。\n甲县人民政府\n2021年13月40日", nil),
      ("某法", "（2007年8月30日第十届全国人民代表大会常务委员会第二十九次会议通过　自2008年8月1日起施行）\n第一条 种树。", "2007-08-30"),
      (
        "某条例", "# 某条例\n\n2010年12月22日 甲市第十一届人民代表大会常务委员会通过\n\n2011年5月25日 乙省人民代表大会常务委员会批准\n\n2011年10月1日 施行\n\n第一条 种树。",
        "2011-05-25"
      ),
      (
        "某条例", "（1999年4月3日通过　根据2018年9月21日《关于修改〈乙条例〉的决定》第一次修正　2020年7月24日公布）\n第一条 种树。",
        "2018-09-21"
      ),
      ("某规定", "1989年10月20日 国务院令第42号发布\n第一条 种树。", "1989-10-20"), ("某规定", "2018年9月1日 施行\n第一条 种树。", nil),
      ("某条例", "2011年5月25日 乙省人民代表大会常务委员会批准", nil),
      ("某条例", "第九条 本条例自2011年5月1日起施行。1992年3月21日通过的《乙条例》同时废止。", nil),
    ])
  func dates(title: String, text: String, date: String?) {
    #expect(facts(text, title: title).first { $0.hasPrefix("date=") } == date.map { "date=\($0)" })
  }

  @Test(
    "what a law ends, rests on and speaks of",
    arguments: [
      ("第九条 本条例自2011年5月1日起施行。《乙条例》同时废止。", ["repeals=《乙条例》"]),
      (
        "第九条 本条例自2011年5月1日起施行。1992年3月21日甲市人民代表大会常务委员会通过、根据1997年8月6日《关于修改〈丙条例〉的决定》修正的《乙条例》同时废止。",
        ["repeals=《乙条例》", "mentions=《关于修改〈丙条例〉的决定》"]
      ),
      ("第一条 为了种树，根据《森林法》、《乙条例》，制定本条例。\n第二条 依照《森林法》处理。", ["basis=《森林法》|《乙条例》"]),
      ("第二条 依照《森林法》处理。", ["mentions=《森林法》"]),
      ("2011年1月8日 《甲决定》第一次修正\n2012年1月8日 《乙决定》第二次修正\n第一条 种树。", ["mentions=《甲决定》|《乙决定》"]),
    ])
  func laws(text: String, relations: [String]) {
    let names = Set(Citation.Relation.allCases.map { Substring($0.rawValue) })
    #expect(facts(text, title: "甲市种树条例").filter { names.contains($0.prefix { $0 != "=" }) } == relations)
  }

  @Test("an office begins a title only where 关于 or an order's name follows")
  func issuers() {
    #expect(facts("种树。", title: "最高人民法院关于种树的规定") == ["issuer=最高人民法院", "type=规定"])
    #expect(facts("种树。", title: "人民检察院监督规则（试行）") == ["type=规则"])
    #expect(facts("种树。", title: "甲县人民政府森林防火令") == ["issuer=甲县人民政府", "type=令"])
  }

  @Test(
    "a text that says nothing gets no fields", arguments: [("", ""), ("_index", "---"), ("", "。《"), ("第", "》）\n日\n")])
  func nothing(title: String, text: String) {
    #expect(facts(text, title: title).isEmpty)
  }

  @Test("a reader of JSON lines reads facts where it is told to")
  func jsonLines() throws {
    let line = Array(#"{"id": 1, "title": "某市种树条例", "text": "第一条 根据《森林法》，制定本条例。", "type": "法规"}"#.utf8)
    var plain = JSONLinesReader(path: "a.jsonl")
    var reading = JSONLinesReader(path: "a.jsonl", readsFacts: true)
    #expect(try plain.read(line.span, number: 1)?.fields.map(\.name) == ["type"])
    #expect(try reading.read(line.span, number: 1)?.fields.map(\.name) == ["type", "basis"])
  }

  @Test("random text neither traps nor runs out of it", arguments: 0..<8 as Range<UInt64>)
  func fuzz(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let pieces = [
      "《", "》", "〔", "〕", "2021", "号", "。", "；", "\n", "\n第一条 ", "日\n", "2021年3月1日", "甲县人民政府", "废止", "：\n", "[", "（",
      "）", " ", "\t",
      "𠮷", "é", "甲政发〔2021〕1号", "根据《甲法》", "关于种树的通知", "令", "#", "目录", "\u{FEFF}", "|", String(repeating: "树", count: 700),
    ]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0..<60, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      let title = (0..<Int.random(in: 0..<4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      var document = SourceDocument(key: "1", title: title, text: text, path: "a.jsonl", startLine: 1, endLine: 1)
      var reader = FactsReader()
      reader.addFacts(to: &document)
      #expect(document.text == text)
    }
  }
}
