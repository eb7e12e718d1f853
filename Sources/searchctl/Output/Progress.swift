import SystemIO

/// Shows how far a build is: a bar that is drawn again on a terminal, a line now and then elsewhere.
struct Progress {
  /// All bytes there are to read.
  let totalByteCount: UInt64
  private let console: Console
  private let start: UInt64
  private var lastDrawn: UInt64
  private var isDrawn = false
  /// On a terminal at most ten drawings a second, elsewhere a line every ten seconds.
  private let interval: UInt64
  private var nextByteCount: UInt64 = 0  // until then nobody looks at the clock
  private static let bytesBetweenLooks: UInt64 = 1 << 16

  /// Begins now.
  init(totalByteCount: UInt64, console: Console) {
    self.totalByteCount = totalByteCount
    self.console = console
    start = MonotonicClock.nanoseconds()
    lastDrawn = start
    interval = console.errorIsTerminal ? 100_000_000 : 10_000_000_000
  }

  /// The seconds since the beginning.
  var seconds: Double { MonotonicClock.milliseconds(since: start) / 1000 }

  /// Shows that `byteCount` bytes are read, unless something was shown a moment ago.
  mutating func update(byteCount: UInt64, documents: Int) throws {
    guard byteCount >= nextByteCount else { return }
    nextByteCount = byteCount + Self.bytesBetweenLooks
    let now = MonotonicClock.nanoseconds()
    guard now - lastDrawn >= interval else { return }
    lastDrawn = now
    let line = Self.line(
      byteCount: byteCount, totalByteCount: totalByteCount, documents: documents, seconds: Double(now - start) / 1e9,
      barWidth: console.errorIsTerminal ? max(10, min(30, console.width - 50)) : 0)
    if console.errorIsTerminal {
      isDrawn = true
      try console.show("\r\u{1B}[K" + line.prefix(max(10, console.width - 1)))
    } else {
      try console.say(line)
    }
  }

  /// Shows on a terminal what is done when everything is read.
  mutating func announce(_ step: String) throws {
    guard console.errorIsTerminal else { return }
    isDrawn = true
    try console.show("\r\u{1B}[K" + step)
  }

  /// Takes the bar away, for other lines to be written.
  mutating func clear() throws {
    guard isDrawn else { return }
    isDrawn = false
    try console.show("\r\u{1B}[K")
  }

  /// One line: the bar, the share, the rate, the time left, and the documents.
  static func line(byteCount: UInt64, totalByteCount: UInt64, documents: Int, seconds: Double, barWidth: Int) -> String
  {
    // A file may have grown since it was measured.
    let share = totalByteCount == 0 ? 1 : min(1, Double(byteCount) / Double(totalByteCount))
    let filled = Int(share * Double(barWidth))
    let bar =
      barWidth == 0
      ? "" : "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: barWidth - filled) + "] "
    let left = byteCount == 0 ? "" : ", \(Figures.clock(seconds * (1 - share) / max(share, 1e-9))) left"
    return bar + "\(Figures.fixed(share * 100, 0)) %, \(Figures.rate(byteCount, seconds: seconds))\(left), "
      + Figures.count(documents, "document")
  }
}
