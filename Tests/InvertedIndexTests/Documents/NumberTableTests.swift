import Testing

@testable import InvertedIndex

/// Tables of a number for each document: read as they were written, and refused where they do not fit.
@Suite struct NumberTableTests {
  /// A file whose only section `body` writes.
  private func section(_ folder: TestFolder, _ body: (SectionFileWriter) throws -> Void) throws -> ByteSection {
    let path = folder["table"]
    let writer = try SectionFileWriter(creating: path, kind: .deletes, segment: 1, analysisVersion: 1)
    try body(writer)
    try writer.finish()
    return try SectionFile(opening: path, kind: .deletes, segment: 1, analysisVersion: 1).section(.deleteBits)
  }

  @Test(arguments: [
    (0, 0), (1, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 3), (16_777_215, 3), (16_777_216, 4), (UInt32.max, 4),
  ])
  func `numbers take as many bytes as the largest needs`(largest: UInt32, width: Int) throws {
    var generator = SeededGenerator(seed: UInt64(largest))
    for count in [1, 2, 129] {
      var numbers = (0..<count).map { _ in UInt32(generator.number(below: Int(largest) + 1)) }
      numbers[generator.number(below: count)] = largest
      let section = try section(TestFolder()) { try $0.append(numbers, as: .deleteBits) }
      #expect(section.count == 4 + width * count)
      let table = try NumberTable(section, count: count)
      #expect((0..<UInt32(count)).map { table[$0] } == numbers)
      #expect(try (0..<count).map { try table.number(at: $0) } == numbers)
      #expect(throws: IndexError.self) { try table.number(at: count) }
      #expect(throws: IndexError.self) { try table.number(at: -1) }
      if width > 0 {
        #expect(throws: IndexError.self) { try NumberTable(section, count: count + 1) }
        #expect(throws: IndexError.self) { try NumberTable(section, count: count - 1) }
      }
    }
  }

  @Test func `a segment without documents has a table of four bytes`() throws {
    let section = try section(TestFolder()) { try $0.append([UInt32](), as: .deleteBits) }
    #expect(section.count == 4)
    #expect(try NumberTable(section, count: 0).count == 0)
  }

  @Test(arguments: [[], [1, 0, 0], [5, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 1, 7], [1, 0, 0, 0, 7, 7]] as [[UInt8]])
  func `a table of another size or width is damaged`(bytes: [UInt8]) throws {
    let section = try section(TestFolder()) { writer in
      writer.beginSection(.deleteBits)
      try writer.append(bytes)
      writer.endSection()
    }
    #expect(throws: IndexError.self) { try NumberTable(section, count: 1) }
  }
}
