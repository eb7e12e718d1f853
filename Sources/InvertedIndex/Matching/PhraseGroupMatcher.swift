/// Finds phrases that stand near each other, in one sentence or paragraph, or of which any will do.
struct PhraseGroupMatcher {
  private let segment: SegmentReader
  private let field: UInt16

  init(_ segment: SegmentReader, field: UInt16) {
    self.segment = segment
    self.field = field
  }

  /// The matches of a group.
  func matches(of group: PhraseGroup) throws(IndexError) -> MatchList {
    if case .any(let except) = group.bond { return try sum(of: group.members, without: except) }
    var members: [PhrasePlaces] = []
    for member in group.members {
      guard let places = try PhraseMatcher(segment, field: field).places(of: member) else { return MatchList() }
      members.append(places)
    }
    var ends: [PhrasePlaces] = []
    if case .within(let unit) = group.bond, let scope = group.members.first?.scope {
      for end in Pattern.ends(of: unit, scope: scope) {
        if let places = try PhraseMatcher(segment, field: field).places(of: end) { ends.append(places) }
      }
    }
    var list = MatchList()
    var document = try members.seekAll(to: 0)
    while document != PostingsCursor.exhausted {
      if let frequency = try frequency(of: group, &members, &ends, in: document) {
        list.append(document: document, frequency: frequency)
      }
      document = try members.seekAll(to: document + 1)
    }
    return list
  }

  /// How often the group stands in the document that all its members have come to; nil where it does not.
  private func frequency(
    of group: PhraseGroup, _ members: inout [PhrasePlaces], _ ends: inout [PhrasePlaces], in document: UInt32
  ) throws(IndexError) -> UInt32? {
    let texts = try textStarts(of: document, group.members[0].scope)
    var places: [PhraseSpans] = []
    places.reserveCapacity(members.count)
    for (index, pattern) in group.members.enumerated() {
      var starts = try members[index].starts()
      if pattern.scope.isPart {
        let textStart = texts.last ?? 0
        starts.removeAll { ($0 < textStart) != (pattern.scope == .title) }
      }
      if starts.isEmpty { return nil }
      places.append(PhraseSpans(starts: starts, width: pattern.width))
    }
    let count: Int
    switch group.bond {
    case .near(let distances): count = PhraseSpans.nearCount(&places, distances, texts: texts)
    case .within:
      var bounds = texts
      for index in ends.indices where try ends[index].seek(to: document) == document {
        bounds += try ends[index].starts()
      }
      count = PhraseSpans.sharedCount(places, bounds: bounds.sorted())
    case .any: return nil
    }
    return count > 0 ? UInt32(truncatingIfNeeded: count) : nil
  }

  /// Where the texts of a document's stream begin, but for the first: its text behind the title, or a field's further values.
  private func textStarts(of document: UInt32, _ scope: StreamScope) throws(IndexError) -> [UInt32] {
    guard case .field(let name) = scope else { return [try segment.documents.textStart(of: document)] }
    let fields = try segment.documents.header(of: document).fields
    let field = fields.first { $0.name.utf8.elementsEqual(name.utf8) }
    return field.map { DocumentStreams.starts(of: $0.value) } ?? []
  }

  /// The documents of any member, and how often they have one; what `except` has is taken away again.
  private func sum(of members: [Pattern], without except: [Pattern]) throws(IndexError) -> MatchList {
    let all = try sum(of: members)
    if except.isEmpty || all.count == 0 { return all }
    var taken = try sum(of: except)
    var list = MatchList()
    unsafe all.withAll { documents, frequencies in
      for place in 0..<documents.count {
        let document = unsafe documents[place]
        let other = taken.seek(to: document) == document ? taken.frequency : 0
        let frequency = unsafe frequencies[place]
        if frequency > other { list.append(document: document, frequency: frequency - other) }
      }
    }
    return list
  }

  private func sum(of patterns: [Pattern]) throws(IndexError) -> MatchList {
    var sum = FrequencySum(width: segment.documentCount)
    for pattern in patterns {
      var matches = try PatternMatcher(segment).matches(of: pattern).matches
      try unsafe matches.forEachRun(in: 0..<PostingsCursor.exhausted) { documents, frequencies in
        unsafe sum.add(frequencies, to: documents)
      }
    }
    var list = MatchList()
    var filter = KeepsAll()
    sum.take(into: &list, without: segment.deletes, keeping: &filter)
    return list
  }
}

/// The places of one phrase in a document.
struct PhraseSpans {
  /// Where it begins, rising.
  var starts: [UInt32]
  /// How many positions each place takes.
  let width: UInt32

  /// How many places the phrase has that has fewest, of those on chains through all phrases in which each is near the next;
  /// no chain leaves its text.
  static func nearCount(_ phrases: inout [PhraseSpans], _ distances: [UInt32], texts: [UInt32]) -> Int {
    // What can be reached from the first phrase, then what can be reached from the last: a chain's places are in both.
    for index in phrases.indices.dropFirst() {
      phrases[index].keep(near: phrases[index - 1], distances[index - 1], texts)
      if phrases[index].starts.isEmpty { return 0 }
    }
    for index in phrases.indices.dropLast().reversed() {
      phrases[index].keep(near: phrases[index + 1], distances[index], texts)
    }
    return phrases.reduce(Int.max) { min($0, $1.starts.count) }
  }

  /// How many places the phrase has that has fewest, of those in parts of the text, between two bounds, that have all.
  static func sharedCount(_ phrases: [PhraseSpans], bounds: [UInt32]) -> Int {
    let parts = phrases.map { phrase in phrase.starts.compactMap { phrase.part(of: $0, bounds) } }  // rising
    var counts = [Int](repeating: 0, count: parts.count)
    var runs = [Range<Int>](repeating: 0..<0, count: parts.count)  // the places in one part of the text
    while runs[0].upperBound < parts[0].count {
      let part = parts[0][runs[0].upperBound]
      for index in parts.indices {
        let start = parts[index].partitionPoint(from: runs[index].upperBound) { $0 < part }
        var end = start
        while end < parts[index].count, parts[index][end] == part { end += 1 }
        runs[index] = start..<end
      }
      if runs.contains(where: { $0.isEmpty }) { continue }
      for index in runs.indices { counts[index] += runs[index].count }
    }
    return counts.min() ?? 0
  }

  /// The part of the text that a place lies in, by the bounds before it; nil where it lies in several.
  private func part(of start: UInt32, _ bounds: [UInt32]) -> Int? {
    let part = bounds.partitionPoint { $0 <= start }
    return part == bounds.partitionPoint { $0 <= start + width - 1 } ? part : nil
  }

  /// Keeps the places that are near one of another phrase, in the same text.
  private mutating func keep(near other: PhraseSpans, _ distance: UInt32, _ texts: [UInt32]) {
    let width = self.width
    starts.removeAll { start in
      let end = start + width
      // The next one behind, and the last one before, are the nearest.
      let next = other.starts.partitionPoint { $0 < end }
      if next < other.starts.count, case let place = other.starts[next], place - end <= distance,
        texts.partitionPoint(by: start) == texts.partitionPoint(by: place)
      {
        return false
      }
      let previous = other.starts.partitionPoint { $0 + other.width <= start }
      if previous > 0, case let place = other.starts[previous - 1], start - place - other.width <= distance,
        texts.partitionPoint(by: start) == texts.partitionPoint(by: place)
      {
        return false
      }
      return true
    }
  }
}

extension [UInt32] {
  /// How many are not above a position.
  fileprivate func partitionPoint(by position: UInt32) -> Int { partitionPoint { $0 <= position } }
}
