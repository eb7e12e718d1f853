import Bulletins
import Foundation
import Testing

/// The sample bulletins as other extractions would have left them: the same documents come out.
@Suite("The sample bulletins, varied")
struct SampleVariationTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../corpus/bulletins").standardizedFileURL

  /// What is done to the text.
  enum Variation: String, CaseIterable, Sendable {
    case withoutContents, withoutFront, spaced, narrow, narrower, squareBrackets, roundBrackets, headings,
      withoutBlankLines,
      fullWidthDigits, otherCounty
  }

  private func varied(_ text: String, _ variation: Variation, firstLine: Int) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    switch variation {
    case .withoutContents:
      let start = lines.firstIndex { $0.filter { !$0.isWhitespace && $0 != "#" } == "目录" } ?? firstLine - 1
      for line in start..<firstLine - 1 { lines[line] = "" }
    case .withoutFront: for line in 0..<firstLine - 1 { lines[line] = "" }
    case .spaced:
      lines = lines.map { line in
        var spaced = ""
        for character in line {
          if spaced.last.map(isHan) == true && isHan(character) { spaced += " " }
          spaced.append(character)
        }
        return spaced
      }
    case .narrow: lines = lines.flatMap { wrapped($0, width: 30) }
    case .narrower: lines = lines.flatMap { wrapped($0, width: 19) }
    case .squareBrackets: lines = lines.map { $0.replacing("〔", with: "[").replacing("〕", with: "]") }
    case .roundBrackets: lines = lines.map { $0.replacing("〔", with: "（").replacing("〕", with: "）") }
    case .headings:
      lines = lines.enumerated().map { index, line in
        line.isEmpty || line.hasPrefix("-") || line.hasPrefix("|") || line.hasPrefix("#") || index % 3 != 0
          ? line : "### \(line)"
      }
    case .withoutBlankLines: lines = lines.filter { !$0.allSatisfy(\.isWhitespace) }
    case .fullWidthDigits:
      lines = lines.map { line in
        String(
          String.UnicodeScalarView(
            line.unicodeScalars.map { scalar in
              ("0"..."9").contains(scalar) ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
            }))
      }
    case .otherCounty: lines = lines.map { $0.replacing("云泽县", with: "和关通市").replacing("云政", with: "和政") }
    }
    return lines.joined(separator: "\n")
  }

  private func isHan(_ character: Character) -> Bool {
    character.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
  }

  private func wrapped(_ line: String, width: Int) -> [String] {
    guard line.count > width, !line.contains("\t"), !line.hasPrefix("|"), !line.contains("<") else { return [line] }
    let characters = Array(line)
    return stride(from: 0, to: characters.count, by: width).map {
      String(characters[$0..<min(characters.count, $0 + width)])
    }
  }

  /// Titles and numbers without what the variations change.
  private func facts(_ bulletin: Bulletin) -> [String] {
    bulletin.documents.map { document in
      let text =
        "\(document.title) \(document.number?.description ?? "-") \(document.date?.description ?? "-") \(document.issuer ?? "-")"
      return text.replacing("和关通市", with: "云泽县").replacing("和政", with: "云政").applyingTransform(
        .fullwidthToHalfwidth, reverse: false)?
        .filter { !$0.isWhitespace } ?? ""
    }
  }

  @Test("the same documents", arguments: Variation.allCases)
  func variations(variation: Variation) throws {
    for file in try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil) {
      let text = try String(contentsOf: file, encoding: .utf8)
      let original = split(text)
      let firstLine = try #require(original.documents.first?.lines.lowerBound)
      var expected = facts(original)
      var found = facts(split(varied(text, variation, firstLine: firstLine)))
      if variation == .withoutContents || variation == .withoutFront {
        // Without contents, a document that has no number is known by its signature only.
        expected.removeAll { $0.contains("森林草原防火禁火令") }
        found.removeAll { $0.contains("森林草原防火禁火令") }
      }
      #expect(found == expected, "\(file.lastPathComponent)")
    }
  }
}
