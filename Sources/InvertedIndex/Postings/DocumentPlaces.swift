/// Which document each place belongs to, when the positions of all documents are numbered through.
struct DocumentPlaces: Sendable {
  /// Where each document begins, and, last, where the last one ends; documents without positions are empty ranges.
  let starts: [UInt32]
  private let firsts: [UInt32]  // by place / 2^shift: the document that holds it, or an empty one before that
  private let shift: UInt32

  /// The places of documents that begin at `starts`, the last of which is the end of all.
  init(_ starts: [UInt32]) {
    self.starts = starts
    let end = starts[starts.count - 1]
    var shift: UInt32 = 0  // about two entries for a document
    while end >> shift > starts.count * 2 { shift += 1 }
    var firsts: [UInt32] = []
    firsts.reserveCapacity(Int(end >> shift) + 1)
    var document = 0
    for block in 0...(end >> shift) {
      while document + 2 < starts.count, starts[document + 1] <= block << shift { document += 1 }
      firsts.append(UInt32(document))
    }
    self.firsts = firsts
    self.shift = shift
  }

  /// The document that holds a place.
  ///
  /// - Precondition: the place is before the end of the last document.
  @inline(__always)
  func document(at place: UInt32) -> Int {
    var document = Int(firsts[Int(place &>> shift)])
    while starts[document &+ 1] <= place { document &+= 1 }
    return document
  }
}
