internal import SearchAPI
internal import SystemIO

/// One connection from its first request to its last, on a thread of its own.
struct Conversation: ~Copyable {
  private static let readByteCount = 1 << 14

  private let connection: StreamConnection
  private let limits: ServerLimits
  private let respond: @Sendable (HTTPRequest) -> HTTPResponse
  private let isLast: @Sendable () -> Bool

  private var parser = HTTPRequestParser()
  private var buffer = [UInt8](repeating: 0, count: Conversation.readByteCount)
  /// When the request that has begun to arrive must be there.
  private var deadline: UInt64?

  /// A conversation that answers with `respond` until the other side ends it, or `isLast` says that the answer being
  /// written is the last.
  init(
    _ connection: StreamConnection, limits: ServerLimits, respond: @escaping @Sendable (HTTPRequest) -> HTTPResponse,
    isLast: @escaping @Sendable () -> Bool
  ) {
    self.connection = connection
    self.limits = limits
    self.respond = respond
    self.isLast = isLast
  }

  /// What every request is answered when there are too many connections.
  @Sendable static func overloaded(_: HTTPRequest) -> HTTPResponse {
    HTTPResponse(
      ProblemDocument(.overloaded, "All connections are taken; try again in a moment."),
      headers: [HTTPHeader(name: "Retry-After", value: "1")])
  }

  /// Tells the other side in passing that there is no room at all.
  static func dismiss(_ connection: StreamConnection) {
    let response = overloaded(HTTPRequest(target: "/")).serialized(keepsConnection: false)
    // The socket's buffer is empty, so this does not wait.
    try? connection.write(response, timeoutMilliseconds: 1)
  }

  /// Reads and answers until the end.
  consuming func run() {
    do {
      while try answerNext() {}
    } catch let problem as ProblemDocument {
      refuse(problem)
    } catch {
      // The other side has gone, or reads too slowly: there is nobody to tell.
    }
    // The descriptor closes when the last reference goes, which may be a little later.
    connection.shutdown(.both)
  }

  /// Answers one request; false when it was the last.
  private mutating func answerNext() throws -> Bool {
    while true {
      if let request = try parser.next() {
        deadline = nil
        let response = respond(request)
        let keepsConnection = request.keepsConnection && !isLast()
        try write(response, keepsConnection: keepsConnection, withBody: request.method != .head)
        return keepsConnection
      }
      guard try readMore() else { return false }
    }
  }

  /// Waits for more of the request; false when none will come and none is missing.
  private mutating func readMore() throws -> Bool {
    let isIdle = parser.isBetweenRequests
    try connection.setReadTimeout(milliseconds: isIdle ? limits.idleMilliseconds : try millisecondsLeft())
    do throws(SystemError) {
      let count = try connection.read(into: &buffer)
      if count == 0 { return false }
      parser.append(buffer[..<count])
      return true
    } catch {
      if !error.isTimeout { throw error }
      if isIdle { return false }
      throw Self.timeout
    }
  }

  /// What is left of the time for the request that is arriving.
  private mutating func millisecondsLeft() throws(ProblemDocument) -> Int {
    let now = MonotonicClock.nanoseconds()
    let deadline = deadline ?? now + UInt64(limits.requestMilliseconds) * 1_000_000
    self.deadline = deadline
    guard now < deadline else { throw Self.timeout }
    return Int((deadline - now) / 1_000_000) + 1
  }

  private func write(_ response: HTTPResponse, keepsConnection: Bool, withBody: Bool = true) throws(SystemError) {
    try connection.write(
      response.serialized(keepsConnection: keepsConnection, withBody: withBody),
      timeoutMilliseconds: limits.writeMilliseconds)
  }

  /// Says what was wrong and closes, but not before the other side could read it: closing while bytes are unread would
  /// throw away the answer.
  private mutating func refuse(_ problem: ProblemDocument) {
    do {
      try write(HTTPResponse(problem), keepsConnection: false)
      connection.shutdown(.write)
      let end = MonotonicClock.nanoseconds() + UInt64(limits.lingerMilliseconds) * 1_000_000
      while case let now = MonotonicClock.nanoseconds(), now < end {
        try connection.setReadTimeout(milliseconds: Int((end - now) / 1_000_000) + 1)
        if try connection.read(into: &buffer) == 0 { return }
      }
    } catch {
      // The other side has gone without reading.
    }
  }

  private static var timeout: ProblemDocument {
    ProblemDocument(.requestTimeout, "The request did not arrive whole in time.")
  }
}
