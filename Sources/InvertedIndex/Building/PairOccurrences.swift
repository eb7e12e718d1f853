import CJKTokenizer

/// The occurrences of terms of characters in title and text, in the order of the text, and how they come into the order of
/// the terms without hashing.
///
/// Characters of the basic plane are numbered as they are first seen, so that an occurrence is one number of 64 bits: two
/// character numbers above the position. It is brought into order by counting, first by the first character, then, within
/// the few thousand occurrences of that one, by the second. A quarter of the occurrences is in order at a time.
struct PairOccurrences {
  /// How many occurrences were taken in.
  private(set) var count = 0

  private var numbers = [UInt16](repeating: 0, count: slotCount)  // by slot; 0: not seen
  // By number; 0 is no character, 1 the end of a run.
  private var slots: [UInt32] = [0, UInt32(CharacterKey.runEndMark)]
  private var counts: [UInt32] = [0, 0]  // occurrences by the number of the first character
  private var chunks: [[UInt64]] = []
  private var documentEnds: [Int] = []
  private static let chunkCount = 1 << 17
  private static let passCount = 4
  // A slot for each scalar of the basic plane, then one for each reserved term.
  private static let slotCount = 0x10002

  /// Bytes in memory when the occurrences are written.
  var peakByteCount: Int { count * (8 + (8 + 2) / Self.passCount + 1) + documentEnds.count * 8 + Self.slotCount * 2 }

  /// Takes an occurrence in; false for a term that has a character outside of the basic plane.
  @inline(__always)
  mutating func append(_ key: UInt64, position: UInt32) -> Bool {
    let second = UInt32(truncatingIfNeeded: key & 0x1F_FFFF)
    let isRunEnd = UInt64(second) == CharacterKey.runEndMark
    guard let firstSlot = Self.slot(of: UInt32(truncatingIfNeeded: key >> 21)), second <= 0xFFFF || isRunEnd else {
      return false
    }
    let first = number(ofSlot: firstSlot)
    let last = second == 0 ? 0 : isRunEnd ? 1 : number(ofSlot: Int(second))
    counts[first] &+= 1
    if count & (Self.chunkCount - 1) == 0 {
      var chunk: [UInt64] = []
      chunk.reserveCapacity(Self.chunkCount)
      chunks.append(chunk)
    }
    chunks[chunks.count &- 1].append(UInt64(first) << 48 | UInt64(last) << 32 | UInt64(position))
    count &+= 1
    return true
  }

  /// Ends the current document.
  mutating func finishDocument() { documentEnds.append(count) }

  /// Calls `body` with each term's key, in order, and its occurrences, each document above position.
  func forEachTerm(_ body: (UInt64, UnsafeBufferPointer<UInt64>) throws(IndexError) -> Void) throws(IndexError) {
    let order = (2..<slots.count).sorted { slots[$0] < slots[$1] }
    var rank = [UInt32](repeating: 0, count: slots.count)  // no character comes before all, a run's end behind all
    rank[1] = .max
    for (index, number) in order.enumerated() { rank[number] = UInt32(index + 1) }
    var groups = CharacterGroups(numberCount: slots.count)
    var next = 0
    while next < order.count {
      let end = passEnd(order, from: next)
      let pass = occurrences(beginningWith: order[next..<end])
      var start = 0
      for number in order[next..<end] {
        let range = start..<start + Int(counts[number])
        start = range.upperBound
        try unsafe groups.forEach(in: pass, range, rank: rank) { (second, occurrences) throws(IndexError) in
          let secondScalar = second == 0 ? 0 : UInt64(slots[second])
          try unsafe body(Self.firstKey(ofSlot: slots[number]) | secondScalar, occurrences)
        }
      }
      next = end
    }
  }

  /// One quarter of the occurrences, in the order of their first characters.
  struct Pass {
    /// Document above position.
    var places: [UInt64]
    /// The number of the second character.
    var seconds: [UInt16]
  }

  private static func slot(of scalar: UInt32) -> Int? {
    if scalar <= 0xFFFF { return Int(scalar) }
    let reserved = CharacterKey.sentenceEnd.rawValue >> 21
    return UInt64(scalar) >= reserved ? 0x10000 + Int(UInt64(scalar) - reserved) : nil
  }

  private static func firstKey(ofSlot slot: UInt32) -> UInt64 {
    slot <= 0xFFFF ? UInt64(slot) << 21 : CharacterKey.sentenceEnd.rawValue + UInt64(slot - 0x10000) << 21
  }

  @inline(__always)
  private mutating func number(ofSlot slot: Int) -> Int {
    let number = Int(numbers[slot])
    return number != 0 ? number : addNumber(forSlot: slot)
  }

  @inline(never)
  private mutating func addNumber(forSlot slot: Int) -> Int {
    // Fewer than 2¹⁶ scalars of the plane are characters of runs: the surrogates alone leave room.
    let number = slots.count
    numbers[slot] = UInt16(number)
    slots.append(UInt32(slot))
    counts.append(0)
    return number
  }

  /// Where the pass that begins at an index ends: after a share of all occurrences, and at least one character.
  private func passEnd(_ order: [Int], from start: Int) -> Int {
    let share = count / Self.passCount + 1
    var end = start
    var sum = 0
    while end < order.count {
      sum += Int(counts[order[end]])
      if sum > share && end > start { break }
      end += 1
    }
    return end
  }

  private func occurrences(beginningWith characters: ArraySlice<Int>) -> Pass {
    var next = [UInt32](repeating: .max, count: slots.count)  // by number: where its next occurrence goes
    var total = 0
    for number in characters {
      next[number] = UInt32(total)
      total += Int(counts[number])
    }
    var pass = Pass(places: [UInt64](repeating: 0, count: total), seconds: [UInt16](repeating: 0, count: total))
    // SAFETY: a character's places begin where the counts before it end, and it has `counts` of them; the first character's
    // number is below `slots.count`, the size of `next`.
    unsafe pass.places.withUnsafeMutableBufferPointer { places in
      unsafe pass.seconds.withUnsafeMutableBufferPointer { seconds in
        unsafe next.withUnsafeMutableBufferPointer { next in
          var seen = 0
          var document = 0
          for chunk in chunks {
            unsafe chunk.withUnsafeBufferPointer { chunk in
              var index = 0
              while index < chunk.count {
                while documentEnds[document] <= seen { document += 1 }
                let end = min(chunk.count, index + documentEnds[document] - seen)
                seen += end - index
                let base = UInt64(document) << 32
                while index < end {
                  let occurrence = unsafe chunk[index]
                  index &+= 1
                  let place = unsafe next[Int(occurrence >> 48)]
                  guard place != .max else { continue }
                  unsafe places[Int(place)] = base | (occurrence & 0xFFFF_FFFF)
                  unsafe seconds[Int(place)] = UInt16(truncatingIfNeeded: occurrence >> 32)
                  unsafe next[Int(occurrence >> 48)] = place &+ 1
                }
              }
            }
          }
        }
      }
    }
    return pass
  }
}

/// Brings the occurrences of one first character into the order of their second ones.
private struct CharacterGroups {
  private var counts: [UInt32]  // by the number of the second character; 0 between calls
  private var sorted: [UInt64] = []

  init(numberCount: Int) { counts = [UInt32](repeating: 0, count: numberCount) }

  /// Calls `body` with each second character's number, in the order of `rank`, and its occurrences.
  mutating func forEach(
    in pass: PairOccurrences.Pass, _ range: Range<Int>, rank: [UInt32],
    _ body: (Int, UnsafeBufferPointer<UInt64>) throws(IndexError) -> Void
  ) throws(IndexError) {
    var seconds: [UInt16] = []
    for index in range {
      let second = Int(pass.seconds[index])
      if counts[second] == 0 { seconds.append(UInt16(second)) }
      counts[second] &+= 1
    }
    seconds.sort { rank[Int($0)] < rank[Int($1)] }
    var ends: [Int] = []
    var start: UInt32 = 0
    for second in seconds {  // from here on `counts` says where the next one goes
      let size = counts[Int(second)]
      counts[Int(second)] = start
      start += size
      ends.append(Int(start))
    }
    if sorted.count < range.count { sorted = [UInt64](repeating: 0, count: range.count) }
    for index in range {
      let second = Int(pass.seconds[index])
      sorted[Int(counts[second])] = pass.places[index]
      counts[second] &+= 1
    }
    for second in seconds { counts[Int(second)] = 0 }
    var failure: IndexError?
    unsafe sorted.withUnsafeBufferPointer { sorted in
      var start = 0
      for (index, second) in seconds.enumerated() where failure == nil {
        do throws(IndexError) {
          try unsafe body(Int(second), UnsafeBufferPointer(rebasing: sorted[start..<ends[index]]))
        } catch { failure = error }
        start = ends[index]
      }
    }
    if let failure { throw failure }
  }
}
