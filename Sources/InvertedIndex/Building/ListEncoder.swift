import SystemIO

/// Sorts and codes all terms of characters on two threads, and gives the lists back in the order of the terms.
struct ListEncoder {
  /// One of the threads: it takes every second piece of the work.
  ///
  /// SAFETY: everything but the queue is used by its thread alone once that runs.
  private final class Worker: @unchecked Sendable {
    let encoded = BoundedQueue<Result<EncodedLists, IndexError>>(capacity: 1)
    private let sorter: PairSorter
    private let places: DocumentPlaces
    private let lengths: [UInt32]
    private let pieces: [Range<Int>]

    init(_ occurrences: PairOccurrences, _ places: DocumentPlaces, _ lengths: [UInt32], _ pieces: [Range<Int>]) {
      sorter = PairSorter(occurrences)
      self.places = places
      self.lengths = lengths
      self.pieces = pieces
    }

    func run() {
      for buckets in pieces {
        let outcome: Result<EncodedLists, IndexError>
        do throws(IndexError) {
          outcome = .success(try EncodedLists(buckets, with: sorter, places, lengths: lengths))
        } catch {
          outcome = .failure(error)
        }
        guard encoded.put(outcome) else { return }
      }
      encoded.finish()
    }
  }

  private static let workerCount = 2
  private static let occurrencesInPiece = 1 << 19

  private let workers: [Worker]

  /// An encoder of the occurrences in documents of the given lengths.
  init(_ occurrences: PairOccurrences, lengths: [UInt32]) {
    let places = DocumentPlaces(occurrences.documentStarts)
    var pieces: [Range<Int>] = []
    var start = 0
    var sum = 0
    for bucket in 0..<PairOccurrences.bucketCount {
      sum += occurrences.count(ofBucket: bucket)
      guard sum >= Self.occurrencesInPiece || bucket == PairOccurrences.bucketCount - 1 else { continue }
      pieces.append(start..<bucket + 1)
      start = bucket + 1
      sum = 0
    }
    workers = (0..<Self.workerCount).map { number in
      let own = stride(from: number, to: pieces.count, by: Self.workerCount).map { pieces[$0] }
      return Worker(occurrences, places, lengths, own)
    }
  }

  /// Calls `body` with the lists of each piece, in order.
  func forEach(_ body: (EncodedLists) throws(IndexError) -> Void) throws(IndexError) {
    var threads: [SystemThread] = []
    defer {
      for worker in workers { worker.encoded.close() }
      for thread in threads { thread.join() }
    }
    for worker in workers {
      threads.append(
        try wrapping { () throws(SystemError) in try SystemThread(starting: "list encoder") { worker.run() } })
    }
    var number = 0
    while let outcome = workers[number].encoded.take() {
      try body(try outcome.get())
      number = (number + 1) % workers.count
    }
  }
}
