import Bulletins
import Testing

@Suite("JSON lines")
struct JSONLinesReaderTests {
  private func read(_ line: String, number: Int = 17) throws -> SourceDocument? {
    var reader = JSONLinesReader(path: "laws.jsonl")
    return try reader.read(Array(line.utf8).span, number: number)
  }

  @Test("an object is a document with its fields in their order")
  func document() throws {
    let document = try #require(
      try read(
        #" {"year": 2021, "id": "a/1", "text": "尾矿\n库", "title": "通 知", "rate": 0.5, "open": true, "note": null, "#
          + #""tags": ["a", 1, false], "none": []} "#))
    #expect(document.key == "a/1")
    #expect(document.title == "通 知")
    #expect(document.text == "尾矿\n库")
    #expect(
      document.fields == [
        SourceField(name: "year", value: .integer(2021)), SourceField(name: "rate", value: .number(0.5)),
        SourceField(name: "open", value: .boolean(true)), SourceField(name: "note", value: .null),
        SourceField(name: "tags", value: .list([.string("a"), .integer(1), .boolean(false)])),
        SourceField(name: "none", value: .list([])),
      ])
    #expect(document.path == "laws.jsonl")
    #expect(document.startLine == 17)
    #expect(document.endLine == 17)
    #expect(!document.tabsSeparateCells)
    #expect(document.warnings.isEmpty)
  }

  @Test("text is taken as it is", arguments: ["# 甲", "**甲**", "<p>甲</p>", "\t甲\t", "a\r\nb", "\u{FEFF}甲"])
  func untouchedText(text: String) throws {
    let escaped = text.replacing("\t", with: "\\t").replacing("\r\n", with: "\\r\\n")
    #expect(try read(#"{"id": 1, "text": "\#(escaped)"}"#)?.text == text)
  }

  @Test("blank lines are no documents", arguments: ["", " ", "\r", " \t "])
  func blank(line: String) throws {
    #expect(try read(line) == nil)
  }

  @Test("a byte order mark is passed over on the first line only")
  func byteOrderMark() throws {
    let line = "\u{FEFF}{\"id\": 1, \"text\": \"\"}\r"
    #expect(try read(line, number: 1)?.key == "1")
    #expect(throws: ReadError(path: "laws.jsonl", line: 2, reason: .notAnObject)) { try read(line, number: 2) }
  }

  @Test(
    "an id is a string or an integer of any size",
    arguments: [
      ("0", "0"), ("-5", "-5"), ("-0", "0"), ("18446744073709551616", "18446744073709551616"), ("\"甲\"", "甲"),
      ("\" \"", " "), (#""a\/\u0062""#, "a/b"),
    ])
  func ids(json: String, key: String) throws {
    #expect(try read(#"{"id": \#(json), "text": ""}"#)?.key == key)
  }

  @Test(
    "numbers are integers when they are written so and fit",
    arguments: [
      ("0", FieldValue.integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
      ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(9223372036854775808)),
      ("1.0", .number(1)),
      ("1e2", .number(100)), ("-2.5E-1", .number(-0.25)), ("0e0", .number(0)), ("1E+2", .number(100)),
      ("5e-400", .number(0)),
    ])
  func numbers(json: String, value: FieldValue) throws {
    #expect(try read(#"{"id": 1, "text": "", "n": \#(json)}"#)?.fields == [SourceField(name: "n", value: value)])
  }

  @Test(
    "strings lose their escapes",
    arguments: [
      (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t"), (#"\u5c3E"#, "尾"), (#"\ud842\udfb7"#, "𠮷"), (#"\u0000"#, "\0"),
      ("甲\u{7F}", "甲\u{7F}"), ("é𠮷か\u{3099}", "é𠮷か\u{3099}"),
    ])
  func escapes(json: String, text: String) throws {
    let document = try #require(try read(#"{"id": 1, "text": "\#(json)"}"#))
    #expect(document.text == text)
    #expect(document.warnings.isEmpty)
  }

  @Test(
    "half a surrogate pair becomes U+FFFD and is counted",
    arguments: [
      (#"\ud842"#, "\u{FFFD}", 1), (#"\udfb7"#, "\u{FFFD}", 1), (#"\ud842\u5c3e"#, "\u{FFFD}尾", 1),
      (#"\ud842\n"#, "\u{FFFD}\n", 1), (#"\ud842\ud842\udfb7"#, "\u{FFFD}𠮷", 1),
      (#"\udfb7\ud842"#, "\u{FFFD}\u{FFFD}", 2), (#"\udfb7\udfb7"#, "\u{FFFD}\u{FFFD}", 2),
    ])
  func surrogates(json: String, text: String, replacements: Int) throws {
    let document = try #require(try read(#"{"id": 1, "text": "\#(json)"}"#))
    #expect(document.text == text)
    #expect(document.warnings == [.malformedText(replacements: replacements)])
  }

  @Test("no control character may stand in a string, wherever it is", arguments: UInt8(0)..<0x20)
  func controlCharacters(byte: UInt8) {
    for length in [1, 7, 8, 9, 40] {
      let start = Array(#"{"id": 1, "text": ""#.utf8)
      for place in [0, length / 2, length - 1] {
        var text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
        text[place] = byte
        let line = start + text + Array(#"xxxxxxxxxxxx"}"#.utf8)
        var reader = JSONLinesReader(path: "laws.jsonl")
        let reason = ReadError.Reason.malformed(
          expected: "an escape instead of a control character", byte: start.count + place + 1)
        #expect(throws: ReadError(path: "laws.jsonl", line: 2, reason: reason)) {
          try reader.read(line.span, number: 2)
        }
      }
    }
  }

  @Test("malformed UTF-8 inside strings becomes U+FFFD and is counted, in each line anew")
  func malformedText() throws {
    let line = Array(#"{"id": 1, "text": "a?b\n?", "f": "?"}"#.utf8).map { $0 == UInt8(ascii: "?") ? 0xFF : $0 }
    var reader = JSONLinesReader(path: "laws.jsonl")
    for _ in 0..<2 {
      let document = try #require(try reader.read(line.span, number: 1))
      #expect(document.text == "a\u{FFFD}b\n\u{FFFD}")
      #expect(document.warnings == [.malformedText(replacements: 3)])
    }
  }

  @Test(
    "what is no document is refused by line and reason",
    arguments: [
      ("[1]", "not a JSON object"), ("null", "not a JSON object"), ("\"a\"", "not a JSON object"),
      ("x", "not a JSON object"),
      (#"{"text": ""}"#, #"the object has no "id""#), (#"{"id": 1}"#, #"the object has no "text""#),
      (#"{}"#, #"the object has no "id""#), (#"{"id": "", "text": ""}"#, #""id" must not be empty"#),
      (#"{"id": 1.0, "text": ""}"#, #""id" must be a string or an integer"#),
      (#"{"id": 1e3, "text": ""}"#, #""id" must be a string or an integer"#),
      (#"{"id": null, "text": ""}"#, #""id" must be a string or an integer"#),
      (#"{"id": [1], "text": ""}"#, #""id" must be a string or an integer"#),
      (#"{"id": 1, "text": null}"#, #""text" must be a string"#),
      (#"{"id": 1, "text": 5}"#, #""text" must be a string"#),
      (#"{"id": 1, "text": "", "title": 5}"#, #""title" must be a string, or be left out"#),
      (#"{"id": 1, "id": 2, "text": ""}"#, #""id" stands twice in the object"#),
      (#"{"id": 1, "text": "", "a": 1, "\u0061": 2}"#, #""a" stands twice in the object"#),
      (
        #"{"id": 1, "text": "", "score": 1}"#,
        #""score" is a name that search answers use themselves; rename the field"#
      ),
      (#"{"snippets": {"#, #""snippets" is a name that search answers use themselves; rename the field"#),
      (#"{"source": "x", "id": 1}"#, #""source" is a name that search answers use themselves; rename the field"#),
      (
        #"{"id": 1, "a": {}}"#,
        #""a" holds an object or a list of lists; fields are strings, numbers, booleans, null or lists of these"#
      ),
      (
        #"{"id": 1, "a": [1, [2]]}"#,
        #""a" holds an object or a list of lists; fields are strings, numbers, booleans, null or lists of these"#
      ),
      (#"{"id": 1, "n": 1e999}"#, "the number at byte 16 of the line is out of range"),
    ])
  func refused(line: String, reason: String) {
    expectError(line, "laws.jsonl:17: \(reason)")
  }

  @Test(
    "broken JSON is refused with the place",
    arguments: [
      (#"{"id": 1"#, "',' or '}'", 9), (#"{"id": 1, }"#, "a string", 11), (#"{"id": 1,, "a": 2}"#, "a string", 10),
      (#"{id: 1}"#, "a string", 2), (#"{'id': 1}"#, "a string", 2), (#"{"id" 1}"#, "':'", 7),
      (#"{"id": 1, "a": }"#, "a value", 16), (#"{"id": 1, "a": tru}"#, "a value", 16),
      (#"{"id": 1, "a": True}"#, "a value", 16), (#"{"id": 1, "a": NaN}"#, "a value", 16),
      (#"{"id": 1, "a": 01}"#, "',' or '}'", 17), (#"{"id": 1, "a": 1.}"#, "a digit", 18),
      (#"{"id": 1, "a": .5}"#, "a value", 16), (#"{"id": 1, "a": +5}"#, "a value", 16),
      (#"{"id": 1, "a": -}"#, "a digit", 17), (#"{"id": 1, "a": 1e}"#, "a digit", 18),
      (#"{"id": 1, "a": [1 2]}"#, "',' or ']'", 19), (#"{"id": 1, "a": [1,]}"#, "a value", 19),
      (#"{"id": 1, "a": [1"#, "',' or ']'", 18), (#"{"id": 1, "a": "x"#, "'\"' at the end of the string", 18),
      (#"{"id": 1, "a": "\x"}"#, "one of \"\\/bfnrtu behind the backslash", 18),
      (#"{"id": 1, "a": "\u12g4"}"#, "a hexadecimal digit", 21),
      (#"{"id": 1, "a": "\ud842\u12"}"#, "a hexadecimal digit", 27),
      ("{\"id\": 1, \"a\": \"\t\"}", "an escape instead of a control character", 17),
      (#"{"id": 1, "text": ""} x"#, "the end of the line", 23),
      (#"{"id": 1, "text": ""}{}"#, "the end of the line", 22),
      (#"{"id": 1, // no"#, "a string", 11), (#"{"#, "a string", 2),
      (#"{"id": 1, "a": "\"#, "one of \"\\/bfnrtu behind the backslash", 18),
    ])
  func broken(line: String, expected: String, byte: Int) {
    expectError(line, "laws.jsonl:17: not valid JSON: expected \(expected) at byte \(byte) of the line")
  }

  private func expectError(_ line: String, _ message: String) {
    do {
      let document = try read(line)
      Issue.record("no error for \(line): \(String(describing: document))")
    } catch {
      #expect("\(error)" == message)
    }
  }
}
