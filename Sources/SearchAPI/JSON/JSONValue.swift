/// The value of a document's field: a scalar, or a list of scalars.
public enum JSONValue: Codable, Equatable, Sendable {
  /// Text.
  case string(String)
  /// A number without a fraction that 64 bits can hold.
  case integer(Int64)
  /// Any other number.
  case number(Double)
  /// true or false.
  case boolean(Bool)
  /// Nothing.
  case null
  /// Several values.
  case list([JSONValue])

  /// Reads whichever of these comes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int64.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else {
      self = .list(try container.decode([JSONValue].self))
    }
  }

  /// Writes the value itself.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .boolean(let value): try container.encode(value)
    case .null: try container.encodeNil()
    case .list(let values): try container.encode(values)
    }
  }
}
