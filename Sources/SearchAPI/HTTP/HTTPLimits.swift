/// How large a request may be.
public struct HTTPLimits: Sendable {
  /// The request line without its line end; more is 414.
  public var requestLineByteCount = 128 << 10
  /// All header lines with their line ends; more is 431.
  public var headerByteCount = 64 << 10
  /// The number of header lines; more is 431.
  public var headerCount = 100
  /// The announced length of a body; more is 413.
  public var bodyByteCount = 64 << 10

  /// The limits that hold unless a test wants others.
  public init() {}
}
