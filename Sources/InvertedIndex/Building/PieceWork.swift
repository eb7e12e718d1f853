import SystemIO

/// Work in pieces that several threads do in turns; what they make is used in the order of the pieces.
struct PieceWork<Made: Sendable> {
  /// What a thread runs for each of its pieces: it gives what it makes, and goes on while that is taken.
  typealias Make = @Sendable (_ piece: Range<Int>, _ give: (Made) -> Bool) throws(IndexError) -> Void

  private enum Item: Sendable {
    case made(Made)
    case endOfPiece
    case failure(IndexError)
  }

  private let pieces: [Range<Int>]
  private let makers: [Make]
  private static var waitingCount: Int { 2 }  // for each thread

  /// The work on `pieces`, with a thread for each of `makers`.
  init(_ pieces: [Range<Int>], _ makers: [Make]) {
    self.pieces = pieces
    self.makers = makers
  }

  /// Calls `body` with all that is made, after the caller has done something else.
  func forEach(
    _ body: (Made) throws(IndexError) -> Void, meanwhile: () throws(IndexError) -> Void = {}
  ) throws(IndexError) {
    let queues = makers.map { _ in BoundedQueue<Item>(capacity: Self.waitingCount) }
    var threads: [SystemThread] = []
    defer {
      for queue in queues { queue.close() }
      for thread in threads { thread.join() }
    }
    for (number, make) in makers.enumerated() {
      let own = stride(from: number, to: pieces.count, by: makers.count).map { pieces[$0] }
      let queue = queues[number]
      threads.append(
        try wrapping { () throws(SystemError) in
          try SystemThread(starting: "piece work") { Self.run(own, make, queue) }
        })
    }
    try meanwhile()
    for number in pieces.indices {
      pieceItems: while let item = queues[number % makers.count].take() {
        switch item {
        case .made(let made): try body(made)
        case .endOfPiece: break pieceItems
        case .failure(let error): throw error
        }
      }
    }
  }

  private static func run(_ pieces: [Range<Int>], _ make: Make, _ queue: BoundedQueue<Item>) {
    do throws(IndexError) {
      for piece in pieces {
        var isWanted = true
        try make(piece) { made in
          isWanted = isWanted && queue.put(.made(made))
          return isWanted
        }
        guard isWanted, queue.put(.endOfPiece) else { return }
      }
    } catch {
      _ = queue.put(.failure(error))
    }
  }
}

extension PieceWork {
  /// Neighbours joined into pieces of at least `size` each, but for the last.
  static func pieces(of sizes: some Collection<Int>, size: Int) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var start = 0
    var sum = 0
    for (index, count) in sizes.enumerated() {
      sum += count
      guard sum >= size || index == sizes.count - 1 else { continue }
      pieces.append(start..<index + 1)
      start = index + 1
      sum = 0
    }
    return pieces
  }
}
