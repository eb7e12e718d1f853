import CJKTokenizer

/// Places in a document's text from which it can be tokenized on, so that a passage in its middle costs no more than one at
/// its beginning.
///
/// A place is the first token behind a gap that shares no character with it, the first such one after every 512 positions.
struct TextPlaces: Equatable, Sendable {
  /// One place: the token's position in the stream of title and text, and its first byte in the text.
  struct Place: Equatable, Sendable {
    let position: UInt32
    let offset: Int
  }

  /// The places, rising; the text's beginning is not among them.
  private(set) var places: [Place] = []
  private static let interval: UInt32 = 512

  /// No places, as a short text has.
  init() {}

  /// The places of `text`, whose tokens stand in `buffer` from position `textStart` on.
  init(_ buffer: TokenBuffer, textStart: UInt32, text: Span<UInt8>) {
    guard buffer.positionCount - textStart > Self.interval else { return }
    let (tokens, runs) = (buffer.tokens, buffer.runs)
    var next = textStart + Self.interval
    var free: UInt32 = 0  // one past the last position that holds something, as far as it matters
    // A bigram takes two positions: what stands before `next - 2` does not reach `next`, and is passed over. Of the runs the
    // last one that begins before may.
    var index = 0
    var runIndex = 0
    func passOver() {
      index = tokens.partitionPoint(from: index) { $0.position < next - 2 }
      runIndex = max(runIndex, runs.partitionPoint(from: runIndex) { $0.position < next - 2 } - 1)
    }
    passOver()
    while true {
      let isRun = runIndex < runs.count && (index == tokens.count || runs[runIndex].tokenCount <= index)
      guard isRun || index < tokens.count else { break }
      let position: UInt32
      let start: UInt32
      let end: UInt32
      if isRun {
        (position, start) = (runs[runIndex].position, runs[runIndex].start)
        end = position + UInt32(runs[runIndex].count) + 1
        runIndex += 1
      } else {
        let token = tokens[index]
        index += 1
        guard token.kind.takesPosition else { continue }
        (position, start) = (token.position, token.start)
        end = position + (token.kind == .bigram ? 2 : 1)
      }
      let isBehindGap = position >= next && position > free
      free = max(free, end)
      if isBehindGap, Tokenizer.isOneCharacter(text, at: Int(start)) {
        places.append(Place(position: position, offset: Int(start)))
        next = position + Self.interval
        passOver()
      }
    }
  }

  /// Appends the places of a text that begins at position `textStart`: their number, then the steps from one to the next.
  func append(to writer: inout ByteWriter, textStart: UInt32) {
    writer.append(varint: UInt64(places.count))
    var last = Place(position: textStart, offset: 0)
    for place in places {
      writer.append(varint: UInt64(place.position - last.position))
      writer.append(varint: UInt64(place.offset - last.offset))
      last = place
    }
  }

  /// Reads what ``append(to:textStart:)`` wrote; nil when it is damaged.
  init?(_ reader: inout ByteReader, textStart: UInt32) {
    guard let count = reader.readCount(), count <= reader.remaining else { return nil }
    var last = Place(position: textStart, offset: 0)
    places.reserveCapacity(count)
    for _ in 0..<count {
      guard let positions = reader.readVarint32(), let bytes = reader.readVarint32(),
        UInt64(last.position) + UInt64(positions) < UInt64(UInt32.max)
      else { return nil }
      last = Place(position: last.position + positions, offset: last.offset + Int(bytes))
      places.append(last)
    }
  }

  /// The last place at or before a position; the text's beginning where there is none.
  func last(before position: UInt32, textStart: UInt32) -> Place {
    let index = places.partitionPoint { $0.position <= position }
    return index == 0 ? Place(position: textStart, offset: 0) : places[index - 1]
  }

  /// The first place behind a position; nil where the text's end is nearer.
  func first(after position: UInt32) -> Place? {
    let index = places.partitionPoint { $0.position <= position }
    return index < places.count ? places[index] : nil
  }
}

extension Token.Kind {
  /// Whether the token is text at its position; a run's last character alone says nothing that its bigram does not.
  var takesPosition: Bool { self == .bigram || self == .single || self == .word }
}

extension RandomAccessCollection where Index == Int {
  /// The first index at or after `start` whose element does not precede, in a collection where all that precede come first.
  ///
  /// - Complexity: O(log *n*).
  func partitionPoint(from start: Int = 0, where precedes: (Element) -> Bool) -> Int {
    var low = start
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if precedes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
