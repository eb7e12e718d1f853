import Bulletins
import Testing

@Suite("Types of documents")
struct DocumentTypeTests {
  @Test(
    "the type is what the title ends in",
    arguments: [
      ("甲县人民政府办公室关于印发防汛应急预案的通知", "通知"), ("甲县人民政府关于种树的意 见", "意见"), ("甲县人民政府关于表彰先进的决定", "决定"),
      ("甲县人民政府令第3号", "令"), ("甲县人民政府森林防火命令", "令"), ("甲县人民政府关于禁渔的公告", "公告"), ("甲县人民政府关于禁放的通告", "通告"),
      ("甲县人民政府关于商请支援的函", "函"), ("甲县人民政府关于同意设立街道的批复", "批复"), ("甲县养犬管理办法（试行）", "办法"), ("三年行动计划（2023-2025年）", "计划"),
      ("甲县“十四五”养老服务规划", "规划"), ("甲县防汛应急预案", "预案"), ("甲县实施方案", "方案"), ("政府工作报告", "报告"), ("甲县人民政府第9次常务会议纪要", "纪要"),
      ("《甲县养犬管理办法》", "办法"),
    ])
  func types(title: String, type: String) {
    #expect(DocumentType(title: title)?.rawValue == type)
  }

  @Test("a title may name no type", arguments: ["", "春天", "甲县人民政府", "（试行）", "第3号"])
  func none(title: String) {
    #expect(DocumentType(title: title) == nil)
  }

  @Test(
    "a notice that passes a paper on is of that type as well",
    arguments: [
      ("甲县人民政府关于印发防汛应急预案的通知", ["通知", "预案"]), ("甲县人民政府关于印发《养犬管理办法（试行）》的通知", ["通知", "办法"]),
      ("甲县人民政府办公室转发县水利局关于加强管理意见的通知", ["通知", "意见"]), ("甲县人民政府关于种树的通知", ["通知"]),
      ("甲县人民政府关于印发三年行动计划（2023-2025年）的通知", ["通知", "计划"]), ("种树", []),
    ])
  func passedOn(title: String, types: [String]) {
    #expect(DocumentType.types(inTitle: title).map(\.rawValue) == types)
  }
}
