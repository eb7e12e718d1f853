internal import SearchAPI
internal import Synchronization
internal import SystemIO

/// Sockets on one side, a function from request to answer on the other: a thread for each connection.
final class Server: Sendable {
  private struct State {
    var connections: [ObjectIdentifier: StreamConnection] = [:]
    var isStopping = false
  }

  private enum Admission {
    case serve
    case refuse
    case drop
  }

  private let limits: ServerLimits
  private let log: Log
  private let respond: @Sendable (HTTPRequest) -> HTTPResponse
  private let state = Mutex(State())
  private let listeners: [StreamListener]
  private let acceptors = Mutex<[SystemThread]>([])

  init(
    listeners: [StreamListener], limits: ServerLimits, log: Log,
    respond: @escaping @Sendable (HTTPRequest) -> HTTPResponse
  ) {
    self.listeners = listeners
    self.limits = limits
    self.log = log
    self.respond = respond
  }

  /// How many connections are open.
  var connectionCount: Int { state.withLock { $0.connections.count } }

  /// Starts accepting on every listener.
  func start() throws(SystemError) {
    for listener in listeners {
      let thread = try SystemThread(starting: "accept on \(listener.path)") { self.accept(on: listener) }
      acceptors.withLock { $0.append(thread) }
    }
  }

  /// Lets nobody in any more, closes idle connections, and returns when the requests taken are answered, or when
  /// ``ServerLimits/stopMilliseconds`` have passed.
  func stop() {
    let start = MonotonicClock.nanoseconds()
    let open = state.withLock { state in
      state.isStopping = true
      return Array(state.connections.values)
    }
    for listener in listeners { listener.stop() }
    // A connection that waits for a request sees the end; one that is being answered is not disturbed.
    for connection in open { connection.shutdown(.read) }
    for thread in acceptors.withLock({ $0 }) { thread.join() }
    while connectionCount > 0, MonotonicClock.milliseconds(since: start) < Double(limits.stopMilliseconds) {
      MonotonicClock.sleep(milliseconds: 2)
    }
    for connection in state.withLock({ Array($0.connections.values) }) { connection.shutdown(.both) }
  }

  private func accept(on listener: StreamListener) {
    var isFailing = false
    while true {
      do throws(SystemError) {
        guard let connection = try listener.accept() else { return }
        isFailing = false
        admit(connection)
      } catch {
        // Out of descriptors, most likely: said once, then tried again until one is free.
        if !isFailing { log.line("accept failed: \(error)") }
        isFailing = true
        MonotonicClock.sleep(milliseconds: 50)
      }
    }
  }

  private func admit(_ connection: StreamConnection) {
    let admission = state.withLock { state -> Admission in
      let count = state.connections.count
      guard !state.isStopping, count < limits.maximumConnections + limits.maximumRefusals else { return .drop }
      state.connections[ObjectIdentifier(connection)] = connection
      return count < limits.maximumConnections ? .serve : .refuse
    }
    guard admission != .drop else { return Conversation.dismiss(connection) }
    do throws(SystemError) {
      _ = try SystemThread(starting: "connection") {
        let conversation = Conversation(
          connection, limits: self.limits, respond: admission == .serve ? self.respond : Conversation.overloaded,
          isLast: { admission == .refuse || self.state.withLock { $0.isStopping } })
        conversation.run()
        self.forget(connection)
      }
    } catch {
      log.line("connection failed: \(error)")
      Conversation.dismiss(connection)
      forget(connection)
    }
  }

  private func forget(_ connection: StreamConnection) {
    _ = state.withLock { $0.connections.removeValue(forKey: ObjectIdentifier(connection)) }
  }
}
