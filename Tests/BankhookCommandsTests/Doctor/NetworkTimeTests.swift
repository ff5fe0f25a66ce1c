import BankConnectAPI
import BankhookModel
import Synchronization
import Testing

@testable import BankhookCommands

/// The time that all hosts have together.
@Suite struct NetworkTimeTests {
    /// Says that the time is over once it was asked so often.
    private final class Patience: Sendable {
        private let left: Mutex<Int>

        init(_ times: Int) { left = Mutex(times) }

        var isOver: Bool {
            left.withLock { left in
                left -= 1
                return left < 0
            }
        }
    }

    private func findings(hosts: Int, patience: Int) async throws -> [DoctorFinding] {
        let text = (0..<hosts).map {
            "e\($0): { webhook_url: 'https://e\($0).lender.example/hook' }"
        }.joined(separator: "\n  ")
        let environments = try DoctorFixture.environments(text)
        let patience = Patience(patience)
        // Without trust roots the API is not tried.
        return await NetworkExamination(
            environments: environments, variables: ["SSL_CERT_FILE": "/nonexistent"],
            now: DoctorFixture.now, lookup: HostLookup { _ in .failure(.timedOut) },
            isOver: { patience.isOver }
        ).findings
    }

    @Test func `once the time is over no other host is asked, and they are counted`() async throws {
        let found = try await findings(hosts: 40, patience: 0)
        #expect(
            found.filter { $0.check == .api }.map(\.message) == [
                "not checked: 1 of 1 host: it took longer than 60s"
            ])
        #expect(
            found.filter { $0.check == .endpoint }.map(\.message) == [
                "not checked: 40 of 40 hosts: it took longer than 60s"
            ])
        #expect(found.filter { $0.check == .endpoint }.map(\.code) == ["not_checked"])
    }

    @Test func `while there is time each host is asked`() async throws {
        let found = try await findings(hosts: 40, patience: .max)
        #expect(found.count { $0.check == .endpoint } == 40)
        #expect(!found.contains { $0.message.contains("longer than") })
    }

    @Test func `what was begun is ended, and what is left is one line`() async throws {
        let patience = Patience(25)
        let begun = Mutex(0)
        let values = await boundedMap(
            Array(0..<100), atOnce: 16, until: { patience.isOver }
        ) { number in
            begun.withLock { $0 += 1 }
            return number
        }
        #expect(values == Array(0..<25))
        #expect(begun.withLock { $0 } == 25)
    }
}
