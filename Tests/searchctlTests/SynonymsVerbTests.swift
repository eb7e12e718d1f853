import SearchService
import Testing

@testable import searchctl

@Suite("Synonyms on the command line")
struct SynonymsVerbTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func file(_ text: String) throws -> String { try folder.write(text, to: "synonyms.txt") }

  @Test("the built-in list is printed as a file that may be checked")
  func list() throws {
    let printed = ToolRun("synonyms")
    #expect(printed.status == .fine && printed.output == SynonymList.text)
    let path = try file(printed.output)
    let checked = ToolRun("synonyms", "--check", path)
    #expect(checked.status == .fine && checked.output.hasPrefix(path + ": ") && checked.messages.isEmpty)
  }

  @Test("a malformed file is one sentence with its line, and status 1")
  func malformed() throws {
    let path = try file("[民政]\n低保 最低生活保障\n")
    let run = ToolRun("synonyms", "--check", path)
    #expect(run.status == .negative && run.output.isEmpty)
    #expect(run.messages == "searchctl: \(path):2: words, one = or >, and words.\n")
    let search = ToolRun("search", "--index", folder.path, "--synonyms", path, "甲")
    #expect(search.status == .failed && search.messages == run.messages)
  }

  @Test("a search uses those of a file, none, or the built-in ones, and says which")
  func search() throws {
    let path = try file("甲乙 > 丁戊\n")
    let documents = try folder.write(#"{"id": "1", "text": "丁戊己"}"#, to: "documents.jsonl")
    let index = folder.path + "/index"
    #expect(ToolRun("rebuild", "--index", index, documents).status == .fine)
    let found = ToolRun("search", "--index", index, "--synonyms", path, "甲乙")
    #expect(found.status == .fine && found.output.hasSuffix("also looked for, 甲乙: 丁戊\n"))
    #expect(ToolRun("search", "--index", index, "甲乙").status == .negative)
    #expect(ToolRun("inspect", "--index", index, "--synonyms", path, "query", "甲乙").output.contains("丁戊"))
    #expect(!ToolRun("inspect", "--index", index, "query", "甲乙").output.contains("丁戊"))
  }

  @Test(
    "what does not go together is said",
    arguments: [
      (["--index", "x", "--synonyms", "f", "--no-synonyms"], "--synonyms and --no-synonyms exclude each other"),
      (["--socket", "x", "--synonyms", "f"], "--synonyms needs --index: a daemon has those it was started with"),
    ])
  func usage(options: [String], sentence: String) {
    for words in [["search"] + options + ["甲"]] {
      #expect(ToolRun(words).messages == "searchctl: \(sentence)\nTry 'searchctl --help'.\n")
    }
    #expect(
      ToolRun("inspect", "--no-synonyms", "tokens", "甲").messages
        == "searchctl: --no-synonyms goes with 'inspect query'\nTry 'searchctl --help'.\n")
  }
}
