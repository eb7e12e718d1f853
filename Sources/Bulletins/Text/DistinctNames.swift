/// Names, equal only where their bytes are.
struct DistinctNames {
  private var few: [String] = []
  private var many: Set<[UInt8]> = []
  private static let fewCount = 16

  /// Whether there are none.
  var isEmpty: Bool { few.isEmpty }

  /// Takes a name in; false when it was there.
  mutating func insert(_ name: String) -> Bool {
    if contains(name) { return false }
    if few.count < Self.fewCount {
      few.append(name)
    } else {
      if many.isEmpty { many = Set(few.map { Array($0.utf8) }) }
      many.insert(Array(name.utf8))
    }
    return true
  }

  /// Whether a name is among them.
  func contains(_ name: String) -> Bool {
    if !many.isEmpty { return many.contains(Array(name.utf8)) }
    return few.contains { $0.utf8.count == name.utf8.count && $0.utf8.elementsEqual(name.utf8) }
  }
}
