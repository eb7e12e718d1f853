import InvertedIndex

extension Document {
  /// Why the file that this record stands for could not be read; nil for a document.
  var unreadableReason: String? {
    guard title.isEmpty, text.isEmpty else { return nil }
    return UnreadableRecords.reason(in: fields)
  }
}

/// The files of an index that could not be read.
enum UnreadableRecords {
  /// A file without text for the index.
  struct File: Encodable, Equatable {
    let path: String
    let reason: String
  }

  /// The reason among the fields of a record of an unreadable file.
  static func reason(in fields: [Field]) -> String? {
    guard fields.contains(Field(name: "kind", value: .string("unreadable"))),
      case .string(let reason)? = fields.first(where: { $0.name == "reason" })?.value
    else { return nil }
    return reason
  }

  /// All of them, by their paths; only the records are looked at, not the documents.
  static func all(in snapshot: Snapshot) throws -> [File] {
    let files = try snapshot.headers(of: snapshot.selection(of: .records)).compactMap { record in
      reason(in: record.fields).map { File(path: record.source?.path ?? record.key, reason: $0) }
    }
    return files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }
}
