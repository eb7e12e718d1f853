import Bulletins
import InvertedIndex
import SearchAPI

/// The names by which documents are known: titles, numbers, and the offices that issue them, each once.
///
/// It is put together when somebody first types, from the heads of the documents and the values of their fields; nothing of
/// it is on disk. Names of a kind lie in the order in which they are suggested: those of many documents first, then the new
/// ones, then the short ones; so the first that fit are the best, and the others need not be looked at.
final class Catalogue: Sendable {
  /// A name in which something typed stands.
  struct Match {
    /// As it is stored.
    let text: String
    let kind: Suggestion.Kind
    /// How many documents have it.
    let count: Int
    /// How surely it is meant; what was typed letter by letter is, as whole syllables are.
    let fit: Pinyin.Fit
    /// The characters of the name that were typed.
    let characters: [UInt16]
  }

  private let shelves: [NameShelf]
  /// The numbers of documents.
  let numbers: [DocumentNumber]

  /// In so many characters of names of a kind pinyin is looked for: of names that have all of its syllables or first letters,
  /// and of others, which may have some of both.
  private static let pinyinReach = (likely: 70_000, others: 20_000)

  init(_ snapshot: Snapshot) throws {
    var numbers: [DocumentNumber] = []
    var shelves: [NameShelf] = []
    var request = SearchRequest(query: "", limit: 0, snippets: false)
    request.filters = [.everything]
    request.facetLimit = .max
    for (field, kind) in [("issuer", Suggestion.Kind.issuer), (ValueNames.number, .number)]
    where snapshot.hasField(field) {
      request.facets = [.field(field)]
      let values = try Searcher(snapshot).search(request).facets.flatMap(\.counts)
      let names = values.map { value in
        let number = kind == .number ? DocumentNumber(value.value) : nil
        if let number { numbers.append(number) }
        let rank = number.map { ($0.year ?? 0) * 1_000_000 + min($0.serial, 999_999) } ?? 0
        return NameShelf.Name(text: value.value, count: value.count, rank: rank)
      }
      shelves.append(NameShelf(kind, names))
    }
    let titles = try snapshot.titles(rankedBy: "date")
    shelves.append(
      NameShelf(.title, titles.map { NameShelf.Name(text: $0.title, count: $0.count, rank: $0.rank) }))
    (self.shelves, self.numbers) = (shelves, numbers)
  }

  /// The best names of each kind that hold some folded characters, those that begin with them first.
  func matches(of typed: [UInt16], limit: Int) -> [Match] {
    let mark = typed.reduce(0) { $0 | NameShelf.mark($1) }
    var found: [Match] = []
    for shelf in shelves {
      var beginning: [Match] = []
      var inside: [Match] = []
      for entry in shelf.counts.indices where shelf.marks[entry] & mark == mark {
        guard beginning.count < limit else { break }
        let name = shelf.range(of: entry)
        let last = name.upperBound - typed.count
        guard name.lowerBound <= last else { continue }
        if shelf.holds(typed, at: name.lowerBound) {
          beginning.append(shelf.match(entry, typed, fit: .syllables))
        } else if inside.count < limit,
          (name.lowerBound...last).contains(where: { shelf.holds(typed, at: $0) })
        {
          inside.append(shelf.match(entry, typed, fit: .syllables))
        }
      }
      found += beginning + inside
    }
    return found
  }

  /// Names of each kind in which some pinyin can be read, those in which it is read most surely first.
  func matches(of pinyin: Pinyin, limit: Int) -> [Match] {
    let needs = pinyin.segmentations(limit: 3).map { $0.reduce(UInt64(0)) { $0 | NameShelf.mark(UInt16($1)) } }
    let letters = pinyin.letters.reduce(UInt32(0)) { $0 | 1 << UInt32($1 - UInt8(ascii: "a")) }
    var found: [Match] = []
    for shelf in shelves {
      var reach = Self.pinyinReach
      var byFit: [[Match]] = [[], [], []]
      for entry in shelf.counts.indices where byFit[0].count < limit {
        let name = shelf.characters[shelf.range(of: entry)]
        let isLikely =
          shelf.letters[entry] & letters == letters || needs.contains { shelf.syllables[entry] & $0 == $0 }
        if isLikely {
          guard reach.likely > 0 else { break }
          reach.likely -= name.count
        } else {
          guard reach.others > 0 else { continue }
          reach.others -= name.count
        }
        var best: (characters: ArraySlice<UInt16>, fit: Pinyin.Fit)?
        for place in name.indices {
          guard let match = pinyin.match(name[place...]), best.map({ match.fit < $0.fit }) ?? true else { continue }
          best = (name[place..<place + match.count], match.fit)
          if match.fit == .syllables { break }
        }
        guard let best, byFit[best.fit.rawValue].count < limit else { continue }
        byFit[best.fit.rawValue].append(shelf.match(entry, Array(best.characters), fit: best.fit))
      }
      found += byFit.joined()
    }
    return found
  }
}
