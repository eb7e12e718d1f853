import SystemIO
import Testing

@testable import InvertedIndex

@Suite struct HeaderCacheTests {
  private func header(_ segment: Int, _ number: UInt32) -> DocumentHeader {
    DocumentHeader(
      segment: segment, number: number, document: Document(key: "\(segment) \(number)", text: ""), text: nil)
  }

  @Test func `a slot has the document that was read last, and never answers for another`() {
    let cache = HeaderCache()
    var generator = SeededGenerator(seed: 1)
    var last: (Int, UInt32)?
    for _ in 0..<20_000 {
      let (segment, number) = (generator.number(below: 4), UInt32(generator.number(below: 20_000)))
      let found = cache.header(segment: segment, number: number)
      if let found { #expect(found.document.key == "\(segment) \(number)") }
      cache.keep(header(segment, number))
      if let last, last == (segment, number) { #expect(found != nil) }
      last = (segment, number)
      #expect(cache.header(segment: segment, number: number)?.document.key == "\(segment) \(number)")
    }
  }

  @Test(arguments: [
    (Document(key: "a", title: String(repeating: "甲", count: 1300), text: ""), true),
    (Document(key: "a", title: String(repeating: "甲", count: 1400), text: ""), false),
    (
      Document(key: "a", text: "", fields: [Field(name: "f", value: .string(String(repeating: "a", count: 5000)))]),
      false
    ),
    (
      Document(
        key: "a", text: "", fields: [Field(name: "f", value: .list(Array(repeating: .integer(1), count: 1000)))]), false
    ),
  ])
  func `what is large is not kept`(document: Document, isKept: Bool) {
    let cache = HeaderCache()
    cache.keep(DocumentHeader(segment: 0, number: 0, document: document, text: nil))
    #expect((cache.header(segment: 0, number: 0) != nil) == isKept)
  }

  @Test func `threads that use the same slots get their own documents or nothing`() throws {
    let cache = HeaderCache()
    let threads = try (0..<4).map { thread in
      try SystemThread(starting: "\(thread)") {
        var generator = SeededGenerator(seed: UInt64(thread))
        for _ in 0..<5000 {
          let number = UInt32(generator.number(below: 3) * 4096)
          cache.keep(self.header(0, number))
          if let found = cache.header(segment: 0, number: number) { #expect(found.document.key == "0 \(number)") }
        }
      }
    }
    for thread in threads { thread.join() }
    #expect([0, 4096, 8192].contains { cache.header(segment: 0, number: $0) != nil })
  }

  @Test(arguments: 0..<6)
  func `hits are the same whatever was read before`(seed: UInt64) throws {
    var corpus = RandomCorpus(seed: seed)
    let folder = try TestFolder()
    try folder.build(corpus.documents(60), memoryBudget: seed % 2 == 0 ? 256 << 20 : 60_000)
    let used = Searcher(try folder.snapshot())
    for _ in 0..<30 {
      let query = corpus.query().typed
      for snippets in [corpus.number(below: 2) == 0, true, false] {
        let request = SearchRequest(query: query, snippets: snippets)
        #expect(
          try used.search(request).hits == Searcher(folder.snapshot()).search(request).hits, "seed \(seed): \(query)")
      }
    }
  }
}
