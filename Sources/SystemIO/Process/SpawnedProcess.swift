internal import Glibc

/// A program that runs: waited for or killed, and then reaped once.
struct SpawnedProcess {
  private let program: String
  private let identifier: pid_t

  /// Starts `program`, looked for in `PATH`, with open files as its standard streams, in a process group of its own.
  ///
  /// - Throws: `ENOENT` when there is no such program.
  init(_ program: String, _ arguments: [String], streams: [Int32]) throws(SystemError) {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      unsafe posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    // SAFETY: the strings are copies that live until the call has returned, each list ends with nil.
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) } + [nil]
    var environment = unsafe Self.environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (words + environment).forEach { unsafe free($0) } }
    var identifier: pid_t = 0
    // It returns the error's number instead of setting errno.
    _ = try SystemCall.perform("posix_spawn", on: program) {
      errno = unsafe posix_spawnp(&identifier, program, &actions, &attributes, &words, &environment)
      return errno == 0 ? 0 : -1
    }
    self.program = program
    self.identifier = identifier
  }

  private static var environment: [String] {
    let path = unsafe getenv("PATH").map { unsafe ["PATH=" + String(cString: $0)] } ?? []
    return path + ["LC_ALL=C.UTF-8"]
  }

  /// How it ended; nil when it still runs.
  func endIfEnded() throws(SystemError) -> ChildProcess.End? {
    var status: Int32 = 0
    let ended = try SystemCall.perform("waitpid", on: program) {
      unsafe waitpid(identifier, &status, WNOHANG)
    }
    guard ended == identifier else { return nil }
    // The layout of a status: the signal in seven bits, 0 for none, and the exit status above them.
    return status & 0x7F == 0 ? .exited(status: (status >> 8) & 0xFF) : .signaled(status & 0x7F)
  }

  /// Kills the process group, and reaps the program.
  ///
  /// - Precondition: it was not reaped before.
  func kill() {
    _ = Glibc.kill(-identifier, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(identifier, &status, 0) < 0 && errno == EINTR {}
  }
}
