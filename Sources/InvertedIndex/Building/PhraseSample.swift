import CJKTokenizer

/// The ideographs of every *k*-th document, of which there are never too many: *k* doubles when the sample is full.
///
/// Which documents are in it depends on the documents alone.
struct PhraseSample {
  /// The characters, and 0 between two that are no neighbours.
  private(set) var characters: [UInt16] = []
  private var documents: [(number: Int, start: Int)] = []  // those in the sample, rising
  private var step = 1
  private var documentCount = 0

  /// How many characters there may be.
  static let capacity = 1 << 20
  // How many of one document, so that a few long ones are not all.
  private static let longestDocument = 1 << 14

  /// Bytes that the sample takes.
  var byteCount: Int { characters.capacity * 2 + documents.capacity * 16 }

  /// Takes the next document's tokens, whose buffer keeps runs.
  mutating func append(_ buffer: TokenBuffer) {
    let number = documentCount
    documentCount += 1
    guard number % step == 0 else { return }
    let start = characters.count
    documents.append((number, start))
    for run in buffer.runs {
      let room = start + Self.longestDocument - characters.count
      characters.append(contentsOf: buffer.characters[run.characters.prefix(room)])
      characters.append(0)
      if run.characters.count >= room { break }
    }
    while characters.count > Self.capacity { thin() }
  }

  /// Leaves every second document out.
  private mutating func thin() {
    step *= 2
    var kept: [(number: Int, start: Int)] = []
    var end = 0
    for (index, document) in documents.enumerated() where document.number % step == 0 {
      let next = index + 1 < documents.count ? documents[index + 1].start : characters.count
      kept.append((document.number, end))
      for place in document.start..<next {
        characters[end] = characters[place]
        end += 1
      }
    }
    characters.removeLast(characters.count - end)
    documents = kept
  }
}
