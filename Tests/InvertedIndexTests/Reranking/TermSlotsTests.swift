import Testing

@testable import InvertedIndex

@Suite struct TermSlotsTests {
  @Test(arguments: 0..<8)
  func `every key has its number, and no other key has one`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let keys = Array(Set((0..<generator.number(below: 200)).map { _ in UInt64(generator.number(below: 1 << 20)) }))
    let slots = TermSlots(keys)
    for (index, key) in keys.enumerated() { #expect(slots.slot(of: key) == index, "seed \(seed)") }
    for _ in 0..<500 {
      let key = UInt64(generator.number(below: 1 << 20))
      #expect(slots.slot(of: key) == keys.firstIndex(of: key), "seed \(seed)")
    }
  }
}
