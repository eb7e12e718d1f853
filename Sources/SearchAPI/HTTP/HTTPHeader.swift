/// One header of an answer.
public struct HTTPHeader: Equatable, Sendable {
  /// Its name.
  public var name: String
  /// Its value, without line ends.
  public var value: String

  /// Puts a header together.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
