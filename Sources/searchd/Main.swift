internal import SearchAPI
internal import SystemIO

/// The daemon: `searchd --index DIR --socket PATH`.
@main
enum Main {
  static func main() {
    StandardStream.openMissing()
    exitProcess(run(Array(CommandLine.arguments.dropFirst())))
  }

  /// Does what the arguments say and returns the exit status: 0 after a stop that was asked for, 2 when the daemon could
  /// not start.
  private static func run(_ arguments: [String]) -> Int32 {
    do {
      switch try Options.parse(arguments) {
      case .help: try StandardStream.output.write(Options.helpText)
      case .version: try StandardStream.output.write("searchd \(Product.version) (\(Product.name))\n")
      case .serve(let options): try serve(options)
      }
      return 0
    } catch {
      try? StandardStream.error.write("searchd: \(error)\n")
      return 2
    }
  }

  /// Serves until a signal says stop.
  private static func serve(_ options: Options) throws {
    Allocator.keepMemoryBetweenQueries()
    SignalSet.ignoreBrokenPipes()
    let signals = SignalSet([SignalSet.hangup, SignalSet.interrupt, SignalSet.terminate])
    // Before the first thread, so that every thread leaves them to the one that waits below.
    try signals.block()
    let daemon = try Daemon(starting: options, log: Log())
    while try signals.wait() == SignalSet.hangup { daemon.reload() }
    daemon.stop()
  }
}
