import SearchAPI
import Testing

struct PercentEncodingTests {
  @Test(
    "Percent signs are decoded once, and a plus is a space only in a query",
    arguments: [
      ("a%2Fb+c", "a/b c", "a/b+c"), ("%E5%AD%97", "字", "字"), ("字", "字", "字"), ("%2541", "%41", "%41"),
      ("%e5%ad%97", "字", "字"), ("", "", ""), ("%00", "\0", "\0"),
    ])
  func decode(encoded: String, query: String, path: String) {
    #expect(PercentEncoding.decode(Array(encoded.utf8)[...], plusIsSpace: true) == query)
    #expect(PercentEncoding.decode(Array(encoded.utf8)[...], plusIsSpace: false) == path)
  }

  @Test("What is not encoded rightly is nothing", arguments: ["%", "%4", "%zz", "a%", "%E5%AD", "%FF", "%C0%80"])
  func malformed(encoded: String) {
    #expect(PercentEncoding.decode(Array(encoded.utf8)[...], plusIsSpace: true) == nil)
  }

  @Test("Every text comes back from its encoding", arguments: ["", "a/b#c?d%e+f g", "字林 \u{1F600}", "-._~", "\0\r\n"])
  func roundTrip(text: String) {
    let encoded = PercentEncoding.encode(text)
    #expect(encoded.utf8.allSatisfy { $0 < 0x80 && !"/#?+ ".utf8.contains($0) })
    #expect(PercentEncoding.decode(Array(encoded.utf8)[...], plusIsSpace: true) == text)
  }
}
