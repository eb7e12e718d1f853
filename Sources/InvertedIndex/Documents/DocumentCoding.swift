/// How a document lies in the records section (see FORMAT.md).
enum DocumentCoding {
  private static let tabsFlag: UInt8 = 1
  private static let sourceFlag: UInt8 = 2

  /// Appends the record of `document`.
  static func append(
    _ document: Document, places: TextPlaces, textStart: UInt32, to writer: inout ByteWriter
  ) {
    writer.append(string: document.key)
    writer.append((document.tabsSeparateCells ? tabsFlag : 0) | (document.source == nil ? 0 : sourceFlag))
    if let source = document.source {
      writer.append(string: source.path)
      writer.append(varint: UInt64(source.startLine))
      writer.append(varint: UInt64(source.endLine))
    }
    writer.append(string: document.title)
    writer.append(varint: UInt64(document.fields.count))
    for field in document.fields {
      writer.append(string: field.name)
      append(field.value, to: &writer)
    }
    places.append(to: &writer, textStart: textStart)
    writer.append(string: document.text)
  }

  /// The key of a record.
  static func key(_ reader: inout ByteReader) -> UnsafeRawBufferPointer? {
    guard let count = reader.readCount() else { return nil }
    return unsafe reader.readBytes(count)
  }

  /// Everything but the text and its places, before which the reader then stands; nil when the record is damaged.
  static func header(_ reader: inout ByteReader) -> Document? {
    guard let key = reader.readString(), let flags = reader.readByte(), flags <= 3 else { return nil }
    var document = Document(key: key, text: "")
    document.tabsSeparateCells = flags & tabsFlag != 0
    if flags & sourceFlag != 0 {
      guard let path = reader.readString(), let start = reader.readCount(), let end = reader.readCount() else {
        return nil
      }
      document.source = SourceLocation(path: path, startLine: start, endLine: end)
    }
    guard let title = reader.readString(), let fieldCount = reader.readCount() else { return nil }
    document.title = title
    for _ in 0..<fieldCount {
      guard let name = reader.readString(), let value = value(&reader, depth: 0) else { return nil }
      document.fields.append(Field(name: name, value: value))
    }
    return document
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
