/// Turns text into terms: the one door for documents and queries.
///
/// Text is folded (width, case, Traditional to Simplified, compatibility forms), cut into runs by script, and Han, kana and
/// Hangul runs become overlapping bigrams; letters and digits become words. The rules and their examples stand in
/// ARCHITECTURE.md; every index records ``analysisVersion``.
///
///     var buffer = TokenBuffer()
///     Tokenizer().tokenize("尾矿库２０２１".utf8Span.span, into: &buffer)
///     // 尾矿@0 矿库@1 库@2 2021@3
public struct Tokenizer: Sendable {
  /// Raised by any change that gives some text other tokens.
  public static let analysisVersion: UInt16 = 2
  /// The longest word in bytes of folded UTF-8; a longer one is cut into words on neighbouring positions.
  public static let longestWord = 255

  /// What a tab is.
  public enum TabRule: Sendable {
    /// White space like any other.
    case whiteSpace
    /// The border of two table cells: a gap, which no phrase crosses. Lines with a tab, and lines that begin with `|`, are rows,
    /// each a paragraph.
    case cellBorder
  }

  private let tabRule: TabRule

  /// A tokenizer; making one costs nothing.
  public init(tabRule: TabRule = .whiteSpace) { self.tabRule = tabRule }

  /// Appends the tokens of `text` to `buffer`, positions counted on from the buffer's ``TokenBuffer/positionCount``.
  ///
  /// Total: malformed UTF-8 is read as gaps and counted, one for each maximal malformed part.
  ///
  /// - Complexity: O(*n*) for *n* bytes.
  /// - Precondition: `text` has fewer than 2³² bytes.
  public func tokenize(_ text: Span<UInt8>, into buffer: inout TokenBuffer) {
    precondition(text.count < Int(UInt32.max), "a text is shorter than 4 GiB")
    // SAFETY: the pass keeps the pointer only for this call, and reads below `count` alone.
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress, !bytes.isEmpty else { return }
      var pass = unsafe TokenizerPass(text: base, count: bytes.count, tabRule: tabRule, buffer: buffer)
      buffer = TokenBuffer()  // the pass is its one owner now: appending copies nothing
      pass.run()
      buffer = pass.output
    }
  }
}

extension Tokenizer {
  /// Whether the scalar at an offset folds to one character, and not to several as ㈠ and ½ do.
  ///
  /// - Precondition: `offset < text.count`.
  public static func isOneCharacter(_ text: Span<UInt8>, at offset: Int) -> Bool {
    precondition(offset >= 0 && offset < text.count, "the scalar lies in the text")
    // SAFETY: the pointer is used inside the closure alone, and the offset was just checked.
    return unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      let scalar = unsafe UTF8Decoder.decode(base, count: bytes.count, at: offset).scalar
      return FoldTable.shared.fold(scalar).count == 1
    }
  }

  /// What a scalar has to do with white space.
  public enum WhiteSpaceRole: Sendable {
    /// It is white space.
    case whiteSpace
    /// White space beside it is nothing: Han and kana.
    case joining
    /// Anything else.
    case other
  }

  /// The role of a scalar as it is written, unfolded.
  public static func whiteSpaceRole(of scalar: UInt32) -> WhiteSpaceRole {
    let table = FoldTable.shared
    if table.scalarClass(scalar) == .whiteSpace { return .whiteSpace }
    return table.firstFold(scalar).map { table.scalarClass($0) } == .run ? .joining : .other
  }
}
