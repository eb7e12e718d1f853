/// Why a file could not be read as documents; names the file and the line.
public struct ReadError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's path.
  public let path: String
  /// The line, counted from 1.
  public let line: Int
  /// What is wrong with it.
  public let reason: Reason

  /// What can be wrong with a line.
  public enum Reason: Error, Equatable, Sendable, CustomStringConvertible {
    /// The line does not begin with `{`.
    case notAnObject
    /// The grammar of JSON is broken at a byte of the line, counted from 1.
    case malformed(expected: String, byte: Int)
    /// A name that every object must have is absent.
    case missing(String)
    /// A name's value is of another type than it must be.
    case wrongType(name: String, expected: String)
    /// The `id` is the empty string.
    case emptyID
    /// A name that the answers of the search use for themselves.
    case reserved(String)
    /// A name stands twice in the object.
    case repeated(String)
    /// A field holds an object, or a list inside a list.
    case nested(String)
    /// A number is too large for a 64-bit floating-point number.
    case numberOutOfRange(byte: Int)

    /// What is wrong, without file and line.
    public var description: String {
      switch self {
      case .notAnObject: "not a JSON object"
      case .malformed(let expected, let byte): "not valid JSON: expected \(expected) at byte \(byte) of the line"
      case .missing(let name): "the object has no \"\(name)\""
      case .wrongType(let name, let expected): "\"\(name)\" must be \(expected)"
      case .emptyID: "\"id\" must not be empty"
      case .reserved(let name): "\"\(name)\" is a name that search answers use themselves; rename the field"
      case .repeated(let name): "\"\(name)\" stands twice in the object"
      case .nested(let name):
        "\"\(name)\" holds an object or a list of lists; fields are strings, numbers, booleans, null or lists of these"
      case .numberOutOfRange(let byte): "the number at byte \(byte) of the line is out of range"
      }
    }
  }

  /// Creates an error.
  public init(path: String, line: Int, reason: Reason) {
    self.path = path
    self.line = line
    self.reason = reason
  }

  /// One line: path, line, and what is wrong.
  public var description: String { "\(path):\(line): \(reason)" }
}
