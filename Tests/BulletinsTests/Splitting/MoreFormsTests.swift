import Bulletins
import Testing

/// Issues of counties, cities, ministries and Party offices that do not exist, in the forms these use.
@Suite("Bulletins of many offices")
struct MoreFormsTests {
  @Test("telegrams, letters and notes have numbers of their own kinds")
  func kindsOfNumbers() {
    let bulletin = split(
      """
      青岩市人民政府公报
      2021年第4期

      青岩市人民政府办公室
      关于做好强降雨防范应对工作的紧急通知
      青政办发明电〔2021〕12号
      各县（区）人民政府：
      据气象部门预报，近日有强降雨，现通知如下。
      青岩市人民政府办公室
      2021年7月18日

      青岩市人民政府
      关于同意设立石梁工业园的批复
      青政字〔2021〕33号
      石梁县人民政府：
      你县《关于设立石梁工业园的请示》（石政呈〔2021〕8号）收悉。同意设立。
      青岩市人民政府
      2021年8月2日

      青岩市财政局关于下达防汛补助资金的函
      青财农函〔2021〕7号
      石梁县财政局：
      现下达防汛补助资金一百万元。
      青岩市财政局
      2021年8月5日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "青岩市人民政府办公室关于做好强降雨防范应对工作的紧急通知 | 青政办发明电〔2021〕12号 | 青岩市人民政府办公室 | 2021-07-18 | 各县（区）人民政府 | -",
        "青岩市人民政府关于同意设立石梁工业园的批复 | 青政字〔2021〕33号 | 青岩市人民政府 | 2021-08-02 | 石梁县人民政府 | -",
        "青岩市财政局关于下达防汛补助资金的函 | 青财农函〔2021〕7号 | 青岩市财政局 | 2021-08-05 | 石梁县财政局 | -",
      ])
  }

  @Test("numbers without brackets, as some towns write them")
  func withoutBrackets() {
    let bulletin = split(
      """
      柳湾镇人民政府公报
      2020年第1期

      柳湾镇人民政府
      关于开展人居环境整治的通知
      柳政发2020年第6号
      各村民委员会：
      为改善人居环境，现通知如下。
      柳湾镇人民政府
      2020年3月9日

      柳湾镇人民政府办公室
      关于调整值班安排的通知
      柳政办发2020-9号
      机关各站所：
      现调整值班安排。
      柳湾镇人民政府办公室
      2020年4月1日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "柳湾镇人民政府关于开展人居环境整治的通知 | 柳政发〔2020〕6号 | 柳湾镇人民政府 | 2020-03-09 | 各村民委员会 | -",
        "柳湾镇人民政府办公室关于调整值班安排的通知 | 柳政办发〔2020〕9号 | 柳湾镇人民政府办公室 | 2020-04-01 | 机关各站所 | -",
      ])
  }

  @Test("contents without the word for it, with leaders and pages")
  func namelessContents() {
    let bulletin = split(
      """
      云岭县人民政府公报
      2019年第2期（总第18期）
      云岭县人民政府关于公布行政许可事项的通知
      云政发〔2019〕4号……………………1
      云岭县人民政府办公室关于印发云岭县节水行动方案的通知
      云政办发〔2019〕21号……………………5

      云岭县人民政府
      关于公布行政许可事项的通知
      云政发〔2019〕4号
      各乡镇人民政府，县直各部门：
      现将行政许可事项予以公布。
      云岭县人民政府
      2019年5月6日

      云岭县人民政府办公室
      关于印发云岭县节水行动方案的通知
      云政办发〔2019〕21号
      各乡镇人民政府：
      《云岭县节水行动方案》已经县政府同意，现印发给你们，请认真贯彻执行。
      云岭县人民政府办公室
      2019年5月20日
      云岭县节水行动方案
      为推进节水，制定本方案。
      一、总体要求。
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "云岭县人民政府关于公布行政许可事项的通知 | 云政发〔2019〕4号 | 云岭县人民政府 | 2019-05-06 | 各乡镇人民政府，县直各部门 | -",
        "云岭县人民政府办公室关于印发云岭县节水行动方案的通知 | 云政办发〔2019〕21号 | 云岭县人民政府办公室 | 2019-05-20 | 各乡镇人民政府 | 云岭县节水行动方案",
      ])
    #expect(bulletin.documents.first?.lines.lowerBound == 8)
  }

  @Test("appointments are documents, whether they are notices or decisions")
  func appointments() {
    let bulletin = split(
      """
      北溪市人民政府公报
      2022年第1期
      目录
      北溪市人民政府关于王望川等同志任免职务的通知（北政任〔2022〕1号）（1）
      北溪市人民政府关于陈平野免职的通知（北政任〔2022〕2号）（2）

      北溪市人民政府
      关于王望川等同志任免职务的通知
      北政任〔2022〕1号
      各县（市、区）人民政府，市政府各部门：
      经研究，决定：
      王望川 任市水务局副局长；
      李晓舟 任市审计局总审计师（试用期一年）；
      免去 赵远 的市水务局副局长职务。
      北溪市人民政府
      2022年1月12日

      北溪市人民政府
      关于陈平野免职的通知
      北政任〔2022〕2号
      市政府各部门：
      经研究，决定：
      免去陈平野的市交通运输局副局长职务，退休。
      北溪市人民政府
      2022年1月20日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "北溪市人民政府关于王望川等同志任免职务的通知 | 北政任〔2022〕1号 | 北溪市人民政府 | 2022-01-12 | 各县（市、区）人民政府，市政府各部门 | -",
        "北溪市人民政府关于陈平野免职的通知 | 北政任〔2022〕2号 | 北溪市人民政府 | 2022-01-20 | 市政府各部门 | -",
      ])
    #expect(bulletin.warnings.isEmpty)
  }

  @Test("an issue whose documents have no numbers at all")
  func withoutNumbers() {
    let bulletin = split(
      """
      南渡区人民政府公报
      2018年第3期

      南渡区人民政府关于加强烟花爆竹管理的通告
      为加强烟花爆竹管理，现通告如下：
      一、禁止在城区燃放烟花爆竹。
      南渡区人民政府
      2018年1月20日

      南渡区人民政府办公室关于清明节放假安排的通知
      各街道办事处，区直各部门：
      现将清明节放假安排通知如下。
      南渡区人民政府办公室
      2018年3月28日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "南渡区人民政府关于加强烟花爆竹管理的通告 | - | 南渡区人民政府 | 2018-01-20 | - | -",
        "南渡区人民政府办公室关于清明节放假安排的通知 | - | 南渡区人民政府办公室 | 2018-03-28 | 各街道办事处，区直各部门 | -",
      ])
  }

  @Test("two documents with one number, and a day that no calendar has, are warned of")
  func warnings() {
    let bulletin = split(
      """
      西陵县人民政府公报
      2021年第6期

      西陵县人民政府
      关于表彰先进集体的决定
      西政发〔2021〕30号
      各乡镇人民政府：
      决定对先进集体予以表彰。
      西陵县人民政府
      2021年13月40日

      西陵县人民政府
      关于封山育林的通知
      西政发〔2021〕30号
      各乡镇人民政府：
      现就封山育林通知如下。
      西陵县人民政府
      2021年12月3日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "西陵县人民政府关于表彰先进集体的决定 | 西政发〔2021〕30号 | 西陵县人民政府 | - | 各乡镇人民政府 | -",
        "西陵县人民政府关于封山育林的通知 | 西政发〔2021〕30号 | 西陵县人民政府 | 2021-12-03 | 各乡镇人民政府 | -",
      ])
    #expect(bulletin.warnings.map { "\($0.line) \($0.kind)" }.count == 2)
    #expect(bulletin.warnings.map(\.kind).contains(.impossibleDate))
    #expect(
      bulletin.warnings.map(\.kind).contains(
        .repeatedNumber(DocumentNumber(code: "西政发", year: 2021, serial: 30))))
  }

  @Test("heading marks in the middle of sentences and titles mean nothing")
  func headingMarks() {
    let bulletin = split(
      """
      # 东湖市人民政府公报

      ## 2023年第7期

      ### 东湖市人民政府办公室

      ## 关于印发东湖市供水应急

      ## 预案的通知

      东政办发〔2023〕41号

      各县区人民政府：《东湖市供水应

      ## 急预案》已经市政府同意，现印发给

      ## 你们，请认真组织实施。

      东湖市人民政府办公室

      ## 2023年6月5日

      # 东湖市供水应急预案

      1 总则

      ## 1.1 编制依据

      根据《城市供水条例》，制定本

      ## 预案。

      ### 东湖市人民政府

      ## 关于命名节水型企业的通报

      东政发〔2023〕18号

      各县区人民政府：

      决定命名东湖酒厂等为节水型企业。

      东湖市人民政府

      2023年6月9日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "东湖市人民政府办公室关于印发东湖市供水应急预案的通知 | 东政办发〔2023〕41号 | 东湖市人民政府办公室 | 2023-06-05 | 各县区人民政府 | 东湖市供水应急预案",
        "东湖市人民政府关于命名节水型企业的通报 | 东政发〔2023〕18号 | 东湖市人民政府 | 2023-06-09 | 各县区人民政府 | -",
      ])
    #expect(bulletin.documents.first?.citations.map(\.title) == ["城市供水条例"])
  }

  @Test("a table whose header stands on every page stays in its document")
  func repeatedHeader() {
    let rows = (1...40).map { "\($0)\t第\($0)村\t\($0 * 3)\t修渠" }
    let pages = stride(from: 0, to: 40, by: 8).flatMap {
      ["序号\t村名\t资金（万元）\t用途"] + rows[$0..<$0 + 8] + ["- \($0 / 8 + 2) -"]
    }
    let bulletin = split(
      """
      高桥县人民政府公报
      2024年第2期

      高桥县人民政府
      关于下达水利资金计划的通知
      高政发〔2024〕9号
      各乡镇人民政府：
      现将水利资金计划下达给你们，请抓紧实施。
      附件：高桥县2024年水利资金计划表
      高桥县人民政府
      2024年3月11日
      附件
      高桥县2024年水利资金计划表
      \(pages.joined(separator: "\n"))

      高桥县人民政府
      关于春季造林的通知
      高政发〔2024〕10号
      各乡镇人民政府：
      现就春季造林通知如下。
      高桥县人民政府
      2024年3月15日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "高桥县人民政府关于下达水利资金计划的通知 | 高政发〔2024〕9号 | 高桥县人民政府 | 2024-03-11 | 各乡镇人民政府 | 高桥县2024年水利资金计划表",
        "高桥县人民政府关于春季造林的通知 | 高政发〔2024〕10号 | 高桥县人民政府 | 2024-03-15 | 各乡镇人民政府 | -",
      ])
    #expect(bulletin.documents.first.map { $0.lines.count } ?? 0 >= 55)
  }
}
