/// Which places of one list have a place of another behind them at a distance.
enum PositionIntersection {
  /// Keeps of the first `count` of `starts` those that are `distance` before one of the first `positionCount` of `positions`,
  /// moves them to the front, and returns how many they are.
  ///
  /// - Parameters:
  ///   - starts: rising.
  ///   - positions: rising, with four times 2³² − 1 behind them, as ``PostingsCursor/readPositions(into:)`` leaves them.
  /// - Complexity: O(*n* + *m*), four of each list at a time.
  @inline(__always)
  static func keep(
    _ starts: inout [UInt32], _ count: Int, before positions: [UInt32], _ positionCount: Int, distance: UInt32
  ) -> Int {
    precondition(count <= starts.count && positionCount + 4 <= positions.count, "lists with their ends")
    return unsafe starts.withUnsafeMutableBufferPointer { starts in
      unsafe positions.withUnsafeBufferPointer { positions in
        guard let starts = starts.baseAddress, let positions = positions.baseAddress else { return 0 }
        if count == 1 && positionCount == 1 {
          return unsafe UInt64(starts[0]) + UInt64(distance) == UInt64(positions[0]) ? 1 : 0
        }
        // SAFETY: both lists have as many numbers as was just checked, and the second one four more.
        return unsafe keep(starts, count, positions, positionCount, distance)
      }
    }
  }

  private static func keep(
    _ starts: UnsafeMutablePointer<UInt32>, _ count: Int, _ positions: UnsafePointer<UInt32>, _ positionCount: Int,
    _ distance: UInt32
  ) -> Int {
    var count = count  // without starts so high that nothing can stand behind them
    while count > 0 {
      guard unsafe starts[count &- 1] >= UInt32.max &- distance else { break }
      count &-= 1
    }
    let next = unsafe UnsafeRawPointer(positions)
    var kept = 0
    var place = 0
    var index = 0
    while place < count && index < positionCount {
      let lanes = min(4, count &- place)
      var wanted = SIMD4<UInt32>(repeating: 0)
      for lane in 0..<4 { unsafe wanted[lane] = lane < lanes ? starts[place &+ lane] : 0 }
      wanted = wanted &+ SIMD4(repeating: distance)
      let last = wanted[lanes &- 1]
      var isFound = SIMDMask<SIMD4<Int32>>(repeating: false)
      while index < positionCount {
        let four = unsafe next.loadUnaligned(fromByteOffset: index &* 4, as: SIMD4<UInt32>.self)
        isFound = isFound .| (wanted .== four) .| (wanted .== SIMD4(four[1], four[2], four[3], four[0]))
        isFound = isFound .| (wanted .== SIMD4(four[2], four[3], four[0], four[1]))
        isFound = isFound .| (wanted .== SIMD4(four[3], four[0], four[1], four[2]))
        if four[3] >= last { break }
        index &+= 4
      }
      let words = unsafe unsafeBitCast(isFound, to: SIMD2<UInt64>.self)
      if words[0] | words[1] != 0 {
        for lane in 0..<lanes where isFound[lane] {
          unsafe starts[kept] = wanted[lane] &- distance  // `kept` is never above `place` + `lane`
          kept &+= 1
        }
      }
      place &+= 4
    }
    return kept
  }
}
