/// The paths that answer, and with which methods.
public enum Route: Equatable, Sendable {
  /// `/search?q=…`
  case search
  /// `/suggest?q=…`
  case suggestions
  /// `/documents/{id}`
  case document(id: String)
  /// `/healthz`: the daemon is alive.
  case health
  /// `/readyz`: an index is open.
  case readiness
  /// `/stats`: figures of index and daemon.
  case statistics
  /// `/reload`: take up the newest commit.
  case reload

  private static let documentPrefix = "/documents/"

  /// The route of a path as it came, percent-encoded; the id of a document is everything after `/documents/`.
  ///
  /// - Throws: `bad_request` when the path is not encoded rightly, `not_found` when nothing is there.
  public init(path: [UInt8]) throws(ProblemDocument) {
    guard let decoded = PercentEncoding.decode(path[...], plusIsSpace: false) else {
      throw ProblemDocument(
        .badRequest, "The path is not encoded rightly: a percent sign is written %25, and other bytes are UTF-8.")
    }
    switch decoded {
    case "/search": self = .search
    case "/suggest": self = .suggestions
    case "/healthz": self = .health
    case "/readyz": self = .readiness
    case "/stats": self = .statistics
    case "/reload": self = .reload
    default:
      let id = decoded.utf8.dropFirst(Self.documentPrefix.utf8.count)
      guard decoded.utf8.starts(with: Self.documentPrefix.utf8), !id.isEmpty else {
        throw ProblemDocument(.notFound, "There is nothing at this path.")
      }
      self = .document(id: String(Substring(id)))
    }
  }

  /// The methods that answer.
  public var methods: [HTTPMethod] {
    self == .reload ? [.post] : [.get, .head]
  }

  /// The path as a request has to write it.
  public var encodedPath: String {
    switch self {
    case .search: "/search"
    case .suggestions: "/suggest"
    case .document(let id): Self.documentPrefix + PercentEncoding.encode(id)
    case .health: "/healthz"
    case .readiness: "/readyz"
    case .statistics: "/stats"
    case .reload: "/reload"
    }
  }
}
