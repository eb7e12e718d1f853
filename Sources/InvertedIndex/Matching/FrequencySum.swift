/// Adds up the frequencies of many terms, document by document.
struct FrequencySum {
  private var frequencies: [UInt32]  // by document
  // A byte for each document, eight in a word, the first one lowest; 1 for one that was added.
  private var marks: [UInt64]
  private var addedCount = 0  // postings, at least as many as documents

  /// A sum over documents below `documentCount`.
  init(documentCount: Int) {
    frequencies = [UInt32](repeating: 0, count: documentCount)
    marks = [UInt64](repeating: 0, count: (documentCount + 7) / 8)
  }

  /// Adds a run of postings.
  ///
  /// - Precondition: the documents rise, and are below the count given at the beginning.
  @inline(__always)
  mutating func add(_ counts: UnsafeBufferPointer<UInt32>, to documents: UnsafeBufferPointer<UInt32>) {
    guard let last = unsafe documents.last else { return }
    precondition(Int(last) < frequencies.count && counts.count == documents.count, "documents of the segment")
    addedCount += documents.count
    unsafe frequencies.withUnsafeMutableBufferPointer { frequencies in
      unsafe marks.withUnsafeMutableBytes { marks in
        // SAFETY: documents rise, and the last one is below the count of both.
        for place in 0..<documents.count {
          let document = unsafe Int(documents[place])
          unsafe frequencies[document] &+= counts[place]
          unsafe marks[document] = 1
        }
      }
    }
  }

  /// The documents found, but for deleted ones.
  func list(without deletes: DeleteMarks?) -> MatchList {
    let capacity = min(addedCount, frequencies.count)
    var counts: [UInt32] = []
    let documents = unsafe [UInt32](unsafeUninitializedCapacity: capacity) { documents, count in
      counts = unsafe [UInt32](unsafeUninitializedCapacity: capacity) { counts, found in
        unsafe found = collect(into: documents, counts, without: deletes)
        count = found
      }
    }
    return MatchList(documents: documents, frequencies: counts)
  }

  /// Writes what was found, and returns how many documents these are.
  private func collect(
    into documents: UnsafeMutableBufferPointer<UInt32>, _ counts: UnsafeMutableBufferPointer<UInt32>,
    without deletes: DeleteMarks?
  ) -> Int {
    var found = 0
    unsafe marks.withUnsafeBufferPointer { marks in
      unsafe frequencies.withUnsafeBufferPointer { frequencies in
        // SAFETY: marks are set for documents below the count only, and not for more than there is room for: each was added.
        for index in 0..<marks.count where unsafe marks[index] != 0 {
          var rest = unsafe UInt64(littleEndian: marks[index])
          while rest != 0 {
            let document = index &* 8 &+ rest.trailingZeroBitCount &>> 3
            rest &= rest &- 1
            if let deletes, deletes[UInt32(truncatingIfNeeded: document)] { continue }
            unsafe documents[found] = UInt32(truncatingIfNeeded: document)
            unsafe counts[found] = frequencies[document]
            found &+= 1
          }
        }
      }
    }
    return found
  }
}
