import Bulletins
import SystemIO

/// The text of a whole file as UTF-8, brought from whatever encoding it is in.
enum SourceText {
  /// No file of text is longer, nor what a program makes of a file.
  static let byteLimit = 256 << 20

  /// The bytes of `file`.
  ///
  /// - Throws: ``UnreadableFile``, with the system's reason or the limit.
  static func bytes(of file: SourceFile) throws -> [UInt8] {
    do {
      let input = try InputFile(opening: file.openPath)
      guard input.byteCount <= UInt64(byteLimit) else {
        throw unreadable(file, "\(Figures.megabytes(input.byteCount)) in one file; \(limit)")
      }
      return try input.read(at: 0, count: Int(clamping: input.byteCount))
    } catch let error as SystemError {
      throw unreadable(file, error)
    }
  }

  /// What is said of a text that is too long.
  static var limit: String {
    "at most \(Figures.megabytes(UInt64(byteLimit))) of text are read as a whole; cut it, or make it .jsonl"
  }

  /// `bytes` as UTF-8, and what there is to say about it.
  ///
  /// Bytes that are neither UTF-8 nor marked as UTF-16 are in the encoding that the file declares, if that fits, or else in the
  /// more plausible of ``EncodingGuess/candidates``; if none is plausible, they are damaged UTF-8, and left to the reader.
  static func utf8(
    _ bytes: [UInt8], of file: SourceFile, declared: TextEncoding? = nil
  ) throws -> (bytes: [UInt8], warnings: [ReadWarning]) {
    var encoding = TextEncoding.shown(by: bytes.span)
    if encoding == nil, let declared, declared != .utf8 {
      let converted = try convert(bytes, from: declared, of: file)
      if converted.replacements * 100 <= bytes.count { return (converted.bytes, [converted.warning]) }
    }
    if encoding == nil { encoding = try guess(bytes, of: file) }
    guard let encoding, encoding != .utf8 else { return (bytes, []) }
    let converted = try convert(bytes, from: encoding, of: file)
    return (converted.bytes, [converted.warning])
  }

  private static func guess(_ bytes: [UInt8], of file: SourceFile) throws -> TextEncoding? {
    let sample = Array(bytes.prefix(EncodingGuess.sampleByteCount))
    var guess = EncodingGuess()
    for candidate in EncodingGuess.candidates {
      let converted = try convert(sample, from: candidate, of: file)
      guess.consider(candidate, String(decoding: converted.bytes, as: UTF8.self), of: sample.span)
    }
    return guess.best
  }

  private static func convert(
    _ bytes: [UInt8], from encoding: TextEncoding, of file: SourceFile
  ) throws -> (bytes: [UInt8], replacements: Int, warning: ReadWarning) {
    do {
      let (utf8, replacements) = try CharacterConverter.utf8(
        of: bytes, encoding: encoding.converterName, unitByteCount: encoding.unitByteCount)
      return (utf8, replacements, .converted(from: encoding, replacements: replacements))
    } catch {
      throw unreadable(
        file, "the system's iconv does not know \(encoding.converterName); Debian has it in libc-gconv-modules-extra")
    }
  }

  static func unreadable(_ file: SourceFile, _ error: SystemError) -> UnreadableFile {
    unreadable(file, "cannot be read (\(error.reason))")
  }

  static func unreadable(_ file: SourceFile, _ reason: String) -> UnreadableFile {
    UnreadableFile(path: file.path, reason: reason)
  }
}
