import Bulletins
import Foundation
import Testing

@Suite("The sample bulletins")
struct SampleBulletinsTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../corpus/bulletins").standardizedFileURL

  private func bulletin(_ name: String) throws -> Bulletin {
    let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
    return BulletinSplitter.split(PlainTextReader(path: name).read(bytes.span))
  }

  /// Number and date of each document, in order.
  private static let issues: [String: [String]] = [
    "2019-01.txt": [
      "云政发〔2019〕6号 2019-03-12", "云政发〔2019〕8号 2019-04-02", "云政办发〔2019〕11号 2019-04-25", "云政任〔2019〕2号 2019-04-18",
    ],
    "2019-02.txt": [
      "云政发〔2019〕15号 2019-10-17", "云政办发〔2019〕27号 2019-09-03", "云政办发〔2019〕31号 2019-11-06", "云水发〔2019〕44号 2019-11-11",
    ],
    "2020-01.txt": [
      "云政发〔2020〕8号 2020-03-26", "云政办发〔2020〕12号 2020-04-09", "云政办发〔2020〕15号 2020-05-13", "云民发〔2020〕9号 2020-06-08",
    ],
    "2020-02.txt": [
      "云泽县人民政府令第3号 2020-09-30", "云政函〔2020〕21号 2020-10-19", "- 2020-11-05", "云政办发〔2020〕33号 2020-10-23",
    ],
    "2021-01.txt": [
      "云政发〔2021〕3号 2021-01-29", "- 2021-03-05", "云政办发〔2021〕14号 2021-03-22", "云政办发〔2021〕19号 2021-04-26",
      "云医保发〔2021〕6号 2021-04-19",
    ],
    "2021-02.md": [
      "云政发〔2021〕12号 2021-09-08", "云政发〔2021〕14号 2021-10-21", "云政办发〔2021〕28号 2021-09-26", "云政办发〔2021〕30号 2021-10-12",
      "云政办函〔2021〕17号 2021-10-09",
    ],
    "2022-01.txt": [
      "云政发〔2022〕4号 2022-01-10", "云政办发〔2022〕9号 2022-04-07", "云政办发〔2022〕13号 2022-04-18", "云医保发〔2022〕3号 2022-03-09",
      "云政任〔2022〕1号 2022-02-21",
    ],
    "2022-02.txt": [
      "云政发〔2022〕16号 2022-09-15", "云政发〔2022〕18号 2022-10-10", "云政办发〔2022〕31号 2022-08-24", "云政办发〔2022〕37号 2022-11-22",
      "云应急发〔2022〕29号 2022-11-07",
    ],
    "2023-01.md": [
      "云政发〔2023〕7号 2023-03-20", "云政发〔2023〕9号 2023-04-12", "云政办发〔2023〕8号 -", "云应急发〔2023〕5号 2023-02-27",
      "云政任〔2023〕3号 2023-03-28",
    ],
    "2023-02.txt": [
      "- 2023-10-08", "云政函〔2023〕30号 2023-09-05", "云政办发〔2023〕24号 2023-05-18", "云政办发〔2023〕27号 2023-06-20",
      "云政办发〔2023〕33号 2023-08-29",
    ],
    "2024-01.md": [
      "云政发〔2024〕5号 2024-01-26", "云政办发〔2024〕6号 2024-02-19", "云政办发〔2024〕8号 2024-04-15", "云政办发〔2024〕11号 2024-05-20",
      "云教发〔2024〕15号 2024-03-04",
    ],
    "2024-02.txt": [
      "云泽县人民政府令第5号 2024-08-23", "云政发〔2024〕14号 2024-09-02", "云政办发〔2024〕25号 2024-10-09", "云政办发〔2024〕29号 2024-11-05",
      "云政办发〔2024〕30号 2024-11-11",
    ],
    "2025-01.md": [
      "云政发〔2025〕3号 2025-02-20", "云政发〔2025〕6号 2025-04-16", "云政办发〔2025〕4号 2025-03-10", "云政办发〔2025〕7号 2025-04-18",
      "云政办函〔2025〕9号 2025-04-02",
    ],
    "2025-02.txt": [
      "云政发〔2025〕11号 2025-07-21", "- 2025-08-12", "云政办发〔2025〕15号 2025-09-04", "云政办发〔2025〕18号 2025-10-14",
      "云政办发〔2025〕21号 2025-11-06", "云医保发〔2025〕8号 2025-11-17",
    ],
  ]

  @Test("each splits into its documents, as its contents say", arguments: issues.keys.sorted())
  func documents(name: String) throws {
    let bulletin = try bulletin(name)
    #expect(
      bulletin.documents.map { "\($0.number?.description ?? "-") \($0.date?.description ?? "-")" } == Self.issues[name])
    #expect(bulletin.contents.count == bulletin.documents.count)
    #expect(bulletin.warnings.isEmpty)
    #expect(bulletin.issue?.year.map(String.init) == String(name.prefix(4)))
    #expect(bulletin.documents.allSatisfy { document in !document.issuers.isEmpty && !document.types.isEmpty })
  }

  @Test("what they repeal and amend")
  func force() throws {
    var repealed: [String] = []
    for name in Self.issues.keys.sorted() {
      for citation in try bulletin(name).documents.flatMap(\.citations) where citation.relation == .repeals {
        repealed.append(citation.number?.description ?? citation.title ?? "")
      }
    }
    #expect(
      repealed == [
        "云泽县人民政府令第1号", "云政办发〔2016〕40号", "云政办发〔2014〕28号", "云民发〔2018〕17号", "云政发〔2010〕14号", "云政发〔2011〕3号", "云政发〔2012〕27号",
        "云政发〔2013〕9号", "云政办发〔2014〕16号", "云政办发〔2015〕33号", "云政办发〔2016〕12号", "云政办发〔2017〕58号", "云政办发〔2018〕41号",
        "云政发〔2016〕5号",
        "云政发〔2016〕30号", "云政办发〔2017〕21号", "云政办发〔2018〕13号", "云政办发〔2019〕27号", "云政办发〔2020〕33号", "云政发〔2019〕8号",
        "云政办发〔2017〕19号",
        "云政办发〔2015〕51号", "云政发〔2019〕6号", "云政办发〔2020〕15号", "云政办发〔2019〕11号", "云政发〔2011〕22号", "云政发〔2020〕8号", "云政发〔2022〕16号",
        "云政办发〔2021〕30号", "云医保发〔2022〕3号", "云政办发〔2023〕24号", "云水发〔2019〕44号",
      ])
  }
}
