import CJKTokenizer

/// Finds the hosts of bigrams in a sample: which bigrams mostly stand across the middle of few phrases of four characters.
///
/// A host of AB is LABR where LA and BR each stand three quarters as often as AB, and LABR makes a tenth of AB's occurrences;
/// all hosts of AB together make three fifths of them. Who has the whole index asks for more. A numeral of two characters has none: 十一 is in 第十一条 what it is alone.
struct HostMiner {
  private static let leastCount: UInt32 = 8
  private static let leastShare = 0.1
  private static let leastTotalShare = 0.6
  private static let numerals = Set("〇零一二三四五六七八九十百千万亿".unicodeScalars.map { UInt16($0.value) })

  /// The hosts in some characters, with 0 between those that are no neighbours.
  static func hosts(in characters: [UInt16]) -> HostTable {
    let phrases = frequentPhrases(in: characters)
    guard !phrases.isEmpty else { return HostTable.none }
    var bigrams = GramCounts(capacity: phrases.count * 3)
    for (phrase, _) in phrases {
      for shift in [UInt64(0), 16, 32] { bigrams.insert(phrase >> shift & 0xFFFF_FFFF) }
    }
    var pair: UInt64 = 0
    for character in characters {
      pair = (pair << 16 | UInt64(character)) & 0xFFFF_FFFF
      bigrams.countKnown(pair)
    }
    var found: [UInt64: [(flanks: HostTable.Flanks, count: UInt32)]] = [:]
    for (phrase, count) in phrases {
      let (before, middle, after) = (phrase >> 32, phrase >> 16 & 0xFFFF_FFFF, phrase & 0xFFFF_FFFF)
      let own = bigrams.count(of: middle)
      guard before != middle, after != middle,
        min(bigrams.count(of: before), bigrams.count(of: after)) >= own - own / 4,
        Double(count) >= leastShare * Double(own), !isNumeral(middle)
      else { continue }
      let flanks = HostTable.Flanks(before: UInt32(phrase >> 48), after: UInt32(phrase & 0xFFFF))
      found[middle, default: []].append((flanks, count))
    }
    var hosts: [UInt64: Set<HostTable.Flanks>] = [:]
    for (middle, phrases) in found {
      let inside = phrases.reduce(0) { $0 + $1.count }
      guard Double(inside) >= leastTotalShare * Double(bigrams.count(of: middle)) else { continue }
      hosts[(middle >> 16) << 21 | middle & 0xFFFF] = Set(phrases.map(\.flanks))
    }
    return HostTable(hosts)
  }

  private static func isNumeral(_ pair: UInt64) -> Bool {
    numerals.contains(UInt16(truncatingIfNeeded: pair >> 16)) && numerals.contains(UInt16(truncatingIfNeeded: pair))
  }

  /// The phrases of four characters that stand there often enough, and how often.
  ///
  /// Most stand there once or twice. So small counters come first, some phrases to each, and only those are counted for
  /// themselves whose counter reaches the number.
  private static func frequentPhrases(in characters: [UInt16]) -> [(phrase: UInt64, count: UInt32)] {
    var counters = [UInt8](repeating: 0, count: 1 << 20)
    forEachPhrase(in: characters) { phrase in
      let place = place(of: phrase, counters.count)
      if counters[place] < UInt8(leastCount) { counters[place] += 1 }
    }
    var counts = GramCounts(capacity: characters.count / 64)
    forEachPhrase(in: characters) { phrase in
      if counters[place(of: phrase, counters.count)] == UInt8(leastCount) { counts.count(phrase) }
    }
    return counts.all.filter { $0.count >= leastCount }.map { ($0.gram, $0.count) }
  }

  @inline(__always)
  private static func place(of phrase: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: (phrase &* 0x9E37_79B9_7F4A_7C15) >> 44) & (count &- 1)
  }

  @inline(__always)
  private static func forEachPhrase(in characters: [UInt16], _ body: (UInt64) -> Void) {
    var phrase: UInt64 = 0
    var length = 0  // of the characters behind the last 0
    for character in characters {
      phrase = phrase << 16 | UInt64(character)
      length = character == 0 ? 0 : length &+ 1
      if length >= 4 { body(phrase) }
    }
  }
}

/// How often some numbers occur; none of them is 0.
struct GramCounts {
  private var grams: [UInt64]
  private var counts: [UInt32]
  private var used = 0

  /// Counts of no numbers yet, with room for some.
  init(capacity: Int) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    grams = [UInt64](repeating: 0, count: size)
    counts = [UInt32](repeating: 0, count: size)
  }

  /// The numbers and how often each was counted, in no order.
  var all: [(gram: UInt64, count: UInt32)] {
    grams.indices.lazy.filter { grams[$0] != 0 }.map { (grams[$0], counts[$0]) }
  }

  /// Counts a number.
  @inline(__always)
  mutating func count(_ gram: UInt64) {
    let place = place(of: gram)
    counts[place] &+= 1
    if grams[place] == 0 { add(gram, at: place) }
  }

  /// Makes a number known, with a count of 0.
  mutating func insert(_ gram: UInt64) {
    let place = place(of: gram)
    if grams[place] == 0 { add(gram, at: place) }
  }

  /// Counts a number if it is known.
  @inline(__always)
  mutating func countKnown(_ gram: UInt64) {
    let place = place(of: gram)
    if grams[place] != 0 { counts[place] &+= 1 }
  }

  /// How often a number was counted.
  func count(of gram: UInt64) -> UInt32 { counts[place(of: gram)] }

  private mutating func add(_ gram: UInt64, at place: Int) {
    grams[place] = gram
    used += 1
    guard used * 2 > grams.count else { return }
    let old = (grams, counts)
    grams = [UInt64](repeating: 0, count: old.0.count * 2)
    counts = [UInt32](repeating: 0, count: grams.count)
    for (index, gram) in old.0.enumerated() where gram != 0 {
      let place = self.place(of: gram)
      grams[place] = gram
      counts[place] = old.1[index]
    }
  }

  /// Where a number is, or would be.
  @inline(__always)
  private func place(of gram: UInt64) -> Int {
    let mask = grams.count &- 1
    var place = Int(truncatingIfNeeded: (gram &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while grams[place] != gram, grams[place] != 0 { place = (place &+ 1) & mask }
    return place
  }
}
