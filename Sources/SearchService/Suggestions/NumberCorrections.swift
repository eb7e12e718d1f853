import Bulletins
import InvertedIndex
import SearchAPI

/// Numbers of documents that are near one which no document has: of the same office with the same serial in another year, or
/// of that year with the same serial from another office.
struct NumberCorrections {
  let index: ServedIndex

  /// What is offered for a number, the nearest first.
  func found(for number: DocumentNumber, limit: Int) throws -> [CorrectionAnswer] {
    let codes = number.readings.map(\.code)
    var found: [(distance: Int, number: DocumentNumber, reason: String)] = []
    for other in try index.catalogue().numbers where other.serial == number.serial {
      if codes.contains(other.code), let year = number.year, let otherYear = other.year {
        found.append((abs(year - otherYear), other, "年份：\(year)→\(otherYear)"))
      } else if other.year == number.year {
        let distance = Self.distance(number.code, other.code)
        found.append((1 + 2 * distance, other, "发文机关：\(number.code)→\(other.code)"))
      }
    }
    found.sort { ($0.distance, $0.number.description) < ($1.distance, $1.number.description) }
    return try found.prefix(limit).map { item in
      CorrectionAnswer(
        query: item.number.description, reason: item.reason, kind: .number,
        total: SearchAnswer.Total(value: try index.references.documents(numbered: [item.number]).count, exact: true))
    }
  }

  /// How many characters two codes do not share.
  private static func distance(_ one: String, _ other: String) -> Int {
    one.unicodeScalars.difference(from: other.unicodeScalars).count
  }
}
