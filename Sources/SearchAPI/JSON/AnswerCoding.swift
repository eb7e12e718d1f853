internal import FoundationEssentials

/// JSON as it goes over the wire: keys sorted, slashes as they are, so that the same answer is the same bytes.
public enum AnswerCoding {
  /// The bytes of `answer`.
  ///
  /// - Throws: `EncodingError` for a number that JSON cannot say.
  public static func encode(_ answer: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(answer))
  }

  /// The bytes of the answer to a search: the same as ``encode(_:)`` makes, in a tenth of the time.
  public static func bytes(of answer: SearchAnswer) -> [UInt8] {
    var writer = JSONWriter()
    answer.write(to: &writer)
    return writer.bytes
  }

  /// The answer that `bytes` say.
  ///
  /// - Throws: `DecodingError` when they say something else.
  public static func decode<A: Decodable>(_ type: A.Type, from bytes: [UInt8]) throws -> A {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}

extension HTTPResponse {
  /// Status 200 with `answer` as JSON.
  ///
  /// - Throws: `EncodingError` for a number that JSON cannot say.
  public init(answer: some Encodable) throws {
    self.init(status: 200, contentType: Self.jsonContentType, body: try AnswerCoding.encode(answer))
  }

  /// The answer that says why there is none.
  public init(_ problem: ProblemDocument, headers: [HTTPHeader] = []) {
    let body: [UInt8]
    do {
      body = try AnswerCoding.encode(problem)
    } catch {
      preconditionFailure("a problem document has only text and whole numbers: \(error)")
    }
    self.init(status: problem.status, contentType: ProblemDocument.contentType, headers: headers, body: body)
  }
}
