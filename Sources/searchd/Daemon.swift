internal import InvertedIndex
internal import SearchAPI
internal import SearchService
internal import Synchronization
internal import SystemIO

/// An index, a service over it, and the sockets it is asked through.
final class Daemon: Sendable {
  private let log: Log
  private let claim: SocketClaim
  private let server: Server
  private let service: SearchService

  /// Opens the index, then the sockets, so that whoever can connect is answered.
  ///
  /// - Throws: ``StartError``, with nothing left behind.
  init(starting options: Options, limits: ServerLimits = ServerLimits(), log: Log) throws(StartError) {
    let start = MonotonicClock.nanoseconds()
    let synonyms = options.synonyms.map { SynonymFile(path: $0) }
    let holder = SnapshotHolder(directory: options.index, synonyms: synonyms)
    let snapshot = try Self.open(holder)
    let service = SearchService(holder: holder) { log.line("\($0)") }
    let claim = try SocketClaim(path: options.socket, mode: options.mode)
    var limits = limits
    limits.maximumConnections = options.maximumConnections
    var listeners = [claim.listener]
    do throws(SystemError) {
      if let address = options.listen {
        listeners.append(try StreamListener(loopback: address.host, port: address.port))
      }
      server = Server(listeners: listeners, limits: limits, log: log) { service.response(to: $0) }
      try server.start()
    } catch {
      for listener in listeners { listener.stop() }
      try? claim.release()
      throw Self.startError(error, listen: options.listen)
    }
    self.log = log
    self.claim = claim
    self.service = service
    let places = listeners.dropFirst().map { " listen=\($0.path)" }.joined()
    let milliseconds = (MonotonicClock.milliseconds(since: start) * 1000).rounded() / 1000
    log.line(
      "ready socket=\(options.socket)\(places) documents=\(snapshot.documentCount) generation=\(snapshot.generation) "
        + "ms=\(milliseconds)")
  }

  /// Takes up the newest commit; what comes of it is logged.
  func reload() {
    _ = try? service.reload()
  }

  /// Finishes the requests taken, closes the connections and removes the socket.
  func stop() {
    log.line("stop connections=\(server.connectionCount)")
    server.stop()
    do throws(SystemError) {
      try claim.release()
    } catch {
      log.line("socket left behind: \(error)")
    }
    log.line("stopped requests=\(service.answeredRequestCount)")
  }

  private static func open(_ holder: SnapshotHolder) throws(StartError) -> Snapshot {
    var malformed: SynonymFile.ReadError?
    let snapshot: Snapshot
    do throws(IndexError) {
      snapshot = try holder.reload { malformed = $0 }
    } catch {
      let sentence = "\(error)"
      if sentence.contains(holder.directory) && sentence.contains("searchctl rebuild") { throw StartError(sentence) }
      throw StartError(
        "\(holder.directory): \(sentence) A new index is made with 'searchctl rebuild --index \(holder.directory) PATH...'."
      )
    }
    if let malformed { throw StartError(malformed.description) }
    return snapshot
  }

  private static func startError(_ error: SystemError, listen: LoopbackAddress?) -> StartError {
    guard let listen, error.isUnavailableAddress else { return StartError("The socket cannot be made: \(error).") }
    return StartError("--listen takes only loopback addresses such as 127.0.0.1, and \(listen.host) is none.")
  }
}
