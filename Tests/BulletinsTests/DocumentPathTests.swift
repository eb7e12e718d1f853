import Bulletins
import Testing

@Suite("Paths as keys")
struct DocumentPathTests {
  @Test(
    "a path is kept as typed, without what says nothing",
    arguments: [
      ("a.txt", "a.txt"), ("./a.txt", "a.txt"), ("a//b///c.md", "a/b/c.md"), ("a/./b/.", "a/b"), ("a/", "a"),
      ("a/../b", "b"), ("a/b/../../c", "c"), ("..", ".."), ("../a", "../a"), ("../../a/..", "../.."), ("a/..", "."),
      (".", "."), ("./", "."), ("", "."), ("/", "/"), ("//", "/"), ("/..", "/"), ("/../a", "/a"), ("/a/./b/", "/a/b"),
      ("公报/二〇二一年/第 2 期.txt", "公报/二〇二一年/第 2 期.txt"), (".hidden/a", ".hidden/a"), ("a/...", "a/..."),
    ])
  func normalization(typed: String, key: String) {
    #expect(DocumentPath.normalized(typed) == key)
    #expect(DocumentPath.normalized(key) == key, "normalising twice changes nothing")
  }

  @Test(
    "a name in a folder",
    arguments: [(".", "a", "a"), ("/", "a", "/a"), ("b", "a", "b/a"), ("..", "a", "../a")])
  func appending(folder: String, name: String, path: String) {
    #expect(DocumentPath.appending(name, to: folder) == path)
  }

  @Test(
    "the end of the name tells the format",
    arguments: [
      ("a.txt", SourceFormat.plainText), ("b/a.MD", .plainText), ("a.b.jsonl", .jsonLines), ("a.json", nil),
      ("txt", nil), (".txt", nil), ("a.txt/b", nil), ("a.", nil), ("", nil),
    ] as [(String, SourceFormat?)])
  func format(path: String, format: SourceFormat?) {
    #expect(SourceFormat(path: path) == format)
  }
}
