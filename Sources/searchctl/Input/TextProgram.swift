import Bulletins
import SystemIO

/// A program of the system that makes text of a file.
struct TextProgram {
  /// The program's name, looked for in `PATH`.
  let name: String
  /// Its words, the file being its standard input.
  let arguments: [String]
  /// Debian's package that has it.
  let package: String
  /// What its exit statuses say, where they say more than its messages.
  var reasons: [Int32: String] = [:]

  /// The text of a PDF in the order in which it was set, page breaks as form feeds: other orders put columns side by side.
  static let pdfText = TextProgram(
    name: "pdftotext", arguments: ["-raw", "-enc", "UTF-8", "/dev/stdin", "-"], package: "poppler-utils")
  /// The one part of a `.docx` file that has the text.
  static let wordText = TextProgram(
    name: "unzip", arguments: ["-p", "/dev/stdin", "word/document.xml"], package: "unzip",
    reasons: [9: "not a .docx file: no zip archive", 11: "not a .docx file: the zip archive has no word/document.xml"])

  private static let seconds = 120

  /// What the program makes of `file`, and what it had to say.
  ///
  /// - Throws: ``UnreadableFile`` when there is no such program, or it fails, takes two minutes, or writes too much.
  func text(of file: SourceFile) throws -> (bytes: [UInt8], warnings: [ReadWarning]) {
    let child: ChildProcess
    do {
      child = try ChildProcess.run(
        name, arguments, input: file.openPath, outputLimit: SourceText.byteLimit, seconds: Double(Self.seconds))
    } catch {
      let isProgramMissing = error.isMissingFile && error.path == name
      throw isProgramMissing
        ? SourceText.unreadable(file, "\(name) is not installed (Debian's package \(package))")
        : SourceText.unreadable(file, error)
    }
    let message = Self.message(in: child.messages)
    switch child.end {
    case .exited(status: 0):
      return (child.output, message.map { [.program(name: name, message: $0)] } ?? [])
    case .exited(let status):
      throw SourceText.unreadable(
        file, reasons[status] ?? "\(name): " + (message ?? "no message") + " (exit status \(status))")
    case .signaled(let signal): throw SourceText.unreadable(file, "\(name) was ended by signal \(signal)")
    case .tookTooLong: throw SourceText.unreadable(file, "\(name) took more than \(Self.seconds) s")
    case .wroteTooMuch: throw SourceText.unreadable(file, SourceText.limit)
    }
  }

  /// The first line that speaks of an error, or else the first line; nil when there is none.
  private static func message(in bytes: [UInt8]) -> String? {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
      .filter { line in line.contains { !$0.isWhitespace } }
    return (lines.first { $0.contains("Error") } ?? lines.first).map { String($0.prefix(200)) }
  }
}
