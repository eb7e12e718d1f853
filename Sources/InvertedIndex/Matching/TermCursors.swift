/// The terms of a pattern in a segment, ready to be walked: one, or those that cover a phrase.
///
/// Between documents that have the terms and documents that have the phrase lie the positions, which cost most: a conjunction
/// looks at them only in documents that have everything else.
struct TermCursors {
  /// The terms, the first of which leads.
  private(set) var terms: [PatternTerm]
  private let deletes: DeleteMarks?
  private var verifier = PhraseVerifier()
  private var hosts: [TermCursors]

  /// A walk over the documents of some terms, at least one.
  ///
  /// - Parameter hosts: walks through phrases in which the one term does not count where it is the second; they change what
  ///   ``starts()`` says, and nothing else.
  init(_ terms: [PatternTerm], deletes: DeleteMarks?, hosts: [TermCursors] = []) {
    precondition(!terms.isEmpty, "a pattern has a term")
    self.hosts = hosts
    self.terms = terms
    self.deletes = deletes
  }

  /// How many documents match; nil where only the walk can tell.
  var documentFrequency: Int? {
    terms.count == 1 && deletes == nil ? terms[0].cursor.documentFrequency : nil
  }

  /// Moves to the first document at or after `target` that has all terms and is not deleted, and returns it;
  /// ``PostingsCursor/exhausted`` behind the last.
  mutating func seek(to target: UInt32) throws(IndexError) -> UInt32 {
    var failure: IndexError?
    let deletes = self.deletes
    let document = unsafe terms.withUnsafeMutableBufferPointer { terms in
      do throws(IndexError) {
        var document = unsafe try terms.seekAll(to: target)
        while let deletes, document != PostingsCursor.exhausted, deletes[document] {
          document = unsafe try terms.seekAll(to: document + 1)
        }
        return document
      } catch {
        failure = error
        return PostingsCursor.exhausted
      }
    }
    if let failure { throw failure }
    return document
  }

  /// How often the pattern stands in the document that the walk has come to; 0 where only its terms do.
  mutating func frequency() throws(IndexError) -> UInt32 {
    var failure: IndexError?
    let count = unsafe terms.withUnsafeMutableBufferPointer { terms in
      do throws(IndexError) {
        return unsafe try verifier.count(terms, in: 0..<terms.count)
      } catch {
        failure = error
        return 0
      }
    }
    if let failure { throw failure }
    return count
  }

  /// Where the pattern begins in the document that the walk has come to, rising.
  mutating func starts() throws(IndexError) -> ArraySlice<UInt32> {
    var failure: IndexError?
    let starts = unsafe terms.withUnsafeMutableBufferPointer { terms -> ArraySlice<UInt32> in
      do throws(IndexError) {
        return unsafe try verifier.allStarts(terms)
      } catch {
        failure = error
        return []
      }
    }
    if let failure { throw failure }
    return hosts.isEmpty ? starts : try withoutHosts(starts)
  }

  /// The places that are in no host.
  private mutating func withoutHosts(_ starts: ArraySlice<UInt32>) throws(IndexError) -> ArraySlice<UInt32> {
    let document = terms[0].cursor.document
    var inside: Set<UInt32> = []
    for index in hosts.indices where try hosts[index].seek(to: document) == document {
      for start in try hosts[index].starts() { inside.insert(start + 1) }
    }
    return starts.filter { !inside.contains($0) }[...]
  }

  /// Calls `body` with all documents of `range` that match and their frequencies, in runs; ranges come in order and do not
  /// overlap.
  @inline(__always)
  mutating func forEachRun(
    in range: Range<UInt32>,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    if documentFrequency != nil {
      try unsafe terms[0].cursor.forEachRun(in: range, body)
    } else {
      try unsafe forEachVerifiedRun(in: range, body)
    }
  }

  /// Calls `body` with all documents and their frequencies, in runs, in any order, but for blocks that cannot compete.
  @inline(__always)
  mutating func forEachRun(
    bound: (BlockImpacts) -> Double, mayCompete: (Double) -> Bool,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    if documentFrequency != nil {
      try unsafe terms[0].cursor.forEachRun(bound: bound, mayCompete: mayCompete, body)
    } else {
      try unsafe forEachVerifiedRun(in: 0..<PostingsCursor.exhausted, body)
    }
  }

  /// The same, but that the documents of the other blocks are passed to `rest`.
  @inline(__always)
  mutating func forEachRun(
    bound: (BlockImpacts) -> Double, mayCompete: (Double) -> Bool,
    _ body: (_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) -> Void,
    rest: (_ documents: UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    if documentFrequency != nil {
      try unsafe terms[0].cursor.forEachRun(bound: bound, mayCompete: mayCompete, body, rest: rest)
    } else {
      try unsafe forEachVerifiedRun(in: 0..<PostingsCursor.exhausted, body)
    }
  }

  private mutating func forEachVerifiedRun(
    in range: Range<UInt32>, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
  ) throws(IndexError) {
    var run = MatchList()
    run.reserve(Self.runCount)
    var document = try seek(to: range.lowerBound)
    while document < range.upperBound {
      let frequency = try frequency()
      if frequency > 0 { run.append(document: document, frequency: frequency) }
      if run.count == Self.runCount {
        unsafe run.withAll(body)
        run.removeAll()
      }
      document = try seek(to: document + 1)
    }
    if run.count > 0 { unsafe run.withAll(body) }
  }

  private static let runCount = 128
}

extension UnsafeMutableBufferPointer<PatternTerm> {
  /// Moves all terms to the first document at or after `target` that every one of them has, and returns it.
  ///
  /// The first one leads; there must be one. ``PostingsCursor/exhausted`` is behind the last document.
  @inline(__always)
  func seekAll(to target: UInt32) throws(IndexError) -> UInt32 {
    // SAFETY: indices are below the count.
    var document = unsafe try self[0].cursor.seek(to: target)
    candidates: while document != PostingsCursor.exhausted {
      var index = 1
      while index < count {
        let reached = unsafe try self[index].cursor.seek(to: document)
        if reached > document {
          document = unsafe try self[0].cursor.seek(to: reached)
          continue candidates
        }
        index &+= 1
      }
      return document
    }
    return document
  }
}
