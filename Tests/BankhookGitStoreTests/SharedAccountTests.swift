import BankhookGitStore
import BankhookModel
import BankhookState
import BranchTestSupport
import Testing

/// One account under two names: a lease on either is a lease on both.
struct SharedAccountTests {
    private static let mine = "key-0123456789"

    private static func account(_ key: String) throws -> Account {
        let secret = try #require(Secret(key))
        return Account(
            of: Registration(
                baseURL: try BaseURL(BaseURL.production), flow: .entity,
                webhookURL: try WebhookURL("https://hooks.lender.example/1"),
                mode: .netBanking), Credentials(apiKey: secret, serverHash: secret))
    }

    /// Begins an intent whose fingerprint is that of an account.
    @discardableResult
    private func begin(_ session: BranchSession, _ name: String, _ key: String) async throws
        -> IntentRecord
    {
        let account = try SharedAccountTests.account(key)
        let snapshot = try session.snapshot(of: Sample.name(name))
        let plain = try Sample.intent(
            name, after: snapshot.decoded?.record, by: session.holder)
        let pending = try #require(plain.pending)
        let record = Record(
            environment: plain.environment, lineage: plain.lineage, serial: plain.serial,
            previous: plain.previous, applied: plain.applied,
            pending: Record.Pending(
                action: pending.action, registration: pending.registration,
                account: account.fingerprint(plain.lineage), webhookSecrets: [:],
                holder: pending.holder, settled: pending.settled,
                unknownSince: pending.unknownSince, expiresAt: nil))
        let intent = IntentRecord(after: snapshot, record: record, account: account)
        try await session.begin([intent])
        return intent
    }

    private func lease(_ body: () async throws -> Void) async throws -> Lease? {
        do {
            try await body()
            return nil
        } catch let error as StateError {
            guard case .leased(let lease) = error else { throw error }
            return lease
        }
    }

    @Test func `an account that is held under another name is held`() async throws {
        let scene = try await Scene()
        try await begin(scene.session(1), "uat", SharedAccountTests.mine)
        let before = scene.remote.tip
        let second = try await scene.session(2, in: MemoryClone(of: scene.remote))
        let lease = try #require(
            try await lease { try await begin(second, "staging", SharedAccountTests.mine) })
        #expect(scene.remote.tip == before)
        let words =
            "staging: locked by build-1 pid 4711 since \(HandTime.start), lock id "
            + "\(Sample.holder(1).id): uat is the same account under another name"
        #expect(lease.description == words)
    }

    @Test func `another account under another name goes on beside it`() async throws {
        let scene = try await Scene()
        try await begin(scene.session(1), "uat", SharedAccountTests.mine)
        let second = try await scene.session(2, in: MemoryClone(of: scene.remote))
        try await begin(second, "staging", "another-key-0123")
        #expect(try scene.record("staging")?.pending != nil)
    }

    @Test func `an intent that came first in a race holds its account under every name`()
        async throws
    {
        let scene = try await Scene()
        let first = try await scene.session(1, in: MemoryClone(of: scene.remote))
        let isFaster = Once(true)
        let second = try await scene.session(2) { operation in
            if operation.isPush, isFaster.take() == true {
                _ = try? await begin(first, "uat", SharedAccountTests.mine)
            }
            return nil
        }
        let lease = try await lease { try await begin(second, "staging", SharedAccountTests.mine) }
        #expect(lease?.environments == [try Sample.name("uat")])
        #expect(lease?.sharing == (try Sample.name("staging")))
        #expect(try scene.record("staging") == nil)
        #expect(try scene.record("uat")?.pending != nil)
    }

    @Test func `what is settled or in doubt under another name blocks nobody`() async throws {
        let scene = try await Scene()
        let first = try await scene.session(1)
        try await first.succeed(begin(first, "settled", SharedAccountTests.mine))
        let doubtful = try await scene.session(3)
        try await begin(doubtful, "doubtful", SharedAccountTests.mine)
        await doubtful.leave(try Sample.name("doubtful"))
        let second = try await scene.session(2, in: MemoryClone(of: scene.remote))
        try await begin(second, "staging", SharedAccountTests.mine)
        #expect(try scene.record("staging")?.pending != nil)
    }

    @Test func `a lease that is over holds no account either`() async throws {
        let scene = try await Scene()
        try await begin(scene.session(1), "uat", SharedAccountTests.mine)
        scene.time.advance(by: Scene.lease * 6 / 5 - 1)
        let early = try await scene.session(2, in: MemoryClone(of: scene.remote))
        #expect(
            try await lease { try await begin(early, "staging", SharedAccountTests.mine) } != nil)
        scene.time.advance(by: 1)
        let late = try await scene.session(3, in: MemoryClone(of: scene.remote))
        try await begin(late, "staging", SharedAccountTests.mine)
    }

    @Test
    func `a run that was stopped sends nothing once its account was taken under another name`()
        async throws
    {
        let scene = try await Scene()
        let first = try await scene.session(1)
        try await begin(first, "uat", SharedAccountTests.mine)
        scene.time.advance(by: Scene.lease * 6 / 5)
        let second = try await scene.session(2, in: MemoryClone(of: scene.remote))
        try await begin(second, "staging", SharedAccountTests.mine)
        let tip = scene.remote.tip
        let error = await branchError {
            try await first.prepareRequest(for: Sample.name("uat"), lasting: .seconds(30))
        }
        #expect(error == .takenOver(by: Sample.holder(2, at: scene.time.now)))
        #expect(scene.remote.tip == tip)
        // The one that took it goes on, and renews its lease undisturbed.
        scene.time.advance(by: Scene.lease)
        try await second.prepareRequest(for: Sample.name("staging"), lasting: .seconds(30))
    }

    @Test func `one run may apply an account under two names`() async throws {
        let scene = try await Scene()
        let session = try await scene.session(1)
        let account = try SharedAccountTests.account(SharedAccountTests.mine)
        let intents = try ["a", "b"].map { name in
            IntentRecord(
                after: try session.snapshot(of: Sample.name(name)),
                record: try Sample.intent(name, by: session.holder), account: account)
        }
        try await session.begin(intents)
        #expect(try scene.record("b")?.pending != nil)
    }

    @Test func `the look before the prompt sees other names too`() async throws {
        let scene = try await Scene()
        try await begin(scene.session(1), "uat", SharedAccountTests.mine)
        let second = try await scene.session(2, in: MemoryClone(of: scene.remote))
        let staging = try Sample.name("staging")
        try second.requireFree([staging])
        let lease = try await lease {
            try second.requireFree(
                [staging], of: [staging: SharedAccountTests.account(SharedAccountTests.mine)])
        }
        #expect(lease?.sharing == staging)
    }
}
