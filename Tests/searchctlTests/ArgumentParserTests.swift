import Testing

@testable import searchctl

@Suite("The command line")
struct ArgumentParserTests {
  private func parse(_ line: String) throws(UsageError) -> Command {
    try ArgumentParser.parse(line.split(separator: " ").map(String.init))
  }

  @Test(
    "options stand anywhere behind the verb, with a space or an equals sign",
    arguments: [
      "search --index d --limit 5 甲", "search 甲 --index=d --limit=5", "search --limit 5 甲 --index d",
      "search --index d --limit=5 -- 甲",
    ])
  func options(line: String) throws {
    #expect(
      try parse(line) == .perform(.search, Arguments(options: ["index": ["d"], "limit": ["5"]], operands: ["甲"])))
  }

  @Test("behind two hyphens every word is an operand")
  func endOfOptions() throws {
    #expect(
      try parse("search --index d -- --limit -- -x")
        == .perform(.search, Arguments(options: ["index": ["d"]], operands: ["--limit", "--", "-x"])))
    #expect(try parse("search --index d -") == .perform(.search, Arguments(options: ["index": ["d"]], operands: ["-"])))
  }

  @Test("a value may contain an equals sign, or look like an option")
  func values() throws {
    #expect(try parse("verify --index=a=b") == .perform(.verify, Arguments(options: ["index": ["a=b"]])))
    #expect(try parse("verify --index --json") == .perform(.verify, Arguments(options: ["index": ["--json"]])))
  }

  @Test("an option that may come again keeps its values in order")
  func repeated() throws {
    #expect(
      try parse("search --filter a:1 甲 --filter=b:2 --facet a,b --facet c --sort -date")
        == .perform(
          .search,
          Arguments(
            options: ["filter": ["a:1", "b:2"], "facet": ["a,b", "c"], "sort": ["-date"]], operands: ["甲"])))
  }

  @Test("a search needs no query when it has a filter")
  func substitute() throws {
    #expect(try parse("search --filter a:1") == .perform(.search, Arguments(options: ["filter": ["a:1"]])))
  }

  @Test(
    "help is a verb, an option of every verb, and the tool's own option",
    arguments: [
      ("--help", Command.overview), ("-h", .overview), ("help", .overview), ("help search", .help(.search)),
      ("search --help", .help(.search)), ("search --index d -h", .help(.search)), ("--version", .version),
    ])
  func help(line: String, command: Command) throws {
    #expect(try parse(line) == command)
  }

  @Test(
    "what is not understood is said in one sentence, with the nearest word",
    arguments: [
      ("", "no verb given"), ("serach", "unknown verb 'serach'; did you mean 'search'?"),
      ("serch", "unknown verb 'serch'; did you mean 'search'?"),
      ("help bnech", "unknown verb 'bnech'; did you mean 'bench'?"),
      ("hlep", "unknown verb 'hlep'; did you mean 'help'?"), ("index", "unknown verb 'index'"),
      ("搜索", "unknown verb '搜索'"), ("--hepl", "unknown option '--hepl' in front of the verb; did you mean '--help'?"),
      ("-v", "unknown option '-v' in front of the verb"),
      ("--index d search", "unknown option '--index' in front of the verb"),
      ("search --indx d 甲", "unknown option '--indx'; did you mean '--index'?"),
      ("search --lmiit=5 甲", "unknown option '--lmiit'; did you mean '--limit'?"),
      ("search --memory 5 甲", "unknown option '--memory'"),
      ("search -甲", "unknown option '-甲'; put '--' in front of words that begin with '-'"),
      ("search --index a --index b 甲", "--index is given twice"), ("search --json=1 甲", "--json takes no value"),
      ("search 甲 --index", "--index DIR needs a value"), ("search 甲 --index=", "--index DIR needs a value"),
      ("search --index d", "no QUERY given"), ("rebuild --index d", "no PATH given"),
      ("remove --index d", "no KEY given"),
      ("verify --index d x", "'x' is one word too many"),
      ("search --limit x 甲", "--limit is 'x'; it must be a whole number from 0 to 1000"),
      ("search --limit 1001 甲", "--limit is '1001'; it must be a whole number from 0 to 1000"),
      ("search --limit -1 甲", "--limit is '-1'; it must be a whole number from 0 to 1000"),
      ("search --facet a", "no QUERY given"),
      ("search --sort a --sort b 甲", "--sort is 'a'; it must be relevance or date or -date"),
      ("search --sort date --sort date 甲", "--sort is given twice"),
      ("search --filter= 甲", "--filter NAME:VALUE needs a value"),
      ("search --facet-limit 0 甲", "--facet-limit is '0'; it must be a whole number from 1 to 1000"),
      ("search --rank tfidf 甲", "--rank is 'tfidf'; it must be bm25"),
      ("search --b 1.5 甲", "--b is '1.5'; it must be a number from 0.0 to 1.0"),
      ("search --b nan 甲", "--b is 'nan'; it must be a number from 0.0 to 1.0"),
      ("rebuild --memory 0 --index d p", "--memory is '0'; it must be a whole number from 1 to 1048576"),
    ])
  func errors(line: String, message: String) {
    #expect(throws: UsageError(message)) { try parse(line) }
  }

  @Test("an option that a verb needs and does not get is named")
  func required() {
    #expect(throws: UsageError("--index DIR is missing")) { try Arguments().required(.index) }
  }

  @Test(
    "the distance of two words counts letters put in, left out, changed and exchanged",
    arguments: [
      ("", "", 0), ("a", "", 1), ("ab", "ba", 1), ("search", "serach", 1), ("kitten", "sitting", 3),
      ("add", "bench", 5),
    ])
  func distance(left: String, right: String, distance: Int) {
    #expect(Suggestion.distance(left, right) == distance)
    #expect(Suggestion.distance(right, left) == distance)
  }
}
