/// The body of `/stats`: figures of the index that serves now, and of the daemon.
public struct StatisticsAnswer: Codable, Equatable, Sendable {
  /// The commit's number.
  public var generation: UInt64
  /// How many documents the index has.
  public var documents: Int
  /// How many documents were removed and still take room.
  public var deletedDocuments: Int
  /// How many segments.
  public var segments: Int
  /// How many bytes on disk.
  public var bytes: UInt64
  /// Seconds since the daemon was started.
  public var uptimeSeconds: Double
  /// Requests answered since then, this one included.
  public var requests: Int
  /// The daemon's version.
  public var version: String

  private enum CodingKeys: String, CodingKey {
    case generation, documents, segments, bytes, requests, version
    case deletedDocuments = "deleted_documents"
    case uptimeSeconds = "uptime_s"
  }

  /// Puts the figures together.
  public init(
    generation: UInt64, documents: Int, deletedDocuments: Int, segments: Int, bytes: UInt64, uptimeSeconds: Double,
    requests: Int, version: String
  ) {
    self.generation = generation
    self.documents = documents
    self.deletedDocuments = deletedDocuments
    self.segments = segments
    self.bytes = bytes
    self.uptimeSeconds = uptimeSeconds
    self.requests = requests
    self.version = version
  }
}
