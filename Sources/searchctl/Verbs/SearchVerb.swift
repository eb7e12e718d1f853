import InvertedIndex
import SearchAPI
import SearchService

/// `search`: the daemon's own answer, from a running searchd or from the index's files.
struct SearchVerb {
  let arguments: Arguments
  let console: Console

  func run() throws -> ExitStatus {
    let parameters = try self.parameters()
    let body = try answerBody(to: parameters)
    var answer = try AnswerCoding.decode(SearchAnswer.self, from: body)
    if arguments.has(.json) {
      try console.print(String(decoding: body.last == UInt8(ascii: "\n") ? body.dropLast() : body[...], as: UTF8.self))
    } else {
      answer.facets?.sort(inOrderOf: parameters.facets)
      try console.write(SearchText.text(answer, offset: parameters.offset, isTerminal: console.outputIsTerminal))
    }
    return answer.total.value == 0 ? .negative : .fine
  }

  /// What the daemon would be asked; several words are one query.
  ///
  /// - Throws: ``UsageError``; ``ProblemDocument`` for a filter or a facet that is none.
  func parameters() throws -> SearchParameters {
    var parameters = SearchParameters(query: arguments.operands.joined(separator: " "))
    guard !parameters.query.isEmpty || arguments.has(.filter) else { throw UsageError("QUERY is empty") }
    if arguments.has(.facetLimit), !arguments.has(.facet) { throw UsageError("--facet-limit needs --facet") }
    parameters.filters = try SearchParameters.filters(arguments.texts(.filter))
    parameters.facets = try SearchParameters.facets(arguments.texts(.facet))
    parameters.facetLimit = arguments.integer(.facetLimit) ?? parameters.facetLimit
    parameters.sort = arguments.text(.sort).flatMap { SearchParameters.Sort(rawValue: $0) } ?? parameters.sort
    if let text = arguments.text(.prefer) { parameters.preferences = try SearchParameters.preferences(text) }
    parameters.limit = arguments.integer(.limit) ?? parameters.limit
    parameters.offset = arguments.integer(.offset) ?? parameters.offset
    parameters.strict = arguments.has(.strict)
    parameters.ranking = try arguments.ranking()
    parameters.synonyms = !arguments.has(.noSynonyms)
    return parameters
  }

  private func answerBody(to parameters: SearchParameters) throws -> [UInt8] {
    let synonyms = try arguments.synonyms().table
    switch (arguments.text(.index), arguments.text(.socket)) {
    case (let directory?, nil):
      return try SearchService.searchBody(
        parameters, in: ServedIndex(try Snapshot.open(directory: directory), synonyms: synonyms))
    case (nil, let socketPath?): return try DaemonClient(socketPath: socketPath).body(target: parameters.target)
    case (nil, nil): throw UsageError("neither --index DIR nor --socket PATH is given")
    case (.some, .some): throw UsageError("--index and --socket exclude each other")
    }
  }
}

extension [FacetAnswer] {
  /// Sorts facets, which come by name, in the order in which they were asked for.
  fileprivate mutating func sort(inOrderOf fields: [String]) {
    let rank = { (facet: FacetAnswer) in fields.firstIndex(of: facet.field) ?? fields.count }
    sort { rank($0) < rank($1) }
  }
}
