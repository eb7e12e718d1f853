extension SearchParameters {
  /// What lifts documents a little; the raw value is the wire's.
  public enum Preference: String, CaseIterable, Sendable {
    /// Official papers that no document of the index repeals or amends.
    case inForce = "in_force"
    /// The later its date is, the more.
    case recent
  }

  /// Reads one or several names with commas between them.
  ///
  /// - Throws: `invalid_parameter` for another name, and for one that comes again.
  public static func preferences(_ text: String) throws(ProblemDocument) -> [Preference] {
    var preferences: [Preference] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let preference = Preference(rawValue: String(piece)), !preferences.contains(preference) else {
        let names = Preference.allCases.map(\.rawValue).joined(separator: ", ")
        throw ProblemDocument(.invalidParameter, "prefer is one or more of \(names), not '\(text)'.")
      }
      preferences.append(preference)
    }
    return preferences
  }
}
