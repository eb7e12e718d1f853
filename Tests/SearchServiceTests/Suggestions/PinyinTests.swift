import Testing

@testable import SearchService

@Suite("Readings and pinyin")
struct PinyinTests {
  @Test(
    "characters have their readings",
    arguments: [("行", "hang heng xing"), ("重", "chong zhong"), ("女", "nv ru"), ("县", "xian xuan"), ("爆", "bao")])
  func readings(character: String, expected: String) throws {
    let unit = try #require(character.utf16.first)
    let readings = Readings.shared
    let names = readings.syllables(of: unit).map { String(decoding: readings.names[Int($0)], as: UTF8.self) }
    #expect(Set(names).isSubset(of: Set(expected.split(separator: " ").map(String.init))))
    #expect(!names.isEmpty)
    for name in names { #expect(readings.mayBegin(unit, with: name.utf8.first ?? 0)) }
  }

  @Test("homophones share a reading, and no character is its own")
  func homophones() throws {
    let found = String(decoding: Readings.shared.homophones(of: try #require("暴".utf16.first)).sorted(), as: UTF16.self)
    #expect(found.contains("爆"))
    #expect(!found.contains("暴"))
    #expect(!found.contains("安"))
    #expect(Readings.shared.homophones(of: 0x41).isEmpty)
  }

  @Test("every syllable is found by its letters, and has characters that have it")
  func tables() {
    let readings = Readings.shared
    #expect(readings.names.count > 400)
    for (place, name) in readings.names.enumerated() {
      #expect(readings.syllables(beginning: name[...]).contains(place))
      for character in readings.characters(of: place) {
        #expect(readings.syllables(of: character).contains(UInt16(place)))
      }
    }
  }

  @Test(
    "letters are read in characters as whole syllables, first letters, or both",
    arguments: [
      ("yanhuabaozhu", "烟花爆竹管理", 4, Pinyin.Fit.syllables), ("yanhuabaoz", "烟花爆竹", 4, .syllables),
      ("yhbz", "烟花爆竹管理", 4, .initials), ("yhbaozhu", "烟花爆竹", 4, .mixed), ("zhg", "中国", 2, .initials),
      ("xian", "县政府", 1, .syllables), ("xian", "西安市", 2, .syllables), ("yinhang", "银行", 2, .syllables),
    ] as [(String, String, Int, Pinyin.Fit)])
  func match(letters: String, text: String, count: Int, fit: Pinyin.Fit) throws {
    let pinyin = try #require(Pinyin(Array(letters.utf8)))
    let found = try #require(pinyin.match(Array(text.utf16)[...]))
    #expect(found.count == count)
    #expect(found.fit == fit)
  }

  @Test("what cannot be read so is not", arguments: [("yanhua", "烟草"), ("yhbz", "烟花"), ("a", "烟"), ("abc", "a烟")])
  func noMatch(letters: String, text: String) throws {
    #expect(try #require(Pinyin(Array(letters.utf8))).match(Array(text.utf16)[...]) == nil)
  }

  @Test("letters are parted into syllables in every way, those with the fewest first")
  func segmentations() throws {
    let found = try #require(Pinyin(Array("xianji".utf8))).segmentations(limit: 9).map { syllables in
      syllables.map { String(decoding: Readings.shared.names[$0], as: UTF8.self) }.joined(separator: " ")
    }
    #expect(found.first == "xian ji")
    #expect(found.contains("xi an ji"))
    #expect(try #require(Pinyin(Array("xyz".utf8))).segmentations(limit: 9).isEmpty)
  }

  @Test("letters that can be read in very many ways, and end nowhere, are soon given up")
  func manyWays() throws {
    let dead = try #require(Pinyin(Array((String(repeating: "an", count: 29) + "x").utf8)))
    #expect(dead.segmentations(limit: 9).isEmpty)
    let many = try #require(Pinyin(Array(String(repeating: "an", count: 30).utf8)))
    #expect(many.segmentations(limit: 9).count == 9)
    #expect(Pinyin([UInt8](repeating: 0x61, count: 61)) == nil)
    #expect(Pinyin([]) == nil)
    #expect(dead.match(Array(String(repeating: "南", count: 60).utf16)[...]) == nil)
  }
}
