import SearchAPI
import Testing

struct FieldFilterTests {
  @Test(
    "The name ends at the first colon; values of date and year may be ranges",
    arguments: [
      ("type:通知", "type", .value("通知")), ("a::b", "a", .value(":b")), ("url:http://x", "url", .value("http://x")),
      ("number:1..2", "number", .value("1..2")), (" a : b ", " a ", .value(" b ")), ("Year:x", "Year", .value("x")),
      ("year:2021", "year", .value("2021")), ("year:2019..2021", "year", .range(lower: "2019", upper: "2021")),
      ("year:2021..2021", "year", .range(lower: "2021", upper: "2021")),
      ("year:2021..", "year", .range(lower: "2021", upper: nil)),
      ("year:..2021", "year", .range(lower: nil, upper: "2021")),
      ("date:2021", "date", .range(lower: "2021-01-01", upper: "2021-12-31")),
      ("date:2021-02", "date", .range(lower: "2021-02-01", upper: "2021-02-31")),
      ("date:2020-02-29", "date", .range(lower: "2020-02-29", upper: "2020-02-29")),
      ("date:2019..2021-06", "date", .range(lower: "2019-01-01", upper: "2021-06-31")),
      ("date:2021-04..", "date", .range(lower: "2021-04-01", upper: nil)),
      ("date:..2021-06-30", "date", .range(lower: nil, upper: "2021-06-30")),
      ("date:2021-04..2021", "date", .range(lower: "2021-04-01", upper: "2021-12-31")),
      ("date:2022年12月", "date", .range(lower: "2022-12-01", upper: "2022-12-31")),
      ("date:二〇二二年十二月", "date", .range(lower: "2022-12-01", upper: "2022-12-31")),
      ("date:二○二二年二月二十八日", "date", .range(lower: "2022-02-28", upper: "2022-02-28")),
      ("date:二零二二年十月廿五日", "date", .range(lower: "2022-10-25", upper: "2022-10-25")),
      ("date:22年9月", "date", .range(lower: "2022-09-01", upper: "2022-09-31")),
      ("date:２０２２年９月３０日", "date", .range(lower: "2022-09-30", upper: "2022-09-30")),
      ("date:2022 年 9 月 1 号", "date", .range(lower: "2022-09-01", upper: "2022-09-01")),
      ("date:2022.12.1", "date", .range(lower: "2022-12-01", upper: "2022-12-01")),
      ("date:2022.12", "date", .range(lower: "2022-12-01", upper: "2022-12-31")),
      ("date:2021/04/01", "date", .range(lower: "2021-04-01", upper: "2021-04-01")),
      ("date:2021-4", "date", .range(lower: "2021-04-01", upper: "2021-04-31")),
      ("date:二〇二一", "date", .range(lower: "2021-01-01", upper: "2021-12-31")),
      ("date:2022年9月..2022年12月", "date", .range(lower: "2022-09-01", upper: "2022-12-31")),
      ("date:二〇二一年..2022.1", "date", .range(lower: "2021-01-01", upper: "2022-01-31")),
      ("date:..22年", "date", .range(lower: nil, upper: "2022-12-31")),
      ("year:二〇二一", "year", .value("2021")), ("year:2021年", "year", .value("2021")),
      ("year:２０２１", "year", .value("2021")),
      ("year:二〇一九年..21年", "year", .range(lower: "2019", upper: "2021")), ("year: 2021", "year", .value("2021")),
      ("date:2000-02-29..2021-12-31", "date", .range(lower: "2000-02-29", upper: "2021-12-31")),
    ] as [(String, String, FieldFilter.Condition)])
  func conditions(text: String, field: String, condition: FieldFilter.Condition) throws {
    let filter = try FieldFilter(text)
    #expect(filter.field == field)
    #expect(filter.condition == condition)
    #expect(filter.text == text)
    #expect(try FieldFilter(field: filter.field, value: filter.value) == filter)
  }

  @Test(
    "What is no filter is refused with a sentence that shows it",
    arguments: [
      "", "a", ":", "a:", ":b", "year:abc", "year:21", "year:20210", "year:2021-04", "year:..",
      "year:2021..x", "year:2021...2022", "year:2022..2021", "year:2021年4月", "date:2021-13-40", "date:2021-02-29",
      "date:1900-02-29", "date:2021-04-31", "date:2021-00", "date:2021-04-", "date:2021-04-01-02",
      "date:20210401", "date:2021/04-01", "date:..", "date:2021..2021-13", "date:2021..2020",
      "date:2021-06..2021-05-31",
      "date:2021..2022..2023", "date:-2021", "date:二〇二", "date:+021", "date:2021-+1", "date:2021年13月",
      "date:2021年二月三十日", "date:2021年4", "date:2021年4月5", "date:21", "date:21-04",
      "date:年4月", "date:2021年四五月", "date:2021年十十月", "date:2021年一十二三月", "date:2021年4月5日起", "date:2021-123",
    ])
  func refused(text: String) {
    let problem = #expect(throws: ProblemDocument.self) { _ = try FieldFilter(text) }
    #expect(problem?.code == .invalidParameter)
    #expect(problem?.detail.hasPrefix("filter ") == true)
    let value = text.split(separator: ":", maxSplits: 1).last.map(String.init) ?? text
    #expect(problem?.detail.contains(value) == true || value.isEmpty)
  }

  @Test("A name has no colon, and is not empty", arguments: ["", "a:b", ":"])
  func name(field: String) {
    #expect(throws: ProblemDocument.self) { _ = try FieldFilter(field: field, value: "c") }
  }

  @Test("A value may have 1,000 Unicode scalars, however many bytes they are")
  func length() {
    let filter = { (count: Int) throws in try FieldFilter("a:" + String(repeating: "𠀀", count: count)) }
    #expect(throws: Never.self) { _ = try filter(1000) }
    let problem = #expect(throws: ProblemDocument.self) { _ = try filter(1001) }
    #expect(problem?.detail == "filter has a value of 1001 characters for a; 1000 are the most.")
  }

  @Test("The bounds of a month or a year hold all its days, and no other", arguments: 1896...2104)
  func bounds(year: Int) throws {
    for month in 1...12 {
      let prefix = "\(year)-\(month < 10 ? "0" : "")\(month)"
      let days = (1...31).map { "\(prefix)-\($0 < 10 ? "0" : "")\($0)" }
      let known = days.filter { (try? FieldFilter("date:\($0)")) != nil }
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      #expect(known.count == [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1])
      for text in [prefix, "\(year)"] {
        guard case .range(let lower?, let upper?) = try FieldFilter("date:\(text)").condition else {
          Issue.record("\(text) is no range")
          continue
        }
        #expect(known.allSatisfy { lower <= $0 && $0 <= upper })
        #expect(upper < "\(year + 1)-01-01" && lower > "\(year - 1)-12-31")
      }
    }
  }
}
