/// Reads the generated tables: entries between white space, numbers in hexadecimal.
enum TableReader {
  /// One entry: `KEY=A.B`, `KEY-END=A` (consecutive keys, consecutive values), `KEY=` (nothing), `KEY-END=X` (a class).
  struct Entry {
    /// The scalars that the entry speaks of.
    let keys: ClosedRange<UInt32>
    /// The numbers after the `=`.
    let values: [UInt32]
    /// The last capital letter after the `=`.
    let letter: UInt8
  }

  /// Calls `body` with each entry, in the table's order.
  static func forEachEntry(_ table: StaticString, _ body: (Entry) -> Void) {
    forEachRow(table) { numbers, keyCount, letter in
      let values = keyCount < numbers.count ? Array(numbers[keyCount...]) : []
      body(Entry(keys: numbers[0]...numbers[keyCount - 1], values: values, letter: letter))
    }
  }

  /// `A.B=C`, keyed by A × 2³² + B.
  static func pairs(_ table: StaticString) -> [UInt64: UInt32] {
    var result: [UInt64: UInt32] = [:]
    forEachRow(table) { numbers, _, _ in result[UInt64(numbers[0]) << 32 | UInt64(numbers[1])] = numbers[2] }
    return result
  }

  /// `START-END` or `SCALAR`, in rising order.
  static func ranges(_ table: StaticString) -> [ClosedRange<UInt32>] {
    var result: [ClosedRange<UInt32>] = []
    forEachRow(table) { numbers, _, _ in result.append(numbers[0]...numbers[numbers.count - 1]) }
    return result
  }

  /// Calls `body` with an entry's numbers, how many of them stand before the `=`, and the last letter after it.
  private static func forEachRow(_ table: StaticString, _ body: ([UInt32], Int, UInt8) -> Void) {
    var numbers: [UInt32] = []
    var keyCount = 0
    var letter: UInt8 = 0
    var number: UInt32?
    func finishNumber() {
      if let value = number { numbers.append(value) }
      number = nil
    }
    func finishEntry() {
      finishNumber()
      if !numbers.isEmpty { body(numbers, keyCount == 0 ? numbers.count : keyCount, letter) }
      numbers.removeAll(keepingCapacity: true)
      keyCount = 0
      letter = 0
    }
    // SAFETY: a static string lives as long as the process.
    let bytes = unsafe UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount)
    for offset in 0..<bytes.count {
      let byte = unsafe bytes[offset]
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): number = (number ?? 0) << 4 | UInt32(byte & 0x0F)
      case UInt8(ascii: "A")...UInt8(ascii: "F"):
        number = (number ?? 0) << 4 | UInt32(byte - 55)
        letter = byte
      case UInt8(ascii: "-"), UInt8(ascii: "."): finishNumber()
      case UInt8(ascii: "="):
        finishNumber()
        keyCount = numbers.count
      case UInt8(ascii: " "), UInt8(ascii: "\n"): finishEntry()
      default: letter = byte
      }
    }
    finishEntry()
  }
}
