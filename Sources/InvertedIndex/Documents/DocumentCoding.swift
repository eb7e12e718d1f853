/// How a document lies in a record group (see FORMAT.md): a head with its names, a tail with fields and places.
enum DocumentCoding {
  /// Appends the tail of a document; a document without fields and places has an empty one.
  static func appendTail(
    _ fields: [Field], places: TextPlaces, textStart: UInt32, to writer: inout ByteWriter
  ) {
    guard !fields.isEmpty || !places.places.isEmpty else { return }
    writer.append(varint: UInt64(fields.count))
    for field in fields {
      writer.append(string: field.name)
      append(field.value, to: &writer)
    }
    places.append(to: &writer, textStart: textStart)
  }

  /// Reads a tail; nil when it is damaged or not used up.
  static func tail(_ tail: ByteReader, textStart: UInt32) -> (fields: [Field], places: TextPlaces)? {
    guard tail.remaining > 0 else { return ([], TextPlaces()) }
    var reader = tail
    guard let fields = fields(&reader), let places = TextPlaces(&reader, textStart: textStart), reader.remaining == 0
    else { return nil }
    return (fields, places)
  }

  /// Reads the fields of a tail alone; nil when they are damaged.
  static func fields(_ tail: ByteReader) -> [Field]? {
    guard tail.remaining > 0 else { return [] }
    var reader = tail
    return fields(&reader)
  }

  private static func fields(_ reader: inout ByteReader) -> [Field]? {
    guard let count = reader.readCount() else { return nil }
    var fields: [Field] = []
    for _ in 0..<count {
      guard let name = reader.readString(), let value = value(&reader, depth: 0) else { return nil }
      fields.append(Field(name: name, value: value))
    }
    return fields
  }

  private static func append(_ value: FieldValue, to writer: inout ByteWriter) {
    switch value {
    case .null: writer.append(0)
    case .boolean(let flag): writer.append(flag ? 2 : 1)
    case .integer(let number):
      writer.append(3)
      writer.append(fixed: UInt64(bitPattern: number))
    case .number(let number):
      writer.append(4)
      writer.append(fixed: number.bitPattern)
    case .string(let text):
      writer.append(5)
      writer.append(string: text)
    case .list(let values):
      writer.append(6)
      writer.append(varint: UInt64(values.count))
      for value in values { append(value, to: &writer) }
    }
  }

  private static func value(_ reader: inout ByteReader, depth: Int) -> FieldValue? {
    switch reader.readByte() {
    case 0: return .null
    case 1: return .boolean(false)
    case 2: return .boolean(true)
    case 3: return reader.readFixed(UInt64.self).map { .integer(Int64(bitPattern: $0)) }
    case 4: return reader.readFixed(UInt64.self).map { .number(Double(bitPattern: $0)) }
    case 5: return reader.readString().map { .string($0) }
    case 6:
      guard depth == 0, let count = reader.readCount() else { return nil }
      var values: [FieldValue] = []
      for _ in 0..<count {
        guard let value = value(&reader, depth: 1) else { return nil }
        values.append(value)
      }
      return .list(values)
    default: return nil
    }
  }
}
