internal import Glibc

/// What this process has used so far.
public enum ProcessUsage {
  /// The most memory that was resident at any time, in bytes; 0 when the system does not say.
  ///
  /// From `VmHWM` in `/proc/self/status`, since `ru_maxrss` begins with what the parent process had.
  public static var peakResidentByteCount: UInt64 {
    guard let reader = try? LineReader(opening: "/proc/self/status", bufferByteCount: 4096) else { return 0 }
    var kibibytes: UInt64 = 0
    let label = Array("VmHWM:".utf8)
    while kibibytes == 0 {
      let found = unsafe try? reader.next { line in
        guard unsafe line.starts(with: label) else { return }
        let digits = unsafe line.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        kibibytes = digits.reduce(0) { $0 &* 10 &+ UInt64($1 - UInt8(ascii: "0")) }
      }
      guard found == true else { break }
    }
    return kibibytes &* 1024
  }

  /// Processor time of all threads, in user and in system mode together.
  public static var processorNanoseconds: UInt64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
