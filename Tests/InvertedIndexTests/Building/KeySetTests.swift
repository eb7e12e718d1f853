import Testing

@testable import InvertedIndex

@Suite struct KeySetTests {
  @Test(arguments: 0..<4)
  func `a key is new once, as in a plain set`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var set = KeySet()
    var plain: Set<[UInt8]> = []
    for _ in 0..<60_000 {
      let number = random.next() % 40_000
      let key = seed % 2 == 0 ? "\(number)" : "法律/第\(number / 100)章.txt#\(number % 100)"
      let isNew = set.insert(key)
      #expect(isNew == plain.insert(Array(key.utf8)).inserted, "seed \(seed), \(key)")
    }
    #expect(set.count == plain.count)
  }

  @Test func `canonically equivalent keys are two`() {
    var set = KeySet()
    let isNew = ["\u{E9}", "e\u{301}", "", "e\u{301}"].map { set.insert($0) }
    #expect(isNew == [true, true, true, false])
    #expect(set.count == 3)
  }

  @Test(arguments: [30_000, 50_000, 80_000])
  func `many keys take 14 bytes each at the most`(count: Int) {
    var set = KeySet()
    for number in 0..<count { _ = set.insert("\(number)") }
    #expect(set.count == count && set.byteCount <= count * 14 + 32 << 10, "\(set.byteCount / count) bytes")
  }
}
