import Foundation
import SystemIO
import Testing

struct LineReaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// All lines of a file with this content, with the numbers and offsets the reader gives them.
  private func lines(_ content: [UInt8], bufferByteCount: Int = 1 << 17) throws -> [[UInt8]] {
    let reader = try LineReader(opening: try folder.file("lines", content), bufferByteCount: bufferByteCount)
    var lines: [[UInt8]] = []
    while try reader.next({ lines.append(Array($0)) }) {
      #expect(reader.lineNumber == lines.count)
    }
    #expect(try !reader.next { _ in Issue.record("a line after the last") })
    #expect(reader.bytesRead == UInt64(content.count))
    return lines
  }

  @Test(
    "Lines end with a line feed, which is left out; a carriage return stays",
    arguments: [
      ("", []), ("\n", [""]), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\na\n\n", ["", "", "a", ""]),
      ("甲\r\n乙\r\n", ["甲\r", "乙\r"]),
    ])
  func lineEnds(content: String, expected: [String]) throws {
    #expect(try lines(Array(content.utf8)) == expected.map { Array($0.utf8) })
  }

  @Test("The same lines come whatever the buffer's size", arguments: 1...40)
  func chunkBoundaries(bufferByteCount: Int) throws {
    var generator = SystemRandomNumberGenerator()
    let content = (0..<500).map { _ in [10, 13, 65, 66].randomElement(using: &generator) ?? 10 } as [UInt8]
    var expected = content.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    if expected.last == [] { expected.removeLast() }
    #expect(try lines(content, bufferByteCount: bufferByteCount) == expected, "\(content)")
  }

  @Test("A very long line is read whole, and one beyond the limit is an error that names its number")
  func longLines() throws {
    let long = [UInt8](repeating: 65, count: 3_000_000)
    #expect(try lines([66, 10] + long + [10, 67], bufferByteCount: 16) == [[66], long, [67]])
    let reader = try LineReader(
      opening: try folder.file("long", [66, 10] + long), bufferByteCount: 64, maximumLineByteCount: 1000)
    #expect(try reader.next { _ in })
    #expect(throws: SystemError(operation: "read line 2 of", path: folder["long"], code: EFBIG)) {
      _ = try reader.next { _ in }
    }
  }

  @Test("An error of the caller comes through, and the next line follows")
  func callersError() throws {
    struct Refused: Error {}
    let reader = try LineReader(opening: try folder.file("a", Array("a\nb\n".utf8)))
    #expect(throws: Refused.self) { _ = try reader.next { _ in throw Refused() } }
    var second: [UInt8] = []
    #expect(try reader.next { second = Array($0) })
    #expect(second == [UInt8(ascii: "b")])
    #expect(reader.lineNumber == 2)
  }

  @Test("Each failing call is reported, and the descriptor is closed", arguments: ["open", "fstat", "read"])
  func failure(operation: String) throws {
    let path = try folder.file("a", [65])
    let plan = FaultPlan()
    plan.fail(operation, call: 1, code: EIO)
    FaultPlan.$current.withValue(plan) {
      _ = #expect(throws: SystemError(operation: operation, path: path, code: EIO)) {
        _ = try LineReader(opening: path).next { _ in }
      }
    }
    #expect(folder.openDescriptorCount == 0)
  }

  @Test("A folder has no lines")
  func folderRefused() throws {
    #expect(throws: SystemError(operation: "open", path: folder.path, code: EISDIR)) {
      _ = try LineReader(opening: folder.path)
    }
  }
}
