import SystemIO

/// Which document each place belongs to, when the positions of all documents are numbered through.
///
/// Places come in granules of 4,096. Where a place's document is, counted from the one that holds the granule's first place,
/// is put into the ten high bits of each occurrence when it is taken in, so that the document is one look into a table that
/// stays in the cache; where there are more documents than that, it is the first one to be tried.
///
/// SAFETY: places of occurrences are below the last start; `firsts` has an element for each granule below that, and the starts
/// of documents beyond the number looked up end with one that is greater than any place.
@safe struct DocumentPlaces: Sendable {
  /// Above an occurrence: bits that lead from the granule to the document.
  static let stepShift: UInt64 = 54
  /// The largest step; documents further away are looked for.
  static let longestStep = 1 << 10 - 1
  /// The binary logarithm of a granule's places.
  static let granuleBits: UInt32 = 12

  /// Where each document begins, and, last, where the last one ends; documents without positions are empty ranges.
  private let starts: LargeBuffer<UInt32>
  private let firsts: LargeBuffer<UInt32>  // by granule: the document that holds its first place

  /// The places of documents that begin at `starts`, the last of which is the end of all.
  init(starts: [UInt32], firsts: [UInt32]) {
    self.starts = LargeBuffer(copying: starts)
    self.firsts = LargeBuffer(copying: firsts)
    bitCount = UInt32(UInt32.bitWidth - (starts[starts.count - 1]).leadingZeroBitCount)
  }

  /// How many bits the places take.
  let bitCount: UInt32

  /// The tables' addresses, for loops; nobody uses them longer than the places.
  @safe struct Tables {
    fileprivate let starts: UnsafePointer<UInt32>
    fileprivate let firsts: UnsafePointer<UInt32>

    /// The document that holds an occurrence, whose low 32 bits are its place.
    @inline(__always)
    func document(of occurrence: UInt64) -> Int {
      let place = UInt32(truncatingIfNeeded: occurrence)
      let step = Int(truncatingIfNeeded: occurrence &>> DocumentPlaces.stepShift)
      let document = unsafe Int(firsts[Int(place &>> DocumentPlaces.granuleBits)]) &+ step
      return step == DocumentPlaces.longestStep ? search(place, from: document) : document
    }

    /// Where a document begins.
    ///
    /// - Precondition: the document is one that ``document(of:)`` returned.
    @inline(__always)
    func start(of document: Int) -> UInt32 { unsafe starts[document] }

    @inline(never)
    fileprivate func search(_ place: UInt32, from first: Int) -> Int {
      var document = first
      while unsafe starts[document + 1] <= place { document += 1 }
      return document
    }
  }

  /// Look-ups with the addresses at hand.
  var tables: Tables { unsafe Tables(starts: UnsafePointer(starts.start), firsts: UnsafePointer(firsts.start)) }

  /// The step to the document that holds a place, when it is known to be at least `least`.
  func step(toPlace place: UInt32, atLeast least: Int) -> UInt64 {
    let first = unsafe Int(firsts.start[Int(place &>> Self.granuleBits)])
    return UInt64(min(tables.search(place, from: first + least) - first, Self.longestStep))
  }
}
