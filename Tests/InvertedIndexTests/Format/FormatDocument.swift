import Foundation

/// FORMAT.md as a test reads it: the bytes of its examples and the numbers of its tables.
///
/// An example is a fenced block whose first line is `hex NAME @OFFSET`; a `;` begins a comment.
struct FormatDocument {
  /// The bytes that the document shows of a file.
  struct HexBlock {
    /// A file of an example, as in `small/commit`, or what else the document calls the bytes.
    let name: String
    /// Where in the file the bytes begin.
    let offset: Int
    /// The bytes.
    let bytes: [UInt8]
    /// The line of the document on which the block begins, from 1.
    let line: Int

    /// The bytes' place in the file.
    var range: Range<Int> { offset..<offset + bytes.count }
  }

  /// What is wrong with the document itself.
  struct Malformed: Error {
    let line: Int
    let text: String
  }

  /// All examples, in the order of the document.
  let blocks: [HexBlock]
  /// The cells of the rows of all tables, without white space around them.
  let rows: [[String]]

  /// Reads FORMAT.md of this repository.
  init(testFile: String = #filePath) throws {
    let root = (0..<4).reduce(URL(fileURLWithPath: testFile)) { url, _ in url.deletingLastPathComponent() }
    try self.init(text: String(contentsOf: root.appendingPathComponent("FORMAT.md"), encoding: .utf8))
  }

  init(text: String) throws {
    var blocks: [HexBlock] = []
    var rows: [[String]] = []
    var open: (name: String, offset: Int, line: Int)?
    var bytes: [UInt8] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if let block = open, line == "```" {
        blocks.append(HexBlock(name: block.name, offset: block.offset, bytes: bytes, line: block.line))
        open = nil
        bytes = []
      } else if open != nil {
        let digits = line.prefix { $0 != ";" }.split(separator: " ")
        let values = digits.compactMap { $0.utf8.count == 2 ? UInt8($0, radix: 16) : nil }
        guard values.count == digits.count else { throw Malformed(line: index + 1, text: String(line)) }
        bytes += values
      } else if line.hasPrefix("```hex") {
        let words = line.split(separator: " ")
        guard words.count == 3, words[2].hasPrefix("@"), let offset = Int(words[2].dropFirst()) else {
          throw Malformed(line: index + 1, text: String(line))
        }
        open = (String(words[1]), offset, index + 1)
      } else if line.hasPrefix("|") {
        rows.append(line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) })
      }
    }
    if let open { throw Malformed(line: open.line, text: "a block without an end") }
    self.blocks = blocks
    self.rows = rows
  }
}
