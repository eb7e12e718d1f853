/// The body of `/healthz` and, when an index is open, of `/readyz`.
public struct HealthAnswer: Codable, Equatable, Sendable {
  /// `ok` or `ready`.
  public var status: String

  /// A state in one word.
  public init(status: String) {
    self.status = status
  }
}
