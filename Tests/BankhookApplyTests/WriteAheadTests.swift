import BankConnectAPI
import BankhookApply
import BankhookModel
import TestSupport
import Testing

/// Intents written ahead of their requests, and outcomes recorded beside other requests
/// (specification, sections 5 and 12).
@Suite(.timeLimit(.minutes(5))) struct WriteAheadTests {
    /// How many intents wait for their requests, now and at most.
    private struct Ahead {
        var now = 0
        var most = 0
        var requests = 0
        var mostRequests = 0
    }

    private static func fleet(_ count: Int, mode: WebhookMode = .netBankingAndManual)
        throws -> [Environment]
    {
        try (100..<100 + count).map { try ApplyFixture.environment("e\($0)", mode: mode) }
    }

    @Test func `at most 64 intents are ahead, and no more requests than told are under way`()
        async throws
    {
        let fixture = ApplyFixture()
        let ahead = Shared(Ahead())
        let isFull = Gate()
        fixture.store.onRecord { entry in
            guard case .intent = entry else { return }
            let now = ahead.update { ahead in
                ahead.now += 1
                ahead.most = max(ahead.most, ahead.now)
            }
            if now.now == 64 { isFull.open() }
        }
        fixture.api.hold { _ in
            ahead.update { ahead in
                ahead.now -= 1
                ahead.requests += 1
                ahead.mostRequests = max(ahead.mostRequests, ahead.requests)
            }
            if !isFull.isOpen {
                try? await isFull.wait()
                // Whoever was to write more than may be ahead has the time to do so.
                for _ in 0..<100 { await Task.yield() }
            }
            ahead.update { $0.requests -= 1 }
        }
        let outcomes = try await fixture.apply(try Self.fleet(200), parallelism: 3)
        #expect(outcomes.allSatisfy { $0.outcome == .applied })
        // One is neither ahead nor counted as sent for a moment, as often as there are requests.
        #expect((64...67).contains(ahead.value.most))
        #expect(ahead.value.mostRequests <= 3)
    }

    @Test func `no request leaves before its own intent is recorded`() async throws {
        let fixture = ApplyFixture()
        let recorded = Shared(Set<String>())
        fixture.store.onRecord { entry in
            guard case .intent(let name) = entry else { return }
            await Task.yield()
            recorded.update { _ = $0.insert("key-of-account-\(name)") }
        }
        fixture.api.hold { request in
            #expect(recorded.value.contains(request.credentials.apiKey.exposed))
        }
        let outcomes = try await fixture.apply(try Self.fleet(200), parallelism: 16)
        #expect(outcomes.count == 200)
    }

    @Test func `requests leave in the order of the plan`() async throws {
        let fixture = ApplyFixture()
        // The first one is recorded after all that may be ahead with it.
        let others = Gate()
        let count = Shared(0)
        fixture.store.onRecord { entry in
            guard case .intent(let name) = entry else { return }
            if count.update({ $0 += 1 }) == 64 { others.open() }
            if name.text == "e100" { try? await others.wait() }
        }
        let fleet = try Self.fleet(100)
        _ = try await fixture.apply(fleet)
        let sent = fixture.api.requests.map(\.credentials.apiKey.exposed)
        #expect(sent == fleet.map { "key-of-account-\($0.name)" })
    }

    @Test func `an outcome that is being recorded keeps no request from leaving`() async throws {
        let fixture = ApplyFixture()
        let next = Gate()
        fixture.store.onRecord { entry in
            // It is recorded only once the next request has left.
            guard case .outcome(let name) = entry, name.text == "a" else { return }
            try? await next.wait()
        }
        fixture.api.onRequest {
            if fixture.api.requests.count == 2 { next.open() }
        }
        let outcomes = try await fixture.apply([
            try ApplyFixture.environment("a"), try ApplyFixture.environment("b"),
        ])
        #expect(outcomes.map(\.outcome) == [.applied, .applied])
    }

    @Test func `an interrupt takes back what was written ahead, while requests still run`()
        async throws
    {
        let fixture = ApplyFixture()
        _ = try await fixture.apply(try Self.fleet(100))
        let before = try Self.fleet(100).map { fixture.store.bytes(of: $0.name.text) }
        let (isFull, isRestored) = (Gate(), Gate())
        let counts = Shared((intents: 0, restored: 0))
        fixture.store.onRecord { entry in
            switch entry {
            case .intent:
                // One of each request, and those ahead.
                if counts.update({ $0.intents += 1 }).intents == 66 {
                    isFull.open()
                }
            case .restored:
                if counts.update({ $0.restored += 1 }).restored == 64 {
                    isRestored.open()
                }
            case .outcome: break
            }
        }
        fixture.api.hold { _ in
            try? await isFull.wait()
            fixture.interruption.request(signal: 15)
            // No answer comes before everything was taken back.
            try? await isRestored.wait()
        }
        let outcomes = try await fixture.apply(
            try Self.fleet(100, mode: .netBanking), parallelism: 2)
        #expect(outcomes.map(\.outcome) == Self.words(.applied, 2, .skipped, 98))
        #expect(outcomes.map(\.isRecordChanged) == (0..<100).map { $0 < 2 })
        let after = outcomes.map { fixture.store.bytes(of: $0.name.text) }
        #expect(after[2...] == before[2...])
        #expect(fixture.api.requests.count == 102)
    }

    @Test(arguments: [401, 403])
    func `a refused account takes back what was written ahead for it`(status: Int) async throws {
        let fixture = ApplyFixture([.response(Answer.Response(status: 200))])
        let fleet = try Self.fleet(100)
        let shared = Dictionary(
            uniqueKeysWithValues: fleet.dropLast().map { ($0.name.text, "shared") })
        _ = try await fixture.apply(fleet, accounts: shared)
        let before = fleet.map { fixture.store.bytes(of: $0.name.text) }

        let refusing = ApplyFixture([
            .response(Answer.Response(status: status)), .response(Answer.Response(status: 200)),
        ])
        for record in fixture.store.records { refusing.store.put(record) }
        let isFull = Gate()
        let intents = Shared(0)
        refusing.store.onRecord { entry in
            guard case .intent = entry else { return }
            if intents.update({ $0 += 1 }) == 65 {
                isFull.open()
            }
        }
        refusing.api.hold { _ in try? await isFull.wait() }
        let outcomes = try await refusing.apply(
            try Self.fleet(100, mode: .netBanking), accounts: shared)
        #expect(
            outcomes.map(\.outcome)
                == Self.words(.failed, 1, .skipped, 98) + [.applied])
        #expect(outcomes[1].problem?.code == "account_refused")
        let after = fleet.map { refusing.store.bytes(of: $0.name.text) }
        #expect(after.dropLast() == before.dropLast())
        #expect(refusing.api.requests.count == 2)
    }

    private static func words(
        _ first: Outcome.Word, _ firstCount: Int, _ second: Outcome.Word, _ secondCount: Int
    ) -> [Outcome.Word] {
        Array(repeating: first, count: firstCount) + Array(repeating: second, count: secondCount)
    }
}
