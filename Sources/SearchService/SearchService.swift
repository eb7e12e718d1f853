public import InvertedIndex
public import SearchAPI
internal import Synchronization

/// Here is a request; give me the answer's status, headers and bytes.
///
/// Any number of threads may ask at once. Each answer comes from one snapshot.
public final class SearchService: Sendable {
  private let holder: SnapshotHolder
  private let report: @Sendable (ServiceEvent) -> Void
  private let start = ContinuousClock.now
  private let requestCount = Atomic(0)

  /// A service over the holder's snapshots, which tells `report` what happens.
  public init(holder: SnapshotHolder, report: @escaping @Sendable (ServiceEvent) -> Void = { _ in }) {
    self.holder = holder
    self.report = report
  }

  /// How many requests were answered so far.
  public var answeredRequestCount: Int { requestCount.load(ordering: .relaxed) }

  /// The answer to `request`.
  ///
  /// For HEAD it is the same as for GET: the body is left out when it is sent.
  public func response(to request: HTTPRequest) -> HTTPResponse {
    requestCount.add(1, ordering: .relaxed)
    do {
      let route = try Route(path: request.path)
      guard route.methods.contains(request.method) else {
        let allowed = route.methods.map(\.rawValue).joined(separator: ", ")
        return HTTPResponse(
          ProblemDocument(.methodNotAllowed, "This path takes \(allowed)."),
          headers: [HTTPHeader(name: "Allow", value: allowed)])
      }
      return try response(to: request, at: route)
    } catch let problem as ProblemDocument {
      return HTTPResponse(problem)
    } catch let error as IndexError {
      report(.indexFailed(reason: "\(error)"))
      return HTTPResponse(ProblemDocument(withoutDetailsOf: error))
    } catch {
      report(.indexFailed(reason: "\(error)"))
      return HTTPResponse(ProblemDocument(.indexError, "The index gave no answer; the daemon's log says why."))
    }
  }

  /// Takes up the newest commit; the one before goes on answering when that fails.
  @discardableResult
  public func reload() throws(IndexError) -> ReloadAnswer {
    let start = ContinuousClock.now
    do throws(IndexError) {
      var note: String?
      let snapshot = try holder.reload { note = "\($0)" }
      let milliseconds = (ContinuousClock.now - start) / .milliseconds(1)
      report(
        .reloaded(generation: snapshot.generation, documents: snapshot.documentCount, milliseconds: milliseconds))
      if let note { report(.synonymsKept(reason: note)) }
      return ReloadAnswer(
        generation: snapshot.generation, documents: snapshot.documentCount,
        notes: note.map { ["The synonyms before stay: \($0)"] })
    } catch {
      report(.reloadFailed(reason: "\(error)"))
      throw error
    }
  }

  private func response(to request: HTTPRequest, at route: Route) throws -> HTTPResponse {
    switch route {
    case .search:
      let parameters = try SearchParameters(QueryParameters(request.query))
      return HTTPResponse(
        status: 200, contentType: HTTPResponse.jsonContentType,
        body: try Self.searchBody(parameters, in: try openIndex()))
    case .suggestions:
      let parameters = try SuggestParameters(QueryParameters(request.query))
      return HTTPResponse(
        status: 200, contentType: HTTPResponse.jsonContentType,
        body: try Self.suggestBody(parameters, in: try openIndex()))
    case .document(let id):
      let index = try openIndex()
      guard let document = try index.snapshot.document(key: id) else {
        throw ProblemDocument(.documentNotFound, "No document has this id.")
      }
      return try HTTPResponse(answer: Self.documentAnswer(document, in: index))
    case .health: return try HTTPResponse(answer: HealthAnswer(status: "ok"))
    case .readiness:
      _ = try openIndex()
      return try HTTPResponse(answer: HealthAnswer(status: "ready"))
    case .statistics: return try HTTPResponse(answer: statistics(of: try openIndex().snapshot))
    case .reload:
      do {
        return try HTTPResponse(answer: try reload())
      } catch let error as IndexError {
        // Who may reload may also know where the files are.
        throw ProblemDocument(.reloadFailed, "\(error)")
      }
    }
  }

  private func openIndex() throws(ProblemDocument) -> ServedIndex {
    guard let index = holder.index else { throw ProblemDocument(.notReady, "No index is open.") }
    return index
  }

  private func statistics(of snapshot: Snapshot) -> StatisticsAnswer {
    let figures = snapshot.statistics
    return StatisticsAnswer(
      generation: figures.generation, documents: figures.documents, deletedDocuments: figures.deletedDocuments,
      segments: figures.segments, bytes: figures.fileByteCount,
      uptimeSeconds: (ContinuousClock.now - start) / .seconds(1), requests: answeredRequestCount,
      version: Product.version)
  }
}

extension ProblemDocument {
  /// What a stranger may know of a failure of the index: not where its files are.
  init(withoutDetailsOf error: IndexError) {
    switch error {
    case .damaged, .unsupportedVersion:
      self.init(.indexDamaged, "A file of the index is damaged; the daemon's log names it.")
    default: self.init(.indexError, "The index could not be read; the daemon's log says why.")
    }
  }
}
