/// provisional
public enum ReferenceName {
  public static func names(ofTitle title: String) -> [String] {
    let whole = key(title)
    guard !whole.isEmpty else { return [] }
    var names = [whole]
    if let range = whole.range(of: "关于") { names.append(String(whole[range.lowerBound...])) }
    if let range = whole.range(of: "关于印发"), whole.hasSuffix("的通知") {
      names.append(String(whole[range.upperBound...].dropLast(3)))
    }
    return names
  }
  public static func name(ofCitation title: String) -> String { key(title) }
  private static func key(_ text: String) -> String {
    let squeezed = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
    return squeezed.hasPrefix("中华人民共和国") && squeezed.count > 7 ? String(squeezed.dropFirst(7)) : squeezed
  }
}
extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? { self.firstRange(of: text) }
}
