/// What a file of bulletins holds: its documents, and what belongs to none of them.
public struct Bulletin: Sendable {
  /// What the issue says of itself; nil if the file names none.
  public var issue: BulletinIssue?
  /// The documents in their order; their lines do not overlap.
  public var documents: [BulletinDocument]
  /// The lines, ascending, that belong to no document: cover, contents, what could not be placed.
  public var issueLines: [ClosedRange<Int>]
  /// The table of contents.
  public var contents: [ContentsEntry]
  /// What did not fit together.
  public var warnings: [BulletinWarning]
}

/// One official document (公文) of a bulletin.
public struct BulletinDocument: Sendable {
  /// The title, its line breaks closed, the issuer in front where it is printed there.
  public var title: String
  /// The number; nil if none is printed.
  public var number: DocumentNumber?
  /// The offices that issue it, as its title or its signature names them.
  public var issuers: [String]
  /// The date it is signed with; nil if none is printed or the calendar has no such day.
  public var date: CalendarDate?
  /// To whom it is addressed.
  public var addressee: String?
  /// What kinds of paper its title names: its own first, then that of the paper it passes on.
  public var types: [DocumentType]
  /// Its first and last line in the source, counted from 1.
  public var lines: ClosedRange<Int>
  /// The papers printed behind it.
  public var attachments: [Attachment]
  /// Titles of attachments that it announces and that are not printed.
  public var missingAttachments: [String]
  /// The documents that it refers to, in the order of the text.
  public var citations: [Citation]

  /// The issuers in one line.
  public var issuer: String? { issuers.isEmpty ? nil : issuers.joined(separator: " ") }

  /// The year in the number, or else that of the date.
  public var year: Int? { number?.year ?? date?.year }
}

/// Something in a bulletin that does not fit together; nothing is lost by it.
public struct BulletinWarning: Sendable, Equatable, CustomStringConvertible {
  /// What does not fit.
  public enum Kind: Sendable, Equatable {
    /// The contents list a document that was not found.
    case missingDocument(title: String)
    /// A document that the contents do not list.
    case unlistedDocument(title: String)
    /// A number that an earlier document has, too.
    case repeatedNumber(DocumentNumber)
    /// A date that the calendar does not have.
    case impossibleDate
    /// The file calls itself a bulletin, and no document was found.
    case noDocuments
  }

  /// The line, counted from 1.
  public var line: Int
  /// What does not fit.
  public var kind: Kind

  /// Creates a warning.
  public init(line: Int, kind: Kind) {
    self.line = line
    self.kind = kind
  }

  /// One sentence, without the line.
  public var description: String {
    switch kind {
    case .missingDocument(let title): "the contents list '\(title)', which was not found"
    case .unlistedDocument(let title): "'\(title)' is not in the contents"
    case .repeatedNumber(let number): "the number \(number) was used before"
    case .impossibleDate: "the date of the signature is not in the calendar"
    case .noDocuments: "the bulletin has no document that could be recognised"
    }
  }
}
