/// Adds up the frequencies of many terms, document by document, for some neighbouring documents at a time.
struct FrequencySum {
  /// How many documents there are at a time.
  let width: Int
  private var lower: UInt32 = 0  // the first of them
  private var frequencies: [UInt32]  // by document
  // A byte for each document, eight in a word, the first one lowest; 1 for one that was added.
  private var marks: [UInt64]
  // What was found, on its way to a list.
  private var documents = [UInt32](repeating: 0, count: runCount + 8)
  private var counts = [UInt32](repeating: 0, count: runCount + 8)
  private static let runCount = 1024

  /// A sum over `width` documents, from document 0 on at first.
  init(width: Int) {
    self.width = width
    frequencies = [UInt32](repeating: 0, count: width)
    marks = [UInt64](repeating: 0, count: (width + 7) / 8)
  }

  /// Adds a run of postings.
  ///
  /// - Precondition: the documents rise, and are among those that the sum is over.
  @inline(__always)
  mutating func add(_ counts: UnsafeBufferPointer<UInt32>, to documents: UnsafeBufferPointer<UInt32>) {
    guard let first = unsafe documents.first, let last = unsafe documents.last else { return }
    let lower = self.lower
    precondition(
      first >= lower && last >= first && Int(last - lower) < frequencies.count && counts.count == documents.count,
      "documents of the sum")
    unsafe frequencies.withUnsafeMutableBufferPointer { frequencies in
      unsafe marks.withUnsafeMutableBytes { marks in
        // SAFETY: documents rise, and the first and the last one are among those that both are for.
        for place in 0..<documents.count {
          let slot = unsafe Int(documents[place] &- lower)
          unsafe frequencies[slot] &+= counts[place]
          unsafe marks[slot] = 1
        }
      }
    }
  }

  /// Adds a posting of a document that the sum is over.
  mutating func add(_ count: UInt32, to document: UInt32) {
    let slot = Int(document - lower)
    frequencies[slot] &+= count
    marks[slot >> 3] |= 1 << UInt64((slot & 7) * 8)
  }

  /// Appends the documents found to `list`, but for deleted ones, and those that `filter` does not keep, which are counted;
  /// goes on to the next `width` documents.
  @inline(__always)
  mutating func take(
    into list: inout MatchList, without deletes: DeleteMarks?, keeping filter: inout some MatchFilter
  ) {
    let lower = self.lower
    unsafe marks.withUnsafeMutableBufferPointer { marks in
      unsafe frequencies.withUnsafeMutableBufferPointer { frequencies in
        unsafe documents.withUnsafeMutableBufferPointer { documents in
          unsafe counts.withUnsafeMutableBufferPointer { counts in
            var kept = 0
            var passedOver = 0
            // SAFETY: marks are set for documents that the sum is over only, and a word has eight, for which there is
            // room behind `runCount`.
            for index in 0..<marks.count {
              guard unsafe marks[index] != 0 || index == marks.count &- 1 else { continue }
              var rest = unsafe UInt64(littleEndian: marks[index])
              unsafe marks[index] = 0
              while rest != 0 {
                let slot = index &* 8 &+ rest.trailingZeroBitCount &>> 3
                rest &= rest &- 1
                let document = lower &+ UInt32(truncatingIfNeeded: slot)
                let count = unsafe frequencies[slot]
                unsafe frequencies[slot] = 0
                if let deletes, deletes[document] { continue }
                guard filter.keeps(document, frequency: count) else {
                  passedOver &+= 1
                  continue
                }
                unsafe documents[kept] = document
                unsafe counts[kept] = count
                kept &+= 1
              }
              if kept >= Self.runCount || index == marks.count - 1 {
                unsafe list.append(
                  UnsafeBufferPointer(rebasing: documents[..<kept]), UnsafeBufferPointer(rebasing: counts[..<kept]))
                kept = 0
              }
            }
            list.passOver(passedOver)
          }
        }
      }
    }
    self.lower = lower &+ UInt32(truncatingIfNeeded: width)
  }
}
