import Bulletins
import Testing

@Suite("Citations")
struct CitationTests {
  /// The citations of a notice with the title `title` and the text `body`, each as number or title, and relation.
  private func citations(_ body: String, title: String = "甲县人民政府关于种树的通知") -> [String] {
    let text = "\(title)\n甲政发〔2021〕9号\n各乡镇人民政府：\n\(body)\n甲县人民政府\n2021年3月1日\n"
    let documents = split(text).documents
    return documents.flatMap(\.citations).map { "\($0.number?.description ?? "《\($0.title ?? "")》") \($0.relation)" }
  }

  @Test(
    "what a document says of another",
    arguments: [
      ("根据《森林法》和《省绿化条例》，现就种树通知如下：", ["《森林法》 basis", "《省绿化条例》 basis"]),
      ("按照国发〔2020〕1号要求，现通知如下：", ["国发〔2020〕1号 basis"]),
      ("为贯彻落实《乙市绿化意见》（乙政发〔2021〕2号），现通知如下：", ["乙政发〔2021〕2号 implements"]),
      ("根据《乙市人民政府关于种树的通知》（乙政发〔2021〕3号），现通知如下：", ["乙政发〔2021〕3号 basis"]),
      ("《甲县种树办法》（甲政发〔2011〕4号）同时废止。", ["甲政发〔2011〕4号 repeals"]),
      ("原甲政发〔2011〕4号文件停止执行。", ["甲政发〔2011〕4号 repeals"]),
      ("《甲办法》（甲政发〔2011〕4号）、《乙办法》（甲政发〔2011〕5号）自即日起不再执行。", ["甲政发〔2011〕4号 repeals", "甲政发〔2011〕5号 repeals"]),
      ("根据《规定》（省政发〔2001〕1号），决定废止《甲县种树办法》（甲政发〔2011〕4号）。", ["省政发〔2001〕1号 basis", "甲政发〔2011〕4号 repeals"]),
      (
        "决定对下列文件予以废止：\n1.《甲办法》（甲政发〔2011〕4号）；\n2.《乙办法》（甲政\n\n发〔2011〕5号）。",
        ["甲政发〔2011〕4号 repeals", "甲政发〔2011〕5号 repeals"]
      ),
      ("《甲县种树办法》（甲政发〔2011〕4号）已于2015年废止。", ["甲政发〔2011〕4号 mentions"]),
      ("对《甲县种树办法》（甲政发〔2011〕4号）作如下修改：", ["甲政发〔2011〕4号 amends"]),
      ("按照新修订的《森林法》有关规定处理。", ["《森林法》 mentions"]),
      ("一、标准参照《补偿办法》（省政发〔2013〕122号）执行。", ["省政发〔2013〕122号 mentions"]),
      ("一、见《乙方案》（岚\n\n政办发〔2019〕10号）实施前的规定。", ["岚政办发〔2019〕10号 mentions"]),
      ("《人民日报》报道，甲政发〔2021〕9号印发后，读《红楼梦》。", []),
      ("依据《乙省人民政府令》（乙省人民政府令第301号），现通知如下：", ["乙省人民政府令第301号 basis"]),
    ])
  func relations(body: String, expected: [String]) {
    #expect(citations(body) == expected)
  }

  @Test("the same paper one level higher is carried out, not only rested on")
  func sameSubject() {
    #expect(
      citations(
        "根据《乙市人民政府关于印发乙市冬季供暖保障方案的通知》（乙政发〔2021〕3号）要求，现印发给你们。", title: "甲县人民政府关于印发甲县冬季供暖保障方案的通知")
        == ["乙政发〔2021〕3号 implements"])
  }

  @Test("a decision to amend, and one to repeal, speak of their object in the title already")
  func titles() {
    #expect(
      citations("对《甲县养犬办法》第三条修改。", title: "甲县人民政府关于修改《甲县养犬办法》的决定") == ["《甲县养犬办法》 amends", "《甲县养犬办法》 amends"])
    #expect(citations("现予公布。", title: "甲县人民政府关于废止《甲县养犬办法》的决定") == ["《甲县养犬办法》 repeals"])
  }

  @Test("what a decision lists to be repealed is repealed, in lists and in tables")
  func lists() {
    #expect(
      citations(
        "根据《规定》（甲县人民政府令第3号），县政府进行了清理。\n附件\n废止文件目录\n1.《甲办法》（甲政发〔2011〕4号）\n2.关于印发乙办法的通知\n甲政发〔2011〕5号\n3\t丙办法\t甲政发〔2011〕6号",
        title: "甲县人民政府关于废止部分文件的决定")
        == ["甲县人民政府令第3号 basis", "甲政发〔2011〕4号 repeals", "甲政发〔2011〕5号 repeals", "甲政发〔2011〕6号 repeals"])
  }

  @Test("a citation has title, number and the line it begins on")
  func parts() {
    let citations = split("甲县人民政府关于种树的通知\n甲政发〔2021〕9号\n各乡镇：\n\n根据《乙\n方案》\n（乙政发〔2021〕\n2号）办理。").documents.flatMap(
      \.citations)
    #expect(citations.map(\.line) == [5])
    #expect(citations.map(\.title) == ["乙方案"])
    #expect(citations.map(\.number) == [DocumentNumber(code: "乙政发", year: 2021, serial: 2)])
  }
}
