/// A term of characters and what its list came to; the list lies behind that of the term before.
struct EncodedTerm {
  /// The term's key.
  let key: UInt64
  /// Its counts, and the bytes of its list.
  let summary: PostingsListWriter.Summary
}
