import Synchronization
import SystemIO
import Testing

struct ProcessTests {
  @Test("The clock goes forward, and a pause takes at least its time")
  func clock() {
    let start = MonotonicClock.nanoseconds()
    MonotonicClock.sleep(milliseconds: 3)
    #expect(MonotonicClock.milliseconds(since: start) >= 3)
  }

  @Test("The process has used memory and time")
  func usage() {
    #expect(ProcessUsage.peakResidentByteCount > 1 << 20)
    #expect(ProcessUsage.processorNanoseconds > 0)
  }

  @Test("A thread that cannot be started is an error and never runs")
  func threadFailure() {
    let ran = Mutex(false)
    let plan = FaultPlan()
    plan.fail("pthread_create", call: 1, code: 11)
    FaultPlan.$current.withValue(plan) {
      _ = #expect(throws: SystemError(operation: "pthread_create", path: "connection", code: 11)) {
        _ = try SystemThread(starting: "connection") { ran.withLock { $0 = true } }
      }
    }
    #expect(!ran.withLock { $0 })
  }
}
