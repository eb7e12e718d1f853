internal import Glibc

/// Runs a program of the system to its end: a file is its input, what it writes is gathered.
///
/// No shell is involved. The program gets three open files, `PATH`, and a UTF-8 locale in English. It has a process group
/// of its own, which is killed as a whole when a limit is passed, and it is always reaped.
public struct ChildProcess: Equatable, Sendable {
  /// How a program ended.
  public enum End: Equatable, Sendable {
    /// By itself, with a status.
    case exited(status: Int32)
    /// By a signal that was not sent from here.
    case signaled(Int32)
    /// Killed: its time was over.
    case tookTooLong
    /// Killed: it wrote more than the limit.
    case wroteTooMuch
  }

  /// How it ended.
  public let end: End
  /// What it wrote to its output, up to the limit.
  public let output: [UInt8]
  /// The beginning of what it wrote to its error stream.
  public let messages: [UInt8]

  /// Runs `program`, looked for in `PATH`, with the file at `input` as its standard input.
  ///
  /// As the program is handed an open file, no file's name can be mistaken for an option.
  ///
  /// - Parameters:
  ///   - outputLimit: the most bytes of output; at one more the program is killed.
  ///   - seconds: the longest time it may take.
  /// - Throws: what opening `input` throws; `ENOENT` with `program` as its path when there is no such program.
  public static func run(
    _ program: String, _ arguments: [String], input: String, outputLimit: Int, seconds: Double
  ) throws(SystemError) -> ChildProcess {
    let file = try Descriptor(opening: input, flags: O_RDONLY | O_NONBLOCK)
    _ = try file.regularByteCount(path: input)
    let outputEnds = try Self.pipe(for: program)
    let output = Descriptor(owning: outputEnds.reading)
    let outputWriter = Descriptor(owning: outputEnds.writing)
    let messageEnds = try Self.pipe(for: program)
    let messages = Descriptor(owning: messageEnds.reading)
    let messageWriter = Descriptor(owning: messageEnds.writing)
    let spawned = try SpawnedProcess(
      program, arguments, streams: [file.rawValue, outputWriter.rawValue, messageWriter.rawValue])
    // The pipes end only when nobody can write into them any more.
    _ = consume outputWriter
    _ = consume messageWriter
    var gathering = Gathering(outputLimit: outputLimit, seconds: seconds)
    do throws(SystemError) {
      let end: End
      if let limit = try gathering.read(output.rawValue, messages.rawValue, of: program) {
        spawned.kill()
        end = limit
      } else {
        end = try gathering.waitForEnd(of: spawned)
      }
      return ChildProcess(end: end, output: gathering.output, messages: gathering.messages)
    } catch {
      spawned.kill()
      throw error
    }
  }

  private static func pipe(for program: String) throws(SystemError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    _ = try SystemCall.perform("pipe", on: program) { unsafe Glibc.pipe(&ends) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

/// What a running program has written, and the limits on it.
private struct Gathering {
  private(set) var output: [UInt8] = []
  private(set) var messages: [UInt8] = []
  private let outputLimit: Int
  private let started = MonotonicClock.nanoseconds()
  private let milliseconds: Double
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)
  /// Of messages, so many bytes are kept.
  private static let messageLimit = 4096

  init(outputLimit: Int, seconds: Double) {
    self.outputLimit = outputLimit
    milliseconds = seconds * 1000
  }

  private var millisecondsLeft: Double { milliseconds - MonotonicClock.milliseconds(since: started) }

  /// Reads both streams to their ends; the limit that was passed before, if one was.
  mutating func read(
    _ outputStream: Int32, _ messageStream: Int32, of program: String
  ) throws(SystemError) -> ChildProcess.End? {
    let events = Int16(POLLIN)
    var streams = [
      pollfd(fd: outputStream, events: events, revents: 0), pollfd(fd: messageStream, events: events, revents: 0),
    ]
    while streams.contains(where: { $0.fd >= 0 }) {
      let left = millisecondsLeft
      guard left > 0 else { return .tookTooLong }
      _ = try SystemCall.perform("poll", on: program) {
        unsafe poll(&streams, nfds_t(streams.count), Int32(min(left + 1, 60_000)))
      }
      for index in streams.indices where streams[index].fd >= 0 && streams[index].revents != 0 {
        let stream = streams[index].fd
        let count = try SystemCall.transfer("read", on: program, count: chunk.count) { count in
          unsafe Glibc.read(stream, &chunk, count)
        }
        if count == 0 {
          streams[index].fd = -1  // poll passes over it
        } else if index == 1 {
          messages += chunk.prefix(min(count, Self.messageLimit - messages.count))
        } else {
          output += chunk.prefix(min(count, outputLimit - output.count + 1))
          guard output.count <= outputLimit else {
            output.removeLast()
            return .wroteTooMuch
          }
        }
      }
    }
    return nil
  }

  /// Waits for the end of a program that has closed its streams.
  func waitForEnd(of process: SpawnedProcess) throws(SystemError) -> ChildProcess.End {
    while true {
      if let end = try process.endIfEnded() { return end }
      guard millisecondsLeft > 0 else {
        process.kill()
        return .tookTooLong
      }
      MonotonicClock.sleep(milliseconds: 1)
    }
  }
}
