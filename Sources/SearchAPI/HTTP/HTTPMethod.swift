/// The methods a request may name.
///
/// Only ``get``, ``head`` and ``post`` do anything; the others are known so that they are refused with 405, not 501.
public enum HTTPMethod: String, Sendable {
  /// Asks for an answer.
  case get = "GET"
  /// Asks for an answer's head only.
  case head = "HEAD"
  /// Asks that something be done.
  case post = "POST"
  /// Not allowed anywhere.
  case put = "PUT"
  /// Not allowed anywhere.
  case patch = "PATCH"
  /// Not allowed anywhere.
  case delete = "DELETE"
  /// Not allowed anywhere.
  case options = "OPTIONS"
  /// Not allowed anywhere.
  case trace = "TRACE"
  /// Not allowed anywhere.
  case connect = "CONNECT"
}
