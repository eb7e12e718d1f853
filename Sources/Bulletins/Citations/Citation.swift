/// A reference from one document to another.
public struct Citation: Sendable, Equatable {
  /// What the citing document has to do with the cited one.
  public enum Relation: String, Sendable, CaseIterable {
    /// It rests on it (根据).
    case basis
    /// It carries it out (贯彻落实), or is the same paper one level lower.
    case implements
    /// It ends it (废止, 停止执行, 失效).
    case repeals
    /// It changes it (修改).
    case amends
    /// It only speaks of it.
    case mentions
  }

  /// The cited document's number, if it is given.
  public var number: DocumentNumber?
  /// The cited document's title without its 《》, if it is given.
  public var title: String?
  /// What the reference says.
  public var relation: Relation
  /// The line of the source on which the reference begins, counted from 1.
  public var line: Int
}
