import Testing

@testable import InvertedIndex

@Suite struct KeyListTests {
  private func keys(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    let stems = ["", "a", "条例/第三章/第", "aaaaaaaaaaaaaaaa", "\u{FF}"]
    return (0..<count).map { number in
      let stem = stems[Int(random.next() % 5)]
      return stem + String(repeating: "甲", count: Int(random.next() % 3)) + "\(random.next() % 1000).\(number)"
    }
  }

  @Test(arguments: [0, 1, 2, 100, 8191, 8192, 8193, 20_000])
  func `documents are brought into the order of their keys' bytes`(count: Int) {
    let keys = keys(count, seed: UInt64(count))
    var list = KeyList()
    for key in keys { list.append(key.utf8) }
    #expect(list.count == count && list.byteCount == keys.reduce(0) { $0 + $1.utf8.count + 4 })
    #expect(list.sorted().map { keys[Int($0)] } == keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func `runs in order are merged to the same order`() {
    let keys = keys(10_000, seed: 7)
    var list = KeyList()
    for key in keys { list.append(key.utf8) }
    var order: [UInt32] = []
    for start in stride(from: 0, to: 10_000, by: 1_250) {
      order += (UInt32(start)..<UInt32(start + 1_250)).sorted { list.precedes($0, $1) }
    }
    list.sort(&order)
    #expect(order == list.sorted())
  }

  @Test func `a key that another one begins with comes first`() {
    var list = KeyList()
    for key in ["abcdefgh12345678", "abcdefgh", "abcdefgh1234567", "abcdefg", "abcdefgh\u{0}"] { list.append(key.utf8) }
    #expect(list.sorted() == [3, 1, 4, 2, 0])
  }
}
