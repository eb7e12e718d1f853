import Bulletins
import Testing

/// Bulletins of places that do not exist, in forms that counties, cities, districts, towns and bureaus use.
@Suite("Bulletins in other forms")
struct OtherFormsTests {
  /// Orders, notices and a letter of a city.
  static let mixed = """
    白桦市人民政府公报
    2022年第5期
    目录
    市政府令
    白桦市户外广告设置管理办法（白桦市人民政府令第18号）（1）
    市政府文件
    白桦市人民政府关于春季禁渔的通告（8）
    部门文件
    白桦市市场监督管理局公告（2022年第3号）（9）
    白桦市人民政府办公室关于商请支援防汛物资的函（白政办函〔2022〕6号）（10）

    白桦市人民政府令
    第18号
    《白桦市户外广告设置管理办法》已经2022年4月2日市人民政府第9次常务会议通过，现予公布，自2022年6月1日起施行。
    市长 林秋实
    2022年4月11日
    白桦市户外广告设置管理办法
    第一条 为了规范户外广告设置，制定本办法。

    白桦市人民政府
    关于春季禁渔的通告
    为保护渔业资源，现通告如下：
    一、禁渔期为4月1日至6月30日。
    二、违者依法处理。
    特此通告。
    2022年3月20日

    白桦市市场监督管理局公告
    2022年第3号
    关于公布第一批放心消费商户名单的公告
    经审核，现将第一批放心消费商户名单予以公布。
    白桦市市场监督管理局
    2022年5月5日

    白桦市人民政府办公室
    关于商请支援防汛物资的函
    白政办函〔2022〕6号
    清溪市人民政府办公室：
    近期我市连降大雨，恳请贵市支援编织袋十万条为盼。
    白桦市人民政府办公室
    2022年6月30日
    """

  @Test("a town prints the number between the head of its paper and the title")
  func numberFirst() {
    let bulletin = split(
      """
      青禾镇人民政府公报
      2023年第1期
      目录
      青禾镇人民政府关于做好春耕备耕工作的通知 1
      青禾镇人民政府关于印发青禾镇河道保洁管理办法的通知 4

      青禾镇人民政府文件

      青政发〔2023〕12号

      青禾镇人民政府
      关于做好春耕备耕工作的通知

      各村民委员会，镇直各单位：
      为做好春耕备耕工作，现将有关事项通知如下。
      一、抓好农资供应。
      青禾镇人民政府
      2023年2月20日

      青禾镇人民政府文件

      青政发〔2023〕15号

      青禾镇人民政府关于印发青禾镇河道保洁
      管理办法的通知

      各村民委员会：
      现将《青禾镇河道保洁管理办法》印发给你们，请遵照执行。
      青禾镇人民政府
      2023年3月2日

      青禾镇河道保洁管理办法

      第一条 为了保持河道清洁，制定本办法。
      第二条 本办法自印发之日起施行。
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "青禾镇人民政府关于做好春耕备耕工作的通知 | 青政发〔2023〕12号 | 青禾镇人民政府 | 2023-02-20 | 各村民委员会，镇直各单位 | -",
        "青禾镇人民政府关于印发青禾镇河道保洁管理办法的通知 | 青政发〔2023〕15号 | 青禾镇人民政府 | 2023-03-02 | 各村民委员会 | 青禾镇河道保洁管理办法",
      ])
    #expect(bulletin.documents.map(\.lines.lowerBound) == [7, 20])
    #expect(bulletin.warnings.isEmpty)
    #expect(bulletin.issue?.name == "青禾镇人民政府公报")
    #expect(bulletin.issue?.year == 2023)
    #expect(bulletin.issue?.number == "第1期")
  }

  @Test("a city glues the number to the title, and signs on one line")
  func gluedNumbers() {
    let bulletin = split(
      """
      临河市人民政府公报 2020年第3期（总第87期）
      目 录
      临河市人民政府关于印发临河市城市绿线管理办法的通知 临政发〔2020〕3号…………3
      临河市人民政府关于同意设立南湖街道办事处的批复 临政函〔2020〕11号…………9
      临河市人民政府关于印发临河市城市绿线管理办法的通知 临政发〔2020〕3号
      各县（市、区）人民政府，市直各部门：
      《临河市城市绿线管理办法》已经市政府第41次常务会议研究通过，现印发给你们。
      临河市人民政府 2020年3月1日
      临河市城市绿线管理办法
      第一章 总 则
      第一条 为了加强城市绿线管理，根据《中华人民共和国城乡规划法》，制定本办法。
      临河市人民政府关于同意设立南湖街道办事处的批复（临政函〔2020〕11号）
      河东区人民政府：
      你区《关于设立南湖街道办事处的请示》（河东政〔2019〕42号）收悉。经研究，同意设立南湖街道办事处。
      此复。
      临河市人民政府  2020 年 4 月 9 日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "临河市人民政府关于印发临河市城市绿线管理办法的通知 | 临政发〔2020〕3号 | 临河市人民政府 | 2020-03-01 | 各县（市、区）人民政府，市直各部门 | 临河市城市绿线管理办法",
        "临河市人民政府关于同意设立南湖街道办事处的批复 | 临政函〔2020〕11号 | 临河市人民政府 | 2020-04-09 | 河东区人民政府 | -",
      ])
    #expect(bulletin.warnings.isEmpty)
    #expect(bulletin.issue?.name == "临河市人民政府公报")
    #expect(bulletin.issue?.number == "第3期（总第87期）")
  }

  @Test("a district puts the number in brackets below the title, joins offices, and lists attachments before it signs")
  func jointIssuers() {
    let bulletin = split(
      """
      海州区人民政府公报
      二〇一九年第四期

      海州区教育局
      海州区财政局
      关于下达2019年校舍维修资金的通知
      （海教发〔2019〕7号）
      各中小学校：
      现将2019年校舍维修资金下达给你们，请专款专用。
      附件：1.2019年校舍维修资金分配表
            2.校舍维修项目申报书

      海州区教育局   海州区财政局
      2019年5月6日

      附件1
      2019年校舍维修资金分配表
      学校	金额（万元）	项目
      第一小学	12	屋面
      学校	金额（万元）	项目
      第二小学	8	门窗
      附件2
      校舍维修项目申报书
      项目名称：_____

      中共海州区委办公室 海州区人民政府办公室
      关于印发《海州区网格化管理实施细则（试行）》的通知
      海办发〔2019〕15号
      各街道党工委、办事处，区直各单位：
      现将《海州区网格化管理实施细则（试行）》印发给你们，请结合实际认真贯彻落实。
      中共海州区委办公室
      海州区人民政府办公室
      二○一九年六月十二日
      （此件公开发布）
      海州区网格化管理实施细则
      （试行）
      第一条 本细则适用于全区。
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "海州区教育局海州区财政局关于下达2019年校舍维修资金的通知 | 海教发〔2019〕7号 | 海州区教育局 海州区财政局 | 2019-05-06 | 各中小学校 | 2019年校舍维修资金分配表；校舍维修项目申报书",
        "中共海州区委办公室海州区人民政府办公室关于印发《海州区网格化管理实施细则（试行）》的通知 | 海办发〔2019〕15号 | 中共海州区委办公室 海州区人民政府办公室 | 2019-06-12 | 各街道党工委、办事处，区直各单位 | 海州区网格化管理实施细则（试行）",
      ])
    #expect(bulletin.issue?.year == 2019)
    #expect(bulletin.issue?.number == "第四期")
  }

  @Test("orders, numbered and unnumbered notices, letters")
  func ordersAndNotices() {
    let bulletin = split(Self.mixed)
    #expect(
      bulletin.documents.map(summary) == [
        "白桦市人民政府令第18号 | 白桦市人民政府令第18号 | 白桦市人民政府 | 2022-04-11 | - | 白桦市户外广告设置管理办法",
        "白桦市人民政府关于春季禁渔的通告 | - | 白桦市人民政府 | 2022-03-20 | - | -",
        "关于公布第一批放心消费商户名单的公告 | 白桦市市场监督管理局公告2022年第3号 | 白桦市市场监督管理局 | 2022-05-05 | - | -",
        "白桦市人民政府办公室关于商请支援防汛物资的函 | 白政办函〔2022〕6号 | 白桦市人民政府办公室 | 2022-06-30 | 清溪市人民政府办公室 | -",
      ])
    #expect(bulletin.documents.map { $0.types.first?.rawValue } == ["令", "通告", "公告", "函"])
    #expect(bulletin.warnings.isEmpty)
  }

  @Test("a plan's cover, contents and date are the plan's; a notice without a signature has no date")
  func coverOfPlan() {
    let cover = """
      北原县突发环境事件应急预案

      北原县人民政府
      2021年5月6日

      目 录
      1 总则………………1
      1.1 编制目的………1
      2 组织体系…………3

      北原县突发环境事件应急预案
      1 总则
      1.1 编制目的
      为提高应对突发环境事件的能力，制定本预案。
      附件：应急通讯录
      附件
      应急通讯录
      姓名	电话
      张三	123
      """
    let opening = """
      北原县人民政府办公室
      关于印发北原县突发环境事件应急预案的通知
      北政办发〔2021〕30号
      各乡镇人民政府：
      《北原县突发环境事件应急预案》已经县政府同意，现印发给你们。
      """
    let next = """
      北原县人民政府办公室
      关于开展秋季植树的通知
      北政办发〔2021〕31号
      各乡镇人民政府：
      请各乡镇认真组织开展秋季植树。
      北原县人民政府办公室
      2021年10月8日
      """
    let unsigned = split([opening, cover, next].joined(separator: "\n\n"))
    #expect(unsigned.documents.map(\.date?.description) == [nil, "2021-10-08"])
    #expect(unsigned.documents.first?.attachments.map(\.title) == ["北原县突发环境事件应急预案", "应急通讯录"])
    let signed = split([opening, "北原县人民政府办公室\n2021年6月1日", cover, next].joined(separator: "\n\n"))
    #expect(signed.documents.map(\.date?.description) == ["2021-06-01", "2021-10-08"])
    #expect(signed.documents.map(\.title) == unsigned.documents.map(\.title))
  }

  @Test("a signature may follow the plan, and stand before its table")
  func signatureBehindPlan() {
    let bulletin = split(
      """
      东陵市人民政府办公室关于印发东陵市清洁取暖方案的通知
      东政办发〔2018〕44号
      各县区人民政府：
      《东陵市清洁取暖方案》已经市政府同意，现印发给你们。
      东陵市清洁取暖方案
      为做好清洁取暖工作，制定本方案。
      一、总体要求
      坚持宜电则电、宜气则气。
      附件：清洁取暖任务表
      东陵市人民政府办公室
      2018年8月9日
      附件
      清洁取暖任务表
      县区	户数
      甲县	1200
      东陵市人民政府办公室关于调整公交票价的通知
      东政办发〔2018〕45号
      市直各有关部门：
      自2018年9月1日起调整公交票价。
      东陵市人民政府办公室
      2018年8月20日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "东陵市人民政府办公室关于印发东陵市清洁取暖方案的通知 | 东政办发〔2018〕44号 | 东陵市人民政府办公室 | 2018-08-09 | 各县区人民政府 | 东陵市清洁取暖方案；清洁取暖任务表",
        "东陵市人民政府办公室关于调整公交票价的通知 | 东政办发〔2018〕45号 | 东陵市人民政府办公室 | 2018-08-20 | 市直各有关部门 | -",
      ])
  }

  @Test("Markdown whose headings mean nothing, cut titles, cut numbers and cut dates")
  func brokenMarkdown() {
    let bulletin = split(
      """
      # 龙潭县人民政府公报
      ### 2021年第1期
      ## 目　录
      - 1、龙潭县人民政府办公室关于印发龙潭县乡村道路养护
      - 实施方案的通知 龙政办发〔2021〕
      3 号......(1)
      - 2、龙潭县人民政府关于表彰劳动模范的决定 龙政发[2021]4号 ...... (6)
      | 3 | 龙潭县人民政府办公室关于做好防汛工作的通知 | 龙政办2021-8号 | 9 |

      ## 龙潭县人民政府办
      ### 公室关于印发龙潭县乡村道路
      # 养护实施方案的 通 知

      - 1 -

      龙政办发
      〔2021〕
      3号

      **各乡(镇)人民政府,县直
      有关部门:**

      《龙潭县乡村道路养护实施方案》已经县
      ## 政府同意,现印发给你们,请认真组织
      实施。

      龙潭县人民政府办公室

      2021年4月
      28日

      ## 龙潭县乡村道路养护
      ### 实施方案

      为加强养护,制
      ## 定本方案。

      # 龙潭县人民政府 关于表彰劳动模范的决定
      龙政发[2021]4号
      各乡(镇)人民政府:
      县人民政府决定授予李强等十人劳动模范称号。
      龙潭县人民政府
      2021年4月30日

      龙潭县人民政府办公室关于做好防汛工作的通知
      龙政办2021-8号
      各乡(镇)人民政府:
      请做好防汛工作。
      龙潭县人民政府办公室
      ２０２１年６月１日
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "龙潭县人民政府办公室关于印发龙潭县乡村道路养护实施方案的通知 | 龙政办发〔2021〕3号 | 龙潭县人民政府办公室 | 2021-04-28 | 各乡(镇)人民政府,县直有关部门 | 龙潭县乡村道路养护实施方案",
        "龙潭县人民政府关于表彰劳动模范的决定 | 龙政发〔2021〕4号 | 龙潭县人民政府 | 2021-04-30 | 各乡(镇)人民政府 | -",
        "龙潭县人民政府办公室关于做好防汛工作的通知 | 龙政办〔2021〕8号 | 龙潭县人民政府办公室 | 2021-06-01 | 各乡(镇)人民政府 | -",
      ])
    #expect(bulletin.contents.map(\.page) == [1, 6, 9])
    #expect(bulletin.warnings.isEmpty)
  }

  @Test("a forwarded paper with its own number belongs to the document that forwards it", arguments: [true, false])
  func forwarded(withContents: Bool) {
    let contents = """
      石桥县人民政府公报
      2017年第2期
      目录
      石桥县人民政府办公室转发县水利局关于加强水库管理意见的通知……1
      石桥县人民政府办公室关于做好统计工作的通知……5

      """
    let body = """
      石桥县人民政府办公室转发
      县水利局关于加强水库管理意见的通知
      石政办发〔2017〕20号
      各乡镇人民政府：
      县水利局《关于加强水库管理的意见》已经县政府同意，现转发给你们。
      石桥县人民政府办公室
      2017年3月3日

      石桥县水利局关于加强水库管理的意见
      石水发〔2017〕2号
      为加强水库管理，提出以下意见。
      石桥县水利局
      2017年2月20日

      石桥县人民政府办公室关于做好统计工作的通知
      石政办发〔2017〕21号
      各乡镇人民政府：
      请做好统计工作。
      石桥县人民政府办公室
      2017年3月9日
      """
    let bulletin = split(withContents ? contents + body : body)
    #expect(bulletin.documents.map(\.number?.description) == ["石政办发〔2017〕20号", "石政办发〔2017〕21号"])
    #expect(bulletin.documents.map(\.date?.description) == ["2017-03-03", "2017-03-09"])
  }

  @Test("papers of the State Council, ministries and the Party")
  func nationalPapers() {
    let bulletin = split(
      """
      国务院办公厅关于全面实行清单管理的通知
      国办发〔2022〕2号

      各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
      为贯彻落实党中央、国务院决策部署，现就有关事项通知如下。
      国务院办公厅
      2022年1月10日
      （此件公开发布）

      农业农村部 财政部关于做好粮食生产的通知
      农计财发〔2022〕13号
      各省、自治区、直辖市农业农村（农牧）厅（局、委）、财政厅（局）：
      现就做好粮食生产通知如下。
      农业农村部  财政部
      2022年4月19日

      中华人民共和国国务院令
      第752号
      《促进个体工商户发展条例》已经2022年9月26日国务院第190次常务会议通过，现予公布，自2022年11月1日起施行。
      总理 李某某
      2022年10月1日
      促进个体工商户发展条例
      第一条 为了鼓励、支持和引导个体经济健康发展，制定本条例。
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "国务院办公厅关于全面实行清单管理的通知 | 国办发〔2022〕2号 | 国务院办公厅 | 2022-01-10 | 各省、自治区、直辖市人民政府，国务院各部委、各直属机构 | -",
        "农业农村部财政部关于做好粮食生产的通知 | 农计财发〔2022〕13号 | 农业农村部 财政部 | 2022-04-19 | 各省、自治区、直辖市农业农村（农牧）厅（局、委）、财政厅（局） | -",
        "中华人民共和国国务院令第752号 | 国务院令第752号 | 中华人民共和国国务院 | 2022-10-01 | - | 促进个体工商户发展条例",
      ])
  }

  @Test("numbers in lists and citations begin no document")
  func citedNumbers() {
    let bulletin = split(
      """
      南岭县人民政府公报
      2016年第1期
      南岭县人民政府关于宣布失效一批文件的决定
      南政发〔2016〕1号
      各乡镇人民政府：
      县政府决定宣布下列文件失效。
      南岭县人民政府
      2016年1月5日
      附件
      宣布失效的文件目录
      1.南岭县人民政府关于印发粮食收购办法的通知
      南政发〔2001〕5号
      2.南岭县人民政府关于加强户籍管理的通知
      （南政发〔2002〕6号）
      3.关于农药管理的通知
      南政办发〔2003〕7号

      南岭县人民政府关于做好征兵工作的通知
      南政发〔2016〕2号
      各乡镇人民政府：
      根据
      国发〔2015〕9号
      和省政府的要求，做好征兵工作。
      南岭县人民政府
      2016年2月6日
      """)
    #expect(bulletin.documents.map(\.number?.description) == ["南政发〔2016〕1号", "南政发〔2016〕2号"])
    #expect(
      bulletin.documents.first?.citations.filter { $0.number != nil }.map {
        "\($0.number?.description ?? "") \($0.relation)"
      }
        == ["南政发〔2001〕5号 repeals", "南政发〔2002〕6号 repeals", "南政办发〔2003〕7号 repeals"])
  }

  @Test("contents without the word 目录, without pages, and an imprint belong to the issue")
  func frontAndImprint() {
    let bulletin = split(
      """
      柳河县人民政府公报
      2015年第6期
      柳河县人民政府关于调整水价的通知
      柳政发〔2015〕7号
      柳河县人民政府关于禁止焚烧秸秆的通告
      柳政发〔2015〕8号

      柳河县人民政府
      关于调整水价的通知
      柳政发〔2015〕7号
      各乡镇人民政府：
      自2015年7月1日起调整水价。
      柳河县人民政府
      2015年6月1日
      【县政府文件】
      柳河县人民政府
      关于禁止焚烧秸秆的通告
      柳政发〔2015〕8号
      全县境内禁止露天焚烧秸秆。
      柳河县人民政府
      2015年6月3日

      主办：柳河县人民政府办公室
      地址：柳河县人民路1号
      电话：0123-4567890
      印刷：柳河印刷厂
      """)
    #expect(bulletin.documents.map(\.number?.description) == ["柳政发〔2015〕7号", "柳政发〔2015〕8号"])
    #expect(bulletin.documents.map(\.lines) == [8...14, 16...21])
    #expect(bulletin.issueLines == [1...7, 15...15, 22...26])
  }

  @Test("contents as a table with tabs, the addressee behind the number, a seal's mark in the signature")
  func tabsAndSeals() {
    let bulletin = split(
      """
      云岭市人民政府公报
      2014年第12期
      目录
      序号	标题	文号	页码
      1	云岭市人民政府关于调整最低工资标准的通知	云府〔2014〕66号	3
      2	云岭市人民政府办公室关于印发云岭市政务公开要点的通知	云府办〔2014〕90号	5
      云岭市人民政府关于调整最低工资标准的通知
      云府〔2014〕66号 各县区人民政府：
      自2015年1月1日起调整最低工资标准。
      云岭市人民政府（印章）
      2014年12月1日
      云岭市人民政府办公室
      关于印发云岭市政务公开要点的通知
      云府办〔2014〕90号
      各县区人民政府：
      现将《云岭市政务公开要点》印发给你们。
      云岭市人民政府办公室（盖章） 2014年12月9日
      云岭市政务公开要点
      一、公开财政信息。
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "云岭市人民政府关于调整最低工资标准的通知 | 云府〔2014〕66号 | 云岭市人民政府 | 2014-12-01 | 各县区人民政府 | -",
        "云岭市人民政府办公室关于印发云岭市政务公开要点的通知 | 云府办〔2014〕90号 | 云岭市人民政府办公室 | 2014-12-09 | 各县区人民政府 | 云岭市政务公开要点",
      ])
    #expect(bulletin.contents.map(\.title) == ["云岭市人民政府关于调整最低工资标准的通知", "云岭市人民政府办公室关于印发云岭市政务公开要点的通知"])
    #expect(bulletin.contents.map(\.page) == [3, 5])
    #expect(bulletin.warnings.isEmpty)
  }

  @Test("a page of a ministry's site, with its facts above the paper")
  func websitePage() {
    let bulletin = split(
      """
      索引号：000014349/2021-00031
      主题分类：农业、林业、水利
      发文机关：水利部办公厅
      成文日期：2021年03月05日
      标题：水利部办公厅关于做好春灌工作的通知
      发文字号：办农水〔2021〕52号
      发布日期：2021年03月08日

      水利部办公厅关于做好春灌工作的通知
      办农水〔2021〕52号
      各省、自治区、直辖市水利（水务）厅（局）：
      为做好春灌工作，现通知如下。
      一、及早安排。
      水利部办公厅
      2021年3月5日
      （此件公开发布）
      """)
    #expect(
      bulletin.documents.map(summary) == [
        "水利部办公厅关于做好春灌工作的通知 | 办农水〔2021〕52号 | 水利部办公厅 | 2021-03-05 | 各省、自治区、直辖市水利（水务）厅（局） | -"
      ])
    #expect(bulletin.documents.map(\.lines) == [1...16])
  }

  @Test("appointments, speeches and chronicles that the contents list")
  func unnumberedParts() {
    let bulletin = split(
      """
      安平县人民政府公报
      2018年第3期
      目录
      领导讲话
      在全县安全生产工作会议上的讲话……1
      县政府文件
      安平县人民政府关于王五等同志职务任免的通知（安政任〔2018〕3号）……8
      大事记
      2018年7月大事记……11

      在全县安全生产工作会议上的讲话
      县长 赵六
      （2018年7月2日）
      同志们：
      今天的会议很重要。

      安平县人民政府
      关于王五等同志职务任免的通知
      安政任〔2018〕3号
      各乡镇人民政府：
      经研究决定，王五任县水利局局长。
      安平县人民政府
      2018年7月20日

      2018年7月大事记
      7月2日，全县安全生产工作会议召开。
      """)
    #expect(
      bulletin.documents.map(\.title) == ["在全县安全生产工作会议上的讲话", "安平县人民政府关于王五等同志职务任免的通知", "2018年7月大事记"])
    #expect(bulletin.documents.map(\.number?.description) == [nil, "安政任〔2018〕3号", nil])
    #expect(bulletin.documents.map(\.date?.description).dropFirst() == ["2018-07-20", nil])
    #expect(bulletin.documents.map(\.lines) == [11...15, 17...23, 25...26])
    #expect(bulletin.warnings.isEmpty)
  }
}
