import Bulletins
import Testing

@Suite("Dates")
struct CalendarDateTests {
  @Test(
    "days that the calendar has",
    arguments: [(2024, 2, 29), (2000, 2, 29), (2021, 12, 31), (1900, 1, 1), (2199, 4, 30)])
  func valid(year: Int, month: Int, day: Int) throws {
    let date = try #require(CalendarDate(year: year, month: month, day: day))
    #expect((date.year, date.month, date.day) == (year, month, day))
  }

  @Test(
    "days that it lacks",
    arguments: [
      (2021, 13, 40), (2021, 2, 29), (2100, 2, 29), (2021, 4, 31), (2021, 0, 1), (2021, 1, 0), (1899, 1, 1),
      (2200, 1, 1),
    ])
  func invalid(year: Int, month: Int, day: Int) {
    #expect(CalendarDate(year: year, month: month, day: day) == nil)
  }

  @Test("written as ISO 8601, and ordered")
  func order() throws {
    let first = try #require(CalendarDate(year: 2021, month: 4, day: 5))
    let second = try #require(CalendarDate(year: 2021, month: 10, day: 1))
    #expect(first.description == "2021-04-05")
    #expect(second.description == "2021-10-01")
    #expect(first < second)
    #expect(!(second < first))
  }
}
