import Testing

@testable import InvertedIndex

/// Work done by several threads in turns.
@Suite struct PieceWorkTests {
  @Test(arguments: 1...3)
  func `what is made comes in the order of the pieces`(threadCount: Int) throws {
    let pieces = (0..<20).map { $0 * 10..<$0 * 10 + 10 }
    let make: PieceWork<Int>.Make = { piece, give in
      for number in piece where number % 3 != 0 { guard give(number) else { return } }
    }
    var made: [Int] = []
    try PieceWork(pieces, Array(repeating: make, count: threadCount)).forEach { number in made.append(number) }
    #expect(made == (0..<200).filter { $0 % 3 != 0 })
  }

  @Test func `an error of a thread is thrown where its piece would come`() {
    let make: PieceWork<Int>.Make = { (piece, give) throws(IndexError) in
      if piece.lowerBound == 3 { throw IndexError.writerClosed }
      _ = give(piece.lowerBound)
    }
    var made: [Int] = []
    #expect(throws: IndexError.writerClosed) {
      try PieceWork((0..<9).map { $0..<$0 + 1 }, [make, make]).forEach { number in made.append(number) }
    }
    #expect(made == [0, 1, 2])
  }

  @Test func `threads end when the caller wants no more`() {
    let make: PieceWork<Int>.Make = { piece, give in while give(piece.lowerBound) {} }
    #expect(throws: IndexError.writerClosed) {
      try PieceWork([0..<1, 1..<2], [make, make]).forEach { (_) throws(IndexError) in throw .writerClosed }
    }
  }

  @Test(arguments: [([], 5, []), ([1], 5, [0..<1]), ([5, 1, 4, 0, 9], 5, [0..<1, 1..<3, 3..<5])])
  func `neighbours are joined until they are large enough`(sizes: [Int], size: Int, pieces: [Range<Int>]) {
    #expect(PieceWork<Int>.pieces(of: sizes, size: size) == pieces)
  }
}
