import Bulletins
import Testing

@Suite("Names of references")
struct ReferenceNameTests {
  @Test(
    "a citation and the title it means have one name",
    arguments: [
      ("中华人民共和国民法典", "《民法典》"), ("中华人民共和国民法典", "《中华人民共和国民法典》"), ("中华人民共和国民法典", "《中華人民共和國民法典》"),
      ("甲县人民政府办公室关于印发甲县防火预案的通知", "《关于印发甲县防火预案的通知》"), ("甲县人民政府办公室关于印发甲县防火预案的通知", "《甲县人民政府办公室关于印发甲县防火预案的通知》"),
      ("甲县人民政府办公室关于印发甲县防火预案的通知", "《甲县防火预案》"), ("甲县人民政府办公室 关于印发《甲县防火预案》的通知", "《甲县防火预案》"),
      ("甲县人民政府办公室关于印发《甲县防火预案（试行）》的通知", "《甲县防火预案(试行)》"), ("甲县人民政府印发甲县防火办法的通知", "《甲县防火办法》"),
      ("甲县教育局 甲县财政局关于下达资金的通知", "《关于下达资金的通知》"), ("中共甲县委办公室、甲县人民政府办公室关于值班的通知", "《关于值班的通知》"),
      ("最高人民法院关于适用《中华人民共和国公司法》若干问题的规定", "《关于适用〈中华人民共和国公司法〉若干问题的规定》"),
      ("甲省实施《中华人民共和国渔业法》办法", "《甲省实施〈中华人民共和国渔业法〉办法》"), ("甲省实施《中华人民共和国渔业法》办法", "《甲省实施<中华人民共和国渔业法>办法》"),
      ("甲县防火条例", "《甲县 防火\n条例》"), ("甲县“十四五”规划", "《甲县\"十四五\"规划》"), ("甲县ＰＭ2.5控制办法", "《甲县pm2.5控制办法》"),
      ("甲县人民政府关于种树的通知（甲政发〔2021〕9号）", "《甲县人民政府关于种树的通知》"), ("甲縣防火條例", "甲县防火条例"),
      ("《甲条例》和《乙条例》清理办法", "《〈甲条例〉和〈乙条例〉清理办法》"),
    ])
  func equal(title: String, citation: String) {
    #expect(ReferenceName.names(ofTitle: title).contains(ReferenceName.name(ofCitation: citation)))
  }

  @Test(
    "other titles have other names",
    arguments: [
      ("甲县防火办法（试行）", "《甲县防火办法》"), ("甲县防火预案", "《乙县防火预案》"), ("甲县人民政府关于种树的通知", "《关于种草的通知》"),
      ("甲县人民政府办公室关于转发甲县防火预案的通知", "《甲县防火预案》"), ("中华人民共和国民法典", "《民法》"), ("甲县人民政府关于种树的通知", "《甲县人民政府》"),
      ("甲县养犬办法", "《关于修改〈甲县养犬办法〉的决定》"),
    ])
  func different(title: String, citation: String) {
    #expect(!ReferenceName.names(ofTitle: title).contains(ReferenceName.name(ofCitation: citation)))
  }

  @Test("a number's name is its usual form")
  func numbers() {
    #expect(ReferenceName.name(ofCitation: "甲政发[2021]9号") == "甲政发〔2021〕9号")
    #expect(ReferenceName.ofNumber(DocumentNumber(code: "甲政发", year: 2021, serial: 9)) == "甲政发〔2021〕9号")
  }

  @Test("with their issuers, papers of two offices on one subject are told apart")
  func issuers() {
    let (one, other) = ("甲县人民政府关于种树的通知", "乙县人民政府关于种树的通知")
    #expect(ReferenceName.ofTitle(one) == ReferenceName.ofTitle(other))
    #expect(ReferenceName.withIssuer(ofTitle: one) != ReferenceName.withIssuer(ofTitle: other))
    #expect(ReferenceName.withIssuer(ofTitle: one) == ReferenceName.withIssuer(ofTitle: "《甲县 人民政府关于种树的通知》"))
  }

  @Test("nothing has no name", arguments: ["", " ", "《》", "（）"])
  func empty(title: String) {
    #expect(ReferenceName.names(ofTitle: title).isEmpty)
  }
}
