import Bulletins

/// Splits `text` as a file of that content would be.
func split(_ text: String) -> Bulletin {
  BulletinSplitter.split(PlainTextReader(path: "issue.txt").read(Array(text.utf8).span))
}

/// A document in one line: title | number | issuers | date | addressee | attachments; - for what there is none of.
func summary(_ document: BulletinDocument) -> String {
  [
    document.title, document.number?.description ?? "-", document.issuer ?? "-", document.date?.description ?? "-",
    document.addressee ?? "-",
    document.attachments.isEmpty ? "-" : document.attachments.map(\.title).joined(separator: "；"),
  ].joined(separator: " | ")
}

/// The text's lines from `lines`, counted from 1.
func text(_ lines: ClosedRange<Int>, of source: String) -> String {
  source.split(separator: "\n", omittingEmptySubsequences: false)[lines.lowerBound - 1...lines.upperBound - 1]
    .joined(separator: "\n")
}
