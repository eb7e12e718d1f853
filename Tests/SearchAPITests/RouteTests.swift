import SearchAPI
import Testing

struct RouteTests {
  @Test(
    "Each path has its route, however it is encoded",
    arguments: [
      ("/search", .search), ("/%73earch", .search), ("/suggest", .suggestions),
      ("/healthz", .health), ("/readyz", .readiness),
      ("/stats", .statistics), ("/reload", .reload), ("/documents/1", .document(id: "1")),
      ("/documents/a%2Fb%23c%25", .document(id: "a/b#c%")), ("/documents/a/b+c", .document(id: "a/b+c")),
      ("/documents/%2541", .document(id: "%41")), ("/documents/公报", .document(id: "公报")),
    ] as [(String, Route)])
  func routes(path: String, route: Route) throws {
    #expect(try Route(path: Array(path.utf8)) == route)
    #expect(try Route(path: Array(route.encodedPath.utf8)) == route)
  }

  @Test(
    "Nothing is anywhere else",
    arguments: ["/", "/search/", "/documents", "/documents/", "/suggest/", "/Search", "//search"])
  func nothing(path: String) {
    #expect(throws: ProblemDocument(.notFound, "There is nothing at this path.")) {
      _ = try Route(path: Array(path.utf8))
    }
  }

  @Test("A path that is not encoded rightly is refused", arguments: ["/documents/%", "/documents/%FF", "/%zz"])
  func malformed(path: String) {
    let error = #expect(throws: ProblemDocument.self) { _ = try Route(path: Array(path.utf8)) }
    #expect(error?.code == .badRequest)
  }
}
