import Testing

@testable import Bulletins

@Suite("HTML")
struct HTMLReaderTests {
  private func read(_ html: String) -> SourceDocument { HTMLReader(path: "a.html").read(Array(html.utf8)) }

  @Test(
    "paragraphs are lines, and what is no text of the page is left out",
    arguments: [
      ("<p>甲</p><p>乙</p>", "甲\n乙\n"), ("<p>甲<p>乙<br>丙<div>丁", "甲\n乙\n丙\n丁\n"),
      ("<p>甲\n  乙 <b>丙</b>丁</p>", "甲 乙 丙丁\n"), ("甲<script>if (a<b) '<p>乙'</script>丙", "甲丙\n"),
      ("<STYLE>p{}</STYLE>甲<!-- <p>乙 -->丙", "甲丙\n"), ("<nav><a>乙</a></nav><p>甲</p>", "甲\n"),
      ("<header>乙<header>丙</header>丁</header>甲<footer>乙</footer>", "甲\n"),
      ("<article><header>甲</header>乙</article>", "甲\n乙\n"), ("<form><p>甲<select><option>乙</select></form>", "甲\n"),
      ("各乡<镇>人民政府 a < b", "各乡<镇>人民政府 a < b\n"), ("m<sup>2</sup>、PM<sub>2.5</sub>", "m2、PM2.5\n"),
      ("<pre>甲\n 乙</pre>", "甲\n乙\n"), ("<ul><li>甲<li>乙</ul>", "甲\n乙\n"), ("\u{FEFF}<p>甲", "甲\n"), ("", ""),
    ])
  func lines(html: String, text: String) {
    #expect(read(html).text == text)
  }

  @Test(
    "references are the characters that they name",
    arguments: [
      ("&lt;p&gt;&amp;amp;&quot;", "<p>&amp;\"\n"), ("&#20113;&#x6CFD;&#X53bf", "云泽县\n"),
      ("&ldquo;甲&rdquo;&hellip;", "“甲”…\n"),
      ("a&nbsp;b&nbsp c", "a\u{A0}b\u{A0} c\n"), ("&#150;&#0;&#xD800;&#x110000;", "–\u{FFFD}\u{FFFD}\u{FFFD}\n"),
      ("&nosuch; & &; &# &#x;", "&nosuch; & &; &# &#x;\n"), ("AT&T &copyright", "AT&T &copyright\n"),
    ])
  func references(html: String, text: String) {
    #expect(read(html).text == text)
  }

  @Test(
    "a row is a line, its cells parted by tabs; merged cells leave empty ones, so that columns stay columns",
    arguments: [
      ("<table><tr><th>姓名</th><th>职务</th></tr><tr><td><p>张三</p></td><td>局<br>长</td></tr></table>", "姓名\t职务\n张三\t局 长\n"),
      ("<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>戊", "甲\t乙\n丙\t丁\n戊\n"),
      ("<table><tr><td>甲</td><td></td><td>乙</td><td></td></tr></table>", "甲\t\t乙\n"),
      (
        "<table><tr><td colspan=2>甲<td>乙<tr><td rowspan=\"2\">丙<td>丁<td>戊<tr><td>己<td>庚</table>",
        "甲\t\t乙\n丙\t丁\t戊\n\t己\t庚\n"
      ),
      ("<table><tr><td>甲</td></tr></table>", "甲\n"),
      ("<table><tr><td>菜单</td><td><p>甲</p><table><tr><td>乙<td>丙</table><p>丁</p></td></tr></table>", "菜单\n甲\n乙\t丙\n丁\n"),
      (
        "<table><tr><td>甲<td>" + String(repeating: "<p>乙</p>", count: 30) + "</table>",
        "甲\n" + String(repeating: "乙\n", count: 30)
      ),
    ])
  func tables(html: String, text: String) {
    #expect(read(html).text == text)
  }

  @Test("the title is the first heading with words, or that of the page, or the first line")
  func titles() {
    #expect(read("<title>甲 &amp; 站</title><h1> </h1><h1>乙<br>丙</h1><p>丁").title == "乙 丙")
    #expect(read("<title>甲 &amp;\n站</title><p>丁").title == "甲 & 站")
    #expect(read("<p>丁<p>戊").title == "丁")
    #expect(read("<title>甲</title>").text.isEmpty)
  }

  @Test("what is never closed is not left out, and a page of navigation alone is kept")
  func unclosed() {
    #expect(read("<nav>甲<p>乙").text == "甲\n乙\n")
    #expect(read("<p>甲<!-- 乙<p>丙").text == "甲丙\n")
    #expect(read("<p>甲<a href=\"x>乙</a>丙").text == "甲乙丙\n")
    #expect(read("<p>甲<script>乙").text == "甲乙\n")
    #expect(read("<header>甲</header><footer>乙</footer>").text == "甲\n乙\n")
    #expect(read("<p>甲<p").text == "甲\n")
  }

  @Test("documents keep the lines of the file, warnings too")
  func sourceLines() {
    let page = """
      <html><head>
      <title>公报</title></head><body>
      <p>甲县人民政府关于种树的通知</p><p>甲政发〔2021〕1号</p>\r
      <p>各乡镇人民政府：</p>
      <p>请认真贯彻
      执行。</p>

      <p>2021年13月1日</p>
      <p>甲县人民政府关于挖井的通知</p><p>甲政发〔2021〕1号</p>
      <p>各乡镇人民政府：</p><p>请贯彻执行。</p></body>
      </html>
      """
    let source = read(page)
    let records = BulletinSplitter.split(source).records(of: source).map { $0.located() }
    #expect(records.map(\.startLine) == [3, 9])
    #expect(records.map(\.endLine) == [8, 10])
    #expect(records.map(\.title) == ["甲县人民政府关于种树的通知", "甲县人民政府关于挖井的通知"])
    #expect(records[0].warnings.compactMap(\.line).allSatisfy { $0 >= 3 })
  }

  @Test("no page can make it fail, lose its lines or take long", arguments: 1...300 as ClosedRange<UInt64>)
  func fuzz(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let parts = [
      "<", ">", "</", "/>", "<p", "<table>", "<tr>", "<td colspan=99999999 rowspan='9", "</td>", "</table>", "<nav>",
      "</nav>", "<!--",
      "-->", "<script>", "</script", "\"", "'", "=", "&", "&#", "&#x110000;", "&amp;", "\n", "\r\n", "甲", "乙 ", "<h1>",
      "</h1>",
      "<title>", "</title>", "<article>", "<pre>", "\u{0}", "<a href=\"", "</a", "<?", "<!",
    ]
    let html = (0..<Int.random(in: 1...400, using: &random)).map { _ in parts.randomElement(using: &random) ?? "" }
      .joined()
    let bytes = Array(html.utf8)
    let document = HTMLReader(path: "a").read(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))))
      .located()
    let lineCount = html.split(separator: /\r\n|\n/, omittingEmptySubsequences: false).count
    #expect(
      document.startLine >= 1 && document.startLine <= document.endLine && document.endLine <= lineCount, "seed \(seed)"
    )
    #expect(document.text.isEmpty || document.text.last == "\n", "seed \(seed)")
  }

  @Test(
    "megabytes of one broken thing are read in a moment",
    arguments: [
      "<nav>", "<!--", "<a href=\"", "<script>", "<table><tr><td rowspan=1000 colspan=1000>", "&#", "<", "<td",
      "<nav><!-- </nav>",
    ])
  func slow(part: String) {
    let html = "甲" + String(repeating: part, count: 1_000_000 / part.utf8.count)
    #expect(read(html).text.unicodeScalars.first == "甲")
  }
}
