import Synchronization
import SystemIO
import Testing

/// Threads that hand items on: every one, in order, and never past an error.
@Suite struct StageThreadTests {
  private struct Refusal: Error, Equatable {
    let item: Int
  }

  /// What a stage has taken, seen by the test's thread as well.
  private final class Taken: Sendable {
    let items = Mutex<[Int]>([])
  }

  @Test(arguments: [1, 2, 7])
  func `items are taken in the order in which they were put`(capacity: Int) throws {
    let taken = Taken()
    let stage = try StageThread<Int, Refusal>(starting: "test", capacity: capacity) { item throws(Refusal) in
      taken.items.withLock { $0.append(item) }
    }
    for item in 0..<500 {
      try stage.put(item)
      if item % 100 == 99 {
        try stage.drain()
        #expect(taken.items.withLock { $0.count } == item + 1)
      }
    }
    try stage.finish()
    #expect(taken.items.withLock { $0 } == Array(0..<500))
  }

  @Test func `what an item throws is thrown by the next calls, and nothing more is taken`() throws {
    let taken = Taken()
    let stage = try StageThread<Int, Refusal>(starting: "test") { item throws(Refusal) in
      if item == 3 { throw Refusal(item: item) }
      taken.items.withLock { $0.append(item) }
    }
    #expect(throws: Refusal(item: 3)) {
      for item in 0..<100 { try stage.put(item) }
      try stage.drain()
    }
    #expect(throws: Refusal(item: 3)) { try stage.drain() }
    #expect(throws: Refusal(item: 3)) { try stage.finish() }
    #expect(taken.items.withLock { $0 } == [0, 1, 2])
  }

  @Test func `a queue ends when its producer says so, or when nobody takes any more`() throws {
    let queue = BoundedQueue<Int>(capacity: 2)
    let results = Taken()
    let producer = try SystemThread(starting: "test") {
      for item in 0..<100 where queue.put(item) { results.items.withLock { $0.append(item) } }
      queue.finish()
    }
    for item in 0..<50 { #expect(queue.take() == item) }
    queue.close()
    producer.join()
    #expect(queue.take() == nil)
    // At most what was taken and what the queue had room for were accepted.
    #expect((50...52).contains(results.items.withLock { $0.count }))

    let short = BoundedQueue<Int>(capacity: 1)
    #expect(short.put(5))
    short.finish()
    #expect(short.take() == 5 && short.take() == nil)
  }
}
