import Testing
import TestSupport

struct GateTests {
    @Test func `whoever waits goes through when it opens`() async throws {
        let gate = Gate()
        #expect(!gate.isOpen)
        async let first: Void = gate.wait()
        async let second: Void = gate.wait()
        gate.open()
        try await first
        try await second
        #expect(gate.isOpen)
    }

    @Test func `an open gate holds nobody up`() async throws {
        let gate = Gate()
        gate.open()
        gate.open()
        try await gate.wait()
    }

    @Test func `a cancelled task stops waiting`() async {
        let gate = Gate()
        let outcome = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                do {
                    try await gate.wait()
                    return false
                } catch {
                    return error is CancellationError
                }
            }
            group.cancelAll()
            return await group.next()
        }
        #expect(outcome == true)
        #expect(!gate.isOpen)
    }

    @Test func `an action runs when it opens, or at once`() async {
        let gate = Gate()
        await confirmation(expectedCount: 2) { ran in
            gate.whenOpen { ran() }
            gate.open()
            gate.whenOpen { ran() }
        }
    }
}
