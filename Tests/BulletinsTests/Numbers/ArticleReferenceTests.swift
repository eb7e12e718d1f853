import Bulletins
import Testing

/// Articles of laws as people name them.
@Suite struct ArticleReferenceTests {
  typealias Article = ArticleReference.Article

  @Test(arguments: [
    "《民事诉讼法》第九十七条", "民事诉讼法第97条", "民事诉讼法 第 ９７ 条", "民事诉讼法97条", "民事诉讼法九十七条",
    "民事訴訟法第九十七條", "民事诉讼法第九十七条第二款", "民事诉讼法第九十七条第二款第（三）项", "民事诉讼法第97条第2款第(3)项、第(四)项", "民事诉讼法第九十七条第一、二款",
    "民事诉讼法的第九十七条", "民事诉讼法第九十七条的规定", "民事诉讼法第九十七条原文",
  ])
  func `an article is meant however it is named`(query: String) throws {
    let reference = try #require(ArticleReference(query: query))
    #expect(reference.articles == [Article(number: 97)])
    #expect(["民事诉讼法", "《民事诉讼法》"].contains(reference.law))
  }

  @Test(arguments: [
    ("刑法第十七条之一", [Article(number: 17, insertion: 1)]), ("刑法120条之2", [Article(number: 120, insertion: 2)]),
    ("刑法第一百二十之一条", [Article(number: 120, insertion: 1)]),
    ("刑法第三条、第五条和第九条", [3, 5, 9].map { Article(number: $0) }),
    ("刑法第三、五、九条", [3, 5, 9].map { Article(number: $0) }),
    ("刑法第三条第二款、第五条第（一）项", [3, 5].map { Article(number: $0) }),
    ("刑法第3条至第5条", [3, 4, 5].map { Article(number: $0) }), ("刑法第3-4条", []),
    ("刑法第3条、第3条", [Article(number: 3)]), ("刑法第一百零五条", [Article(number: 105)]),
    ("刑法第一百〇五条", [Article(number: 105)]), ("刑法修正案（十一）第5条", [Article(number: 5)]),
  ])
  func `several articles, ranges, and those that were put in are told apart`(query: String, articles: [Article]) {
    #expect(ArticleReference(query: query)?.articles ?? [] == articles)
  }

  @Test func `an article may be named in a law's name`() throws {
    let reference = try #require(ArticleReference(query: "关于适用刑法第十二条若干问题的通知第三条"))
    #expect(reference.law == "关于适用刑法第十二条若干问题的通知" && reference.articles == [Article(number: 3)])
  }

  @Test(arguments: [
    "", "第九十七条", "刑法", "刑法第条", "刑法第十七条 未成年人", "title:刑法第十七条", "刑法第十七条 -刑法第十八条", "97条", "刑法第零条", "刑法第1条至第900条",
    "刑法第9条至第3条", "2021年第2期", "刑法第三条和", "\"刑法第三条\"", "“刑法第三条”", "「刑法第三条」", "\"刑法\"第三条",
  ])
  func `anything else names none`(query: String) {
    #expect(ArticleReference(query: query) == nil)
  }

  @Test func `a title may have a caption behind the article`() {
    #expect(ArticleReference(title: "民法典第五百条【缔约过失责任】")?.hasCaption == true)
    #expect(ArticleReference(title: "民法典第五百条")?.hasCaption == false)
    #expect(ArticleReference(title: "民法典第五百条若干问题的解释") == nil)
    #expect(ArticleReference(query: "民法典第五百条【缔约过失责任】") == nil)
  }
}

/// Where articles begin in laws.
@Suite struct ArticleTextTests {
  typealias Article = ArticleReference.Article

  private static let text = """
    云水法
    2001年3月1日通过 2019年5月2日修正

    第一章　总则
    第九十七条第二款规定的罚款，由机关收取。
      第九十六条 甲。
    **第九十七条** 乙，见第九十八条。\u{20}
    ## 第97条之一　丙
    第九十八条丁
    第九十九条、第一百条戊
    （第一百条）
    """

  @Test(arguments: [
    (Article(number: 96), "第九十六条 甲。", 5), (Article(number: 97), "第九十七条** 乙，见第九十八条。", 5),
    (Article(number: 97, insertion: 1), "第97条之一　丙", 6), (Article(number: 98), "第九十八条丁", 5),
  ])
  func `an article begins a line, and is not spoken of there`(article: Article, line: String, length: Int) throws {
    let paragraph = try #require(article.paragraph(in: Self.text))
    #expect(paragraph.text == line && paragraph.nameLength == length)
  }

  @Test(arguments: [99, 100, 9, 7])
  func `other articles are not in the text`(number: Int) {
    #expect(Article(number: number).paragraph(in: Self.text) == nil)
  }

  @Test func `a law's newest day is that of its head`() {
    #expect(LawText.latestDate(in: Self.text) == "2019-05-02")
    #expect(LawText.latestDate(in: "通过\n第一条 自2020年1月1日起施行。") == nil)
  }
}
