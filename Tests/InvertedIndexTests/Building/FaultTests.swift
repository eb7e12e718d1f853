import InvertedIndex
import SystemIO
import Testing

/// Every system call of every change fails once: an error says so, and the index is at its last commit or at the new one.
@Suite struct FaultTests {
  /// A change to an index.
  enum Change: String, CaseIterable, Sendable {
    /// From nothing, with runs that did not fit into memory.
    case rebuild
    /// With a replaced document, a removed one, and one added.
    case update
    /// With the eighth segment, so that all become one.
    case merge

    var memoryBudget: Int { self == .rebuild ? 0 : 256 << 20 }

    func make(in directory: String) throws -> IndexWriter.CommitSummary {
      let writer = try IndexWriter(
        directory: directory, memoryBudget: memoryBudget, mode: self == .rebuild ? .rebuild : .update)
      switch self {
      case .rebuild: for number in 0..<3 { try writer.add(document("r\(number)", "新\(number)甲乙")) }
      case .update:
        try writer.add(document("d0", "改甲乙"))
        _ = try writer.remove(key: "d1")
        try writer.add(document("u", "增甲乙"))
      case .merge: try writer.add(document("m", "合甲乙"))
      }
      return try writer.commit()
    }

    private func document(_ key: String, _ text: String) -> Document {
      Document(key: key, title: "题", text: text, fields: [Field(name: "f", value: .string("甲"))])
    }
  }

  /// The calls that writers make, and how each may fail: EIO, EMFILE, ENOSPC, EACCES, EDQUOT.
  static let calls: [(name: String, code: Int32)] = [
    ("open", 24), ("open", 28), ("write", 28), ("write", 5), ("fsync", 5), ("fsync", 122), ("rename", 5), ("close", 5),
    ("fstat", 5), ("mmap", 12), ("pread", 5), ("unlink", 13), ("flock", 5), ("mkdir", 13), ("stat", 13),
    ("opendir", 24),
    ("readdir", 5),
  ]

  private func contents(_ directory: String) throws -> [String] {
    let snapshot = try Snapshot.open(directory: directory)
    var contents: [String] = []
    try snapshot.forEachDocument { contents.append("\($0.key):\($0.text)") }
    let found = try Searcher(snapshot).search(SearchRequest(query: "\"甲乙\"", limit: 100))
    #expect(Set(found.hits.map(\.key)).isSubset(of: contents.map { $0.prefix { $0 != ":" } }.map(String.init)))
    return contents
  }

  /// An index in `base` for the change to begin with, and what it and the changed one hold.
  private func prepare(_ change: Change, in folder: TestFolder) throws -> (before: [String], after: [String]) {
    try folder.build((0..<4).map { Document(key: "d\($0)", text: "旧\($0)甲乙") }, in: "base")
    if change == .merge {
      for number in 0..<6 { try folder.update("base") { try $0.add(Document(key: "s\(number)", text: "段甲乙")) } }
    } else {
      try folder.update("base") { _ = try $0.remove(key: "d3") }
    }
    try folder.copy("base", to: "done")
    let summary = try change.make(in: folder["done"])
    #expect(change == .update || summary.segments == 1)
    return (try contents(folder["base"]), try contents(folder["done"]))
  }

  /// Makes the change under a plan; false when nothing of the plan came to pass.
  private func run(
    _ change: Change, _ folder: TestFolder, _ states: (before: [String], after: [String]), _ comment: Comment,
    plan: FaultPlan
  ) throws {
    try folder.copy("base", to: "work")
    var failure: IndexError?
    FaultPlan.$current.withValue(plan) {
      do {
        _ = try change.make(in: folder["work"])
      } catch let error as IndexError {
        failure = error
      } catch {
        Issue.record("\(comment): \(error) is no IndexError")
      }
    }
    let found = try contents(folder["work"])
    if failure == nil {
      #expect(found == states.after, comment)  // only tidying up failed
    } else {
      #expect(found == states.before || found == states.after, comment)
    }
    #expect(try IndexVerifier.verify(directory: folder["work"]).problems == [], comment)
    // The next writer finds nothing in its way, and removes what this one left.
    try folder.update("work") { try $0.add(Document(key: "next", text: "后甲乙")) }
    #expect(try contents(folder["work"]) == found + ["next:后甲乙"], comment)
    let report = try IndexVerifier.verify(directory: folder["work"])
    #expect(report.problems == [] && report.notes == [], comment)
  }

  @Test(arguments: Change.allCases, calls.map(\.name).indices.map { $0 })
  func `a call that fails once leaves an index that works`(change: Change, callIndex: Int) throws {
    let (name, code) = Self.calls[callIndex]
    let folder = try TestFolder()
    let states = try prepare(change, in: folder)
    // Calls that come by the dozen are sampled once the first eight have failed.
    var call = 1
    while call < 1000 {
      let plan = FaultPlan()
      plan.fail(name, call: call, code: code)
      try run(change, folder, states, "\(change.rawValue): \(name) \(call) fails with \(code)", plan: plan)
      if plan.callCount(of: name) < call { return }
      call += call < 8 ? 1 : 9
    }
    Issue.record("\(change.rawValue): \(name) never stops failing")
  }

  @Test(arguments: Change.allCases, [Int32(5), 28])
  func `when everything fails from some call on, the index is what it was or what it was to be`(
    change: Change, code: Int32
  ) throws {
    let folder = try TestFolder()
    let states = try prepare(change, in: folder)
    let counting = FaultPlan()
    try run(change, folder, states, "\(change.rawValue): nothing fails", plan: counting)
    // The calls around the commit's rename are taken one by one, those before are sampled.
    let last = counting.callCount(of: FaultPlan.anyOperation)
    var call = 1
    while true {
      let plan = FaultPlan()
      plan.fail(FaultPlan.anyOperation, from: call, code: code)
      try run(change, folder, states, "\(change.rawValue): all calls from \(call) on fail with \(code)", plan: plan)
      if plan.callCount(of: FaultPlan.anyOperation) < call { return }
      call += call < last - 40 ? 11 : 1
    }
  }

  @Test(arguments: [Int32(28), 122])
  func `a full disk is told with what to do`(code: Int32) throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲")])
    let plan = FaultPlan()
    plan.fail("write", from: 1, code: code)
    let error = FaultPlan.$current.withValue(plan) {
      #expect(throws: IndexError.self) {
        let writer = try IndexWriter(directory: folder["index"], mode: .update)
        try writer.add(Document(key: "b", text: "乙"))
        _ = try writer.commit()
      }
    }
    guard case .system(let cause)? = error, let sentence = error?.description else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.operation == "write" && cause.code == code && cause.path.hasPrefix(folder["index"]))
    #expect(sentence.contains("free some space") && sentence.contains(folder["index"]))
  }

  @Test func `short writes and interrupted calls change nothing`() throws {
    let folder = try TestFolder()
    let states = try prepare(.update, in: folder)
    for call in 1...12 {
      let plan = FaultPlan()
      plan.shorten("write", call: call, to: 3)
      plan.shorten("pread", call: call, to: 1)
      plan.fail("open", call: call, code: 4)
      try folder.copy("base", to: "work")
      _ = try FaultPlan.$current.withValue(plan) { try Change.update.make(in: folder["work"]) }
      #expect(try contents(folder["work"]) == states.after)
      #expect(try IndexVerifier.verify(directory: folder["work"]).problems == [])
    }
  }

  @Test(arguments: [("open", Int32(24)), ("open", 13), ("fstat", 5), ("mmap", 12)])
  func `reads that fail at opening are errors, and the next opening works`(name: String, code: Int32) throws {
    let folder = try TestFolder()
    try folder.build((0..<4).map { Document(key: "d\($0)", text: "甲乙") })
    try folder.update { _ = try $0.remove(key: "d1") }
    for call in 1...100 {
      let plan = FaultPlan()
      plan.fail(name, call: call, code: code)
      let outcome = FaultPlan.$current.withValue(plan) { Result { try folder.snapshot() } }
      if plan.callCount(of: name) < call {
        #expect(throws: Never.self) { try outcome.get() }
        return
      }
      #expect(throws: IndexError.self, "\(name) \(call)") { try outcome.get() }
      let report = FaultPlan.$current.withValue(plan) {
        Result { try IndexVerifier.verify(directory: folder["index"]) }
      }
      if case .failure(let error) = report { #expect(error is IndexError, "\(name) \(call)") }
      #expect(try Searcher(folder.snapshot()).search(SearchRequest(query: "甲乙")).total == 3)
    }
    Issue.record("\(name) never stops failing")
  }

  @Test func `a writer that failed never commits less than it was given`() throws {
    let folder = try TestFolder()
    try folder.build([Document(key: "a", text: "甲"), Document(key: "b", text: "乙")])
    for call in 1...40 {
      try folder.copy("index", to: "work")
      let writer = try IndexWriter(directory: folder["work"], memoryBudget: 0, mode: .update)
      let plan = FaultPlan()
      plan.fail(FaultPlan.anyOperation, call: call, code: 28)
      let failed = FaultPlan.$current.withValue(plan) {
        do {
          try writer.add(Document(key: "a", text: "新甲"))
          try writer.add(Document(key: "c", text: "丙"))
          return false
        } catch { return true }
      }
      guard failed else { return }
      // The caller takes no notice and commits.
      if (try? writer.commit()) != nil {
        #expect(try contents(folder["work"]).contains("a:新甲"), "call \(call)")
      } else {
        #expect(try contents(folder["work"]) == ["a:甲", "b:乙"], "call \(call)")
      }
    }
  }
}
