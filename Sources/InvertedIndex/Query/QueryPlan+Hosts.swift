import CJKTokenizer

extension [Token] {
  /// Whether the text goes on around a bigram as one of its hosts does, or as much of one as it has.
  ///
  /// Such a bigram means what it is there: 人民政府 and 民政府 ask for 民政 wherever it stands, 民政 and 民政局 do not.
  func isPartOfHost(at place: Int, _ hosts: ArraySlice<HostTable.Flanks>) -> Bool {
    let (before, after) = flanks(at: place)
    if before == nil, after == nil { return false }
    return hosts.contains { (before ?? $0.before) == $0.before && (after ?? $0.after) == $0.after }
  }
}
