import CJKTokenizer

/// Phrases of four characters that a bigram mostly stands in the middle of, 人民政府 for 民政: the bigram's hosts.
///
/// What a segment has was mined from a sample of its text, and is only suspected; a snapshot counts before it believes.
final class HostTable: Sendable {
  /// What stands on both sides of a bigram.
  struct Flanks: Hashable, Comparable, Sendable {
    /// The character before.
    let before: UInt32
    /// The character behind.
    let after: UInt32

    static func < (left: Flanks, right: Flanks) -> Bool { (left.before, left.after) < (right.before, right.after) }
  }

  private let bigrams: [UInt64]  // rising
  private let starts: [Int]  // of each bigram's flanks, and their end
  private let flanks: [Flanks]  // those of one bigram rising

  /// No hosts.
  static let none = HostTable([:])

  /// How many bigrams have hosts.
  var count: Int { bigrams.count }

  /// Bigrams, rising, each with its flanks, which rise as well.
  private init(rising hosts: [(bigram: UInt64, flanks: [Flanks])]) {
    bigrams = hosts.map(\.bigram)
    flanks = hosts.flatMap(\.flanks)
    starts = hosts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.flanks.count) }
  }

  /// The hosts of some bigrams, by their ``CharacterKey`` raw values.
  convenience init(_ hosts: [UInt64: Set<Flanks>]) {
    self.init(
      rising: hosts.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) })
  }

  /// The hosts that any of some tables has.
  static func union(_ tables: [HostTable]) -> HostTable {
    if tables.count == 1 { return tables[0] }
    var hosts: [UInt64: Set<Flanks>] = [:]
    for table in tables { table.forEach { hosts[$0, default: []].formUnion($1) } }
    return HostTable(hosts)
  }

  /// What stands on both sides of a bigram in its hosts; nothing for most.
  ///
  /// - Complexity: O(log *n*) in the bigrams that have hosts.
  func flanks(of bigram: UInt64) -> ArraySlice<Flanks> {
    let place = bigrams.partitionPoint { $0 < bigram }
    guard place < bigrams.count, bigrams[place] == bigram else { return [] }
    return flanks[starts[place]..<starts[place + 1]]
  }

  /// Calls `body` with each bigram and its hosts, in the order of the bigrams.
  func forEach(_ body: (UInt64, ArraySlice<Flanks>) -> Void) {
    for (place, bigram) in bigrams.enumerated() { body(bigram, flanks[starts[place]..<starts[place + 1]]) }
  }

  // MARK: the section

  /// The section's bytes.
  var bytes: [UInt8] {
    var writer = ByteWriter()
    writer.append(varint: UInt64(bigrams.count))
    var next: UInt64 = 0
    forEach { bigram, flanks in
      writer.append(varint: bigram - next)
      writer.append(varint: UInt64(flanks.count))
      for pair in flanks {
        writer.append(varint: UInt64(pair.before))
        writer.append(varint: UInt64(pair.after))
      }
      next = bigram + 1
    }
    return writer.bytes
  }

  /// Reads a section.
  convenience init(reading section: ByteSection) throws(IndexError) {
    var reader = section.reader()
    guard let count = reader.readCount(), count <= section.count / 4 else { throw section.damaged("hosts") }
    var hosts: [(bigram: UInt64, flanks: [Flanks])] = []
    var next: UInt64 = 0
    for _ in 0..<count {
      guard let step = reader.readVarint(), step < 1 << CharacterKey.bitCount, let hostCount = reader.readCount(),
        hostCount > 0, hostCount <= reader.remaining / 2
      else { throw section.damaged("a host cut off") }
      let bigram = next + step
      guard Self.isCharacter(bigram >> 21), Self.isCharacter(bigram & 0x1F_FFFF) else {
        throw section.damaged("hosts of what is no bigram")
      }
      var flanks: [Flanks] = []
      for _ in 0..<hostCount {
        guard let before = reader.readVarint(), let after = reader.readVarint(), Self.isCharacter(before),
          Self.isCharacter(after)
        else { throw section.damaged("a host that is no phrase") }
        let pair = Flanks(before: UInt32(before), after: UInt32(after))
        guard flanks.last.map({ $0 < pair }) ?? true else { throw section.damaged("hosts out of order") }
        flanks.append(pair)
      }
      hosts.append((bigram, flanks))
      next = bigram + 1
    }
    guard reader.remaining == 0 else { throw section.damaged("bytes behind the hosts") }
    self.init(rising: hosts)
  }

  private static func isCharacter(_ value: UInt64) -> Bool {
    UInt32(exactly: value).flatMap(Unicode.Scalar.init).map { $0 != "\0" } ?? false
  }
}
