import Bulletins
import Testing

/// Issues of bulletins as people name them.
@Suite struct IssueReferenceTests {
  @Test(arguments: [
    "2021年第2期", "二〇二一年第二期", "二零二一年第2期", "2021年2期", "2021年第02期", "２０２１年第２期", "2021 年 第 2 期", "云泽县人民政府公报2021年第2期",
    "《云泽县人民政府公报》2021年第2期", "2021年云泽县人民政府公报第2期", "人民政府公报 2021年第二期", "2021年第2期（总第12期）", "2021年第2期总第12期", "总第12期",
    "总第十二期", "云泽县人民政府公报第2期",
  ])
  func `an issue is meant however it is named`(query: String) throws {
    let issue = try #require(IssueReference(query: query))
    #expect(issue.means("云泽县人民政府公报2021年第2期（总第12期）"))
    for other in [
      "云泽县人民政府公报2021年第1期（总第11期）", "云泽县人民政府公报2020年第3期（总第10期）", "云泽县人民政府公报第12期", "云泽县人民政府公报2021年", "公报", "",
    ] {
      #expect(!issue.means(other), "\(issue), \(other)")
    }
  }

  @Test func `parts of an issue are told apart where one is named`() throws {
    let (first, second) = ("云泽县政报2021年第2期（上）", "云泽县政报2021年第2期(下)")
    let whole = try #require(IssueReference(query: "2021年第2期"))
    #expect(whole.means(first) && whole.means(second))
    let part = try #require(IssueReference(query: "2021年第2期（下）"))
    #expect(!part.means(first) && part.means(second))
    #expect(part.description == "2021年第2期（下）")
  }

  @Test(arguments: [
    "", "第2期", "2期", "2021年", "2021年第2号", "2021年第期", "养犬2021年第2期", "2021年第2期养犬", "2021年第2期 登记", "2021第2期",
    "\"2021年第2期\"",
    "第2期2021年", "2021年第2期第3期", "总第期", "2021年第2期（", "公报", "云政发〔2021〕2号", "农业农村部公告2021年第5号",
  ])
  func `anything else names none`(query: String) {
    #expect(IssueReference(query: query) == nil)
  }
}
