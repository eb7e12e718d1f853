/// Numbers as a person reads them.
enum Figures {
  /// `number` with a fixed number of digits behind the point: `fixed(3.14159, 2)` is `3.14`.
  ///
  /// - Precondition: 0 ≤ `digits` ≤ 9.
  static func fixed(_ number: Double, _ digits: Int) -> String {
    precondition((0...9).contains(digits), "a fixed number has at most nine decimals")
    guard number.isFinite else { return "\(number)" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (number.magnitude * scale).rounded()
    guard scaled < 9e15 else { return "\(number)" }
    let whole = UInt64(scaled)
    let sign = number < 0 && whole > 0 ? "-" : ""
    let text = String(whole)
    if digits == 0 { return sign + text }
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return sign + padded.dropLast(digits) + "." + padded.suffix(digits)
  }

  /// A number of bytes in megabytes of a million: `58.1 MB`.
  static func megabytes(_ byteCount: UInt64) -> String {
    fixed(Double(byteCount) / 1_000_000, 1) + " MB"
  }

  /// Megabytes in a second: `61.3 MB/s`.
  static func rate(_ byteCount: UInt64, seconds: Double) -> String {
    fixed(seconds > 0 ? Double(byteCount) / 1_000_000 / seconds : 0, 1) + " MB/s"
  }

  /// A number with its noun: `1 file`, `2 files`.
  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Seconds as minutes and seconds: `0:07`, `12:40`, `1:02:03`.
  static func clock(_ seconds: Double) -> String {
    let total = Int(min(max(seconds, 0), 359_999).rounded())
    let two = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (total / 3600, total / 60 % 60)
    return (hours > 0 ? "\(hours):\(two(minutes))" : "\(minutes)") + ":" + two(total % 60)
  }
}
