public import InvertedIndex

/// The words that are looked for beside those that are typed.
public enum SynonymList {
  /// The list that comes with the program, as a file of synonyms has it.
  public static let text = builtIn

  /// The list that comes with the program.
  public static let standard: SynonymTable = {
    do throws(SynonymTable.FormatError) {
      return try SynonymTable(text)
    } catch {
      preconditionFailure("the list that comes with the program is well formed: \(error)")
    }
  }()
}
