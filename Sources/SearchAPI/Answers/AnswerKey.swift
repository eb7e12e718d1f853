/// A key of an answer's object: one of ours, or the name of a user's field.
struct AnswerKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) {
    stringValue = name
  }

  init?(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    nil
  }
}

extension KeyedEncodingContainer<AnswerKey> {
  /// Encodes the user's fields beside our own keys, which nobody else may take.
  mutating func encode(fields: [AnswerField], except reserved: Set<String>) throws {
    for field in fields where !reserved.contains(field.name) {
      try encode(field.value, forKey: AnswerKey(field.name))
    }
  }
}

extension KeyedDecodingContainer<AnswerKey> {
  /// Decodes all fields that are not our own, by name.
  func decodeFields(except reserved: Set<String>) throws -> [AnswerField] {
    try allKeys.map(\.stringValue).filter { !reserved.contains($0) }.sorted().map { name in
      AnswerField(name: name, value: try decode(JSONValue.self, forKey: AnswerKey(name)))
    }
  }
}
