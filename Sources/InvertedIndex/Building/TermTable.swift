/// Gives each different term a number: 0, 1, 2, … in the order of first sight.
///
/// Open addressing with linear probing, at most half full; about 24 bytes a term.
struct CharacterTermTable {
  /// The terms by number.
  private(set) var keys: [UInt64] = []
  /// Their numbers.
  private(set) var ids: [UInt32] = []
  private var slots: [UInt32]  // index into `keys` plus one; 0 is empty
  private var shift: UInt64

  init() {
    slots = [UInt32](repeating: 0, count: 1 << 16)
    shift = 64 - 16
  }

  /// The number of a term; `next` becomes it when the term is new.
  @inline(__always)
  mutating func id(for key: UInt64, next: UInt32) -> UInt32 {
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while true {
      let place = slots[slot]
      if place == 0 { break }
      if keys[Int(place &- 1)] == key { return ids[Int(place &- 1)] }
      slot = (slot &+ 1) & mask
    }
    insert(key, id: next, slot: slot)
    return next
  }

  @inline(never)
  private mutating func insert(_ key: UInt64, id: UInt32, slot: Int) {
    keys.append(key)
    ids.append(id)
    slots[slot] = UInt32(keys.count)
    guard keys.count * 2 > slots.count else { return }
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    shift -= 1
    for (index, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }
}

/// The same for words, whose bytes lie one behind the other.
struct WordTermTable {
  /// A word's place in ``bytes`` and its term number.
  struct Entry {
    let start: Int
    let count: Int
    let id: UInt32
    let hash: UInt64
  }

  /// The words in the order of first sight.
  private(set) var entries: [Entry] = []
  private var bytes: [UInt8] = []
  private var slots = [UInt32](repeating: 0, count: 1 << 12)

  /// The bytes of an entry: field number, high byte first, then the word.
  func word(_ entry: Entry) -> ArraySlice<UInt8> { bytes[entry.start..<entry.start + entry.count] }

  /// The number of a word in a field; `next` becomes it when the word is new.
  mutating func id(field: UInt16, word: ArraySlice<UInt8>, next: UInt32) -> UInt32 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(field)  // FNV-1a
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot] - 1)]
      if entry.hash == hash, entry.count == word.count + 2, holds(entry, field, word) { return entry.id }
      slot = (slot + 1) & mask
    }
    entries.append(Entry(start: bytes.count, count: word.count + 2, id: next, hash: hash))
    bytes.append(UInt8(field >> 8))
    bytes.append(UInt8(truncatingIfNeeded: field))
    bytes.append(contentsOf: word)
    slots[slot] = UInt32(entries.count)
    if entries.count * 2 > slots.count { grow() }
    return next
  }

  private func holds(_ entry: Entry, _ field: UInt16, _ word: ArraySlice<UInt8>) -> Bool {
    let stored = self.word(entry)
    return stored[stored.startIndex] == UInt8(field >> 8)
      && stored[stored.startIndex + 1] == UInt8(truncatingIfNeeded: field) && stored.dropFirst(2).elementsEqual(word)
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for (index, entry) in entries.enumerated() {
      var slot = Int(truncatingIfNeeded: entry.hash ^ entry.hash >> 32) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(index + 1)
    }
  }

  /// Bytes in use, for the memory budget.
  var byteCount: Int { bytes.capacity + entries.capacity * MemoryLayout<Entry>.stride + slots.count * 4 }
}
