import Testing

@testable import InvertedIndex

/// Numbers in a text, and how else they are spelled.
@Suite struct NumeralReadingsTests {
  @Test(arguments: [
    (1, ["一"]), (10, ["十", "一十"]), (12, ["十二", "一十二"]), (20, ["二十", "廿"]), (25, ["二十五", "廿五"]), (31, ["三十一", "卅一"]),
    (99, ["九十九"]), (100, ["一百"]), (105, ["一百零五", "一百〇五", "一百○五", "一〇五"]), (110, ["一百一十", "一百十"]),
    (115, ["一百一十五", "一百十五"]), (1005, ["一千零五"]), (1050, ["一千零五十"]), (1210, ["一千二百一十", "一千二百十"]),
    (2021, ["二千零二十一", "二〇二一", "二零二一", "二○二一"]), (1999, ["一九九九"]), (9999, ["九千九百九十九"]),
  ])
  func `Chinese numerals have a value`(value: Int, spellings: [String]) {
    for spelling in spellings { #expect(ChineseNumeral.value(Array(spelling.unicodeScalars)) == value, "\(spelling)") }
  }

  @Test(arguments: [
    "", "〇", "一二", "二三四", "十二十", "二百三十百", "百", "千", "零五", "一百五", "一千五", "二十零", "一百零零五", "廿十", "一万", "五台",
    "一二三四五", "十〇", "二廿",
  ])
  func `what nobody writes has none`(text: String) {
    #expect(ChineseNumeral.value(Array(text.unicodeScalars)) == nil)
  }

  @Test func `every number is read as it is spelled`() {
    for value in 1...9999 {
      for spelling in ChineseNumeral.spellings(value) {
        #expect(ChineseNumeral.value(Array(spelling.unicodeScalars)) == value, "\(spelling)")
      }
    }
  }

  @Test(arguments: [
    ("第25条", "第25条", ["第二十五条"]),
    ("依照第二十五条规定", "第二十五条", ["第25条"]),
    ("第２５条", "第２５条", ["第二十五条"]),
    ("第 25 条", "第 25 条", ["第二十五条"]),
    ("第廿条", "第廿条", ["第20条", "第二十条"]),
    ("第一十条", "第一十条", ["第10条", "第十条"]),
    ("第105条", "第105条", ["第一百零五条", "第一百〇五条"]),
    ("第一百〇五条", "第一百〇五条", ["第105条", "第一百零五条"]),
    ("第3款", "第3款", ["第三款"]), ("第02期", "第02期", ["第2期", "第二期"]), ("第一章", "第一章", ["第1章"]),
    ("第十二节", "第十二节", ["第12节"]), ("第4项", "第4项", ["第四项"]), ("第2编", "第2编", ["第二编"]), ("第7号", "第7号", ["第七号"]),
    ("2021年", "2021年", ["二〇二一年", "二零二一年", "二○二一年"]),
    ("二零二一年", "二零二一年", ["2021年", "二〇二一年", "二○二一年"]),
    ("一九九九年", "一九九九年", ["1999年"]),
    ("2022年12月", "2022年12月", ["二〇二二年十二月", "二零二二年十二月", "二○二二年十二月"]),
    ("于2021年4月28日起", "2021年4月28日", ["二〇二一年四月二十八日", "二零二一年四月二十八日", "二○二一年四月二十八日"]),
    ("二○二一年四月二十八日", "二○二一年四月二十八日", ["2021年4月28日", "二〇二一年四月二十八日", "二零二一年四月二十八日"]),
    ("2021年04月08日", "2021年04月08日", ["2021年4月8日", "二〇二一年四月八日", "二零二一年四月八日", "二○二一年四月八日"]),
    ("1999-4-28", "1999-4-28", ["1999年4月28日", "一九九九年四月二十八日"]),
    ("1999.04.28", "1999.04.28", ["1999年4月28日", "一九九九年四月二十八日"]),
    ("4月28日", "4月28日", ["四月二十八日"]), ("十二月", "十二月", ["12月"]), ("5月1号", "5月1号", ["5月1日", "五月一日"]),
    ("30日", "30日", ["三十日"]), ("三十日内", "三十日", ["30日"]), ("3个月", "3个月", ["三个月"]), ("五年以下", "五年", ["5年"]),
    ("五万元", "五万", ["5万"]), ("200元", "200元", ["二百元"]), ("3亿", "3亿", ["三亿"]),
    ("百分之五", "百分之五", ["5%"]), ("5%", "5%", ["百分之五"]), ("５％", "５％", ["百分之五"]), ("5.5%", "5.5%", ["百分之五点五"]),
    ("百分之零点五", "", []), ("百分之五点零五", "百分之五点零五", ["5.05%"]), ("0.5%", "", []),
    ("100%", "100%", ["百分之一百"]),
  ])
  func `numbers in their places are read`(text: String, typed: String, alternatives: [String]) {
    let readings = NumeralReadings.readings(in: text)
    #expect(readings.map(\.alternatives) == (typed.isEmpty ? [] : [alternatives]))
    for reading in readings { #expect(String(decoding: Array(text.utf8)[reading.range], as: UTF8.self) == typed) }
  }

  @Test(arguments: [
    "五台", "一般", "万一", "统一", "三农", "十堰市", "第五台", "几十年", "数十日", "上百元", "第三者", "20210428", "12345年", "一万五千元", "PM2.5",
    "C25",
    "2021", "二〇二一", "2021-04", "3.5万元", "一二年", "0年", "第0条", "第条", "年月日", "百分之", "五百分", "一千百日", "第",
  ])
  func `what may be no number is left alone`(text: String) {
    #expect(NumeralReadings.readings(in: text) == [], "\(text)")
  }

  @Test func `dates know their day`() {
    let dates = ["2022年12月5日", "二〇二二年十二月五日", "2022-12-05", "2022/12/5"].map {
      NumeralReadings.readings(in: $0).first?.date
    }
    #expect(dates.allSatisfy { $0 == NumeralReadings.Date(year: 2022, month: 12, day: 5) })
    #expect(
      NumeralReadings.readings(in: "2022年12月").first?.date == NumeralReadings.Date(year: 2022, month: 12, day: nil))
    #expect(NumeralReadings.readings(in: "2022年").first?.date == nil)
  }

  @Test(arguments: 0..<20)
  func `readings are parts of the text, in its order, and read back`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "第", "条", "期", "年", "月", "日", "元", "万", "百分之", "%", "点", ".", "-", "一", "二", "十", "百", "千", "〇", "零", "廿", "1",
      "2", "0", "２", " ",
      "个月", "的", "2021", "二〇二一", "A",
    ]
    for _ in 0..<500 {
      let text = (0..<generator.number(below: 12)).map { _ in generator.pick(pieces) }.joined()
      var end = 0
      for reading in NumeralReadings.readings(in: text) {
        #expect(reading.range.lowerBound >= end && reading.range.upperBound <= text.utf8.count, "seed \(seed): \(text)")
        end = reading.range.upperBound
        #expect(!reading.alternatives.isEmpty && Set(reading.alternatives).count == reading.alternatives.count)
        for alternative in reading.alternatives {
          let back = NumeralReadings.readings(in: alternative)
          #expect(
            back.count == 1 && back[0].range == 0..<alternative.utf8.count, "seed \(seed): \(text), \(alternative)")
        }
      }
    }
  }
}
