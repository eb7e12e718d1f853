import SearchAPI
import Testing

@testable import searchctl

@Suite("What search asks")
struct SearchVerbTests {
  private func parameters(_ words: String...) throws -> SearchParameters {
    guard case .perform(.search, let arguments) = try ArgumentParser.parse(["search"] + words) else {
      throw UsageError("no search")
    }
    return try SearchVerb(arguments: arguments, console: Console(output: { _ in }, error: { _ in })).parameters()
  }

  @Test("filters, facets and sorting are those of the daemon")
  func everything() throws {
    let parameters = try parameters(
      "甲", "乙", "--filter", "issuer:云泽县 A,B", "--filter", "date:2021..", "--facet", "type,year", "--facet",
      "issuer,type",
      "--facet-limit", "5", "--sort", "-date", "--prefer", "in_force,recent")
    var expected = SearchParameters(query: "甲 乙")
    expected.filters = [try FieldFilter("issuer:云泽县 A,B"), try FieldFilter("date:2021..")]
    expected.facets = ["type", "year", "issuer"]
    expected.facetLimit = 5
    expected.sort = .dateDescending
    expected.preferences = [.inForce, .recent]
    #expect(parameters == expected)
    let request = HTTPRequest(target: parameters.target)
    #expect(try SearchParameters(QueryParameters(request.query)) == expected)
  }

  @Test("without a filter a query is needed; with one it may be left out")
  func query() throws {
    #expect(try parameters("--filter", "a:1").query == "")
    #expect(try parameters("--filter", "a:1", "").query == "")
    #expect(throws: UsageError("QUERY is empty")) { try parameters("") }
    #expect(throws: UsageError("no QUERY given")) { try parameters("--facet", "a") }
  }

  @Test("what is wrong with them is one sentence and status 2")
  func problems() {
    let filter = ToolRun("search", "--index", "none", "--filter", "date:2021-13-40", "甲")
    #expect(filter.status == .failed)
    #expect(
      filter.messages
        == "searchctl: filter is date:A or date:A..B, where A and B are YYYY, YYYY-MM or YYYY-MM-DD and one may be "
        + "left out, not '2021-13-40'.\n")
    #expect(
      ToolRun("search", "--index", "none", "--facet", "a,", "甲").messages
        == "searchctl: facet is NAME or NAME,NAME, not 'a,'.\n")
    #expect(
      ToolRun("search", "--index", "none", "--prefer", "old", "甲").messages
        == "searchctl: prefer is one or more of in_force, recent, not 'old'.\n")
    let limit = ToolRun("search", "--index", "none", "--facet-limit", "3", "甲")
    #expect(limit.status == .failed)
    #expect(limit.messages == "searchctl: --facet-limit needs --facet\nTry 'searchctl --help'.\n")
  }
}
