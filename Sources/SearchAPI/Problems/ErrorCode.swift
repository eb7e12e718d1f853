/// Every way in which a request can be refused or fail.
///
/// The raw value is the `code` of the problem document and never changes its meaning.
public enum ErrorCode: String, CaseIterable, Codable, Sendable {
  /// The request breaks the rules of HTTP or of percent-encoding.
  case badRequest = "bad_request"
  /// `q` is not there, or empty, and there is no filter.
  case queryMissing = "query_missing"
  /// `q` has more than ``SearchParameters/maximumQueryLength`` characters.
  case queryTooLong = "query_too_long"
  /// With `syntax=strict`: `q` is not well-formed; `position` and `caret` show where.
  case querySyntax = "query_syntax"
  /// `limit` is not a whole number from 0 to ``SearchParameters/maximumLimit``.
  case limitOutOfRange = "limit_out_of_range"
  /// `offset` is not a whole number from 0 to ``SearchParameters/maximumOffset``.
  case offsetOutOfRange = "offset_out_of_range"
  /// `rank` names no ranking.
  case unknownRanking = "unknown_ranking"
  /// Another parameter has a value that it cannot have.
  case invalidParameter = "invalid_parameter"
  /// There is nothing at this path.
  case notFound = "not_found"
  /// The index has no document with this id.
  case documentNotFound = "document_not_found"
  /// The path is right and the method is not; `Allow` names those that are.
  case methodNotAllowed = "method_not_allowed"
  /// The request did not arrive whole in time.
  case requestTimeout = "request_timeout"
  /// A body of unannounced length (`Transfer-Encoding: chunked`) is not read.
  case lengthRequired = "length_required"
  /// The body is longer than ``HTTPLimits/bodyByteCount``.
  case bodyTooLarge = "body_too_large"
  /// The request line is longer than ``HTTPLimits/requestLineByteCount``.
  case targetTooLong = "target_too_long"
  /// An `Expect` header asks for something that is not done here.
  case expectationFailed = "expectation_failed"
  /// The headers are longer or more than ``HTTPLimits`` allows.
  case headersTooLarge = "headers_too_large"
  /// A file of the index is not what it should be.
  case indexDamaged = "index_damaged"
  /// The index could not be read.
  case indexError = "index_error"
  /// The newest commit could not be taken up; the one before goes on serving.
  case reloadFailed = "reload_failed"
  /// The method or the transfer coding is not known.
  case notImplemented = "not_implemented"
  /// No index is open.
  case notReady = "not_ready"
  /// All connections are taken.
  case overloaded = "overloaded"
  /// Neither HTTP/1.0 nor HTTP/1.1.
  case versionNotSupported = "http_version_not_supported"

  /// The HTTP status that goes with the code.
  public var status: Int {
    switch self {
    case .badRequest, .queryMissing, .queryTooLong, .querySyntax, .limitOutOfRange, .offsetOutOfRange, .unknownRanking,
      .invalidParameter:
      400
    case .notFound, .documentNotFound: 404
    case .methodNotAllowed: 405
    case .requestTimeout: 408
    case .lengthRequired: 411
    case .bodyTooLarge: 413
    case .targetTooLong: 414
    case .expectationFailed: 417
    case .headersTooLarge: 431
    case .indexDamaged, .indexError, .reloadFailed: 500
    case .notImplemented: 501
    case .notReady, .overloaded: 503
    case .versionNotSupported: 505
    }
  }
}
