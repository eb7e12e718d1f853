/// The `name=value` pairs of a target's query, decoded as forms are: `+` is a space, `%XX` once.
public struct QueryParameters: Sendable {
  private let pairs: [(name: String, value: String)]

  /// Decodes a query string.
  ///
  /// - Throws: `bad_request`, naming the parameter, for a malformed `%XX` and for what is not UTF-8.
  public init(_ query: [UInt8]) throws(ProblemDocument) {
    var pairs: [(String, String)] = []
    for piece in query.split(separator: UInt8(ascii: "&")) {
      let sign = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
      let rawName = piece[..<sign]
      guard let name = PercentEncoding.decode(rawName, plusIsSpace: true) else {
        let shown = String(decoding: rawName, as: UTF8.self)
        throw ProblemDocument(.badRequest, "The name of a parameter, '\(shown)', is not encoded rightly.")
      }
      guard let value = PercentEncoding.decode(piece[sign...].dropFirst(), plusIsSpace: true) else {
        throw ProblemDocument(
          .badRequest, "\(name) is not encoded rightly: a percent sign is written %25, and other bytes are UTF-8.")
      }
      pairs.append((name, value))
    }
    self.pairs = pairs
  }

  /// The value of the parameter; nil when it is not there.
  ///
  /// - Throws: `bad_request` when it is there twice.
  public func value(of name: String) throws(ProblemDocument) -> String? {
    guard let index = pairs.firstIndex(where: { $0.name == name }) else { return nil }
    guard pairs.dropFirst(index + 1).allSatisfy({ $0.name != name }) else {
      throw ProblemDocument(.badRequest, "\(name) is given \(pairs.count { $0.name == name }) times.")
    }
    return pairs[index].value
  }

  /// The values of a parameter that may be given several times, in order.
  public func values(of name: String) -> [String] {
    pairs.filter { $0.name == name }.map(\.value)
  }
}
