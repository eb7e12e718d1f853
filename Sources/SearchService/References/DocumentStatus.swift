/// Whether a document is still in force, as far as the index tells.
enum DocumentStatus: String, CaseIterable, Sendable {
  /// An official paper that no document of the index repeals or amends.
  case inForce = "in_force"
  /// A document of the index ends it.
  case repealed
  /// A document of the index changes it.
  case amended
  /// Nothing says that it is an official paper.
  case unknown

  /// The field that says so; one that a document brings with it stays as it is.
  static let field = "status"
  /// The field with the documents that repeal or amend it.
  static let causeField = "repealed_by"
}
