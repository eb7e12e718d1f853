/// How many may connect, and how long things may take.
struct ServerLimits: Sendable {
  /// Connections served at a time; those beyond are told to come back later.
  var maximumConnections = 256
  /// Connections beyond ``maximumConnections`` that are told so politely, after their request is read.
  var maximumRefusals = 32
  /// How long a connection may stay open between two requests.
  var idleMilliseconds = 60_000
  /// How long a request may take to arrive, from its first byte to its last.
  var requestMilliseconds = 10_000
  /// How long an answer may take to be read by the other side.
  var writeMilliseconds = 30_000
  /// How long, after a refusal, what the other side still sends is thrown away, so that it can read the answer.
  var lingerMilliseconds = 2_000
  /// How long a stop waits for requests that are being answered.
  var stopMilliseconds = 8_000
}
