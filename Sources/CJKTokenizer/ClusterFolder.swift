/// Folds a base character together with the marks behind it: か and U+3099 are が, conjoining jamo are a syllable.
///
/// Map each scalar by NFKC_Casefold, decompose, order the marks, compose (UAX #15), then apply the single-character fold
/// (radicals, Traditional to Simplified) to what came out.
enum ClusterFolder {
  /// The folded scalars of `cluster`, which vanishing scalars may be part of.
  static func fold(_ cluster: [UInt32], with table: FoldTable) -> [UInt32] {
    let normalization = NormalizationTable.shared
    var scalars = cluster.flatMap(normalization.decomposition)
    orderMarks(&scalars, with: normalization)
    return compose(scalars, with: normalization).flatMap(table.fold)
  }

  /// Sorts each sequence of marks by combining class, keeping the order of equals.
  private static func orderMarks(_ scalars: inout [UInt32], with table: NormalizationTable) {
    for end in scalars.indices.dropFirst() {
      let rank = table.combiningClass(scalars[end])
      guard rank != 0 else { continue }
      var index = end
      while index > 0, table.combiningClass(scalars[index - 1]) > rank {
        scalars.swapAt(index, index - 1)
        index -= 1
      }
    }
  }

  private static func compose(_ scalars: [UInt32], with table: NormalizationTable) -> [UInt32] {
    var result: [UInt32] = []
    var starter: Int?
    var lastRank: UInt8 = 0
    for scalar in scalars {
      let rank = table.combiningClass(scalar)
      if let starter {
        let isAdjacent = starter == result.count - 1
        if isAdjacent || lastRank < rank, let composite = table.composition(result[starter], scalar) {
          result[starter] = composite
          continue
        }
      }
      if rank == 0 { starter = result.count }
      lastRank = rank
      result.append(scalar)
    }
    return result
  }
}
