import BankConnectAPI
import BankhookApply
import BankhookModel
import TestSupport
import Testing

/// Endpoints that are tried before they are registered (specification, section 8).
@Suite(.timeLimit(.minutes(5))) struct ProbedApplyTests {
    /// A probe that fails for some names, and notes for whom it was made.
    private func probe(
        failing names: Set<String>, isFailureAllowed: Bool = false, calls: Shared<[String]>
    ) -> EndpointProbe {
        EndpointProbe(isFailureAllowed: isFailureAllowed) { environment in
            let name = environment.name.text
            calls.update { $0.append(name) }
            guard names.contains(name) else { return nil }
            return EndpointProbe.Failure(message: "answered 201", hint: "answer 200")
        }
    }

    @Test func `a required probe that fails sends and records nothing, and the others go on`()
        async throws
    {
        let (fixture, calls) = (ApplyFixture(), Shared([String]()))
        let outcomes = try await fixture.apply(
            [
                try ApplyFixture.environment("a", probe: .require),
                try ApplyFixture.environment("b", probe: .require),
                try ApplyFixture.environment("c"),
            ], probe: probe(failing: ["a"], calls: calls))
        #expect(outcomes.map(\.outcome) == [.failed, .applied, .applied])
        #expect(outcomes[0].problem?.code == "probe_failed")
        #expect(outcomes[0].problem?.message == "not sent: its probe failed: answered 201")
        #expect(outcomes[0].problem?.hint?.contains("--allow probe") == true)
        #expect(outcomes[0].attempts == 0 && !outcomes[0].isRecordChanged)
        #expect(fixture.store.bytes(of: "a") == nil)
        #expect(fixture.api.requests.count == 2)
        #expect(calls.value == ["a", "b"])
    }

    @Test(arguments: [(ProbeMode.warn, false), (.require, true)])
    func `a probe that need not pass is a warning`(mode: ProbeMode, isAllowed: Bool) async throws {
        let (fixture, calls) = (ApplyFixture(), Shared([String]()))
        let outcomes = try await fixture.apply(
            [try ApplyFixture.environment("a", probe: mode)],
            probe: probe(failing: ["a"], isFailureAllowed: isAllowed, calls: calls))
        #expect(outcomes.map(\.outcome) == [.applied])
        #expect(outcomes[0].problem == nil)
        #expect(outcomes[0].probeWarning == "its probe failed: answered 201; answer 200")
    }

    @Test func `what passed is no warning`() async throws {
        let (fixture, calls) = (ApplyFixture(), Shared([String]()))
        let outcomes = try await fixture.apply(
            [try ApplyFixture.environment("a", probe: .warn)],
            probe: probe(failing: [], calls: calls))
        #expect(outcomes[0].outcome == .applied && outcomes[0].probeWarning == nil)
    }

    @Test func `only registers and updates are probed`() async throws {
        let (fixture, calls) = (ApplyFixture(), Shared([String]()))
        let environment = try ApplyFixture.environment("a", probe: .require)
        let failing = probe(failing: ["a"], calls: calls)
        _ = try await fixture.apply([environment], probe: probe(failing: [], calls: calls))
        #expect(calls.value == ["a"])
        // Unchanged, then sent again all the same.
        _ = try await fixture.apply([environment], probe: failing)
        let again = try await fixture.apply([environment], isReasserting: true, probe: failing)
        #expect(again.map(\.outcome) == [.applied])
        #expect(calls.value == ["a"])
        let changed = try ApplyFixture.environment("a", mode: .netBanking, probe: .require)
        let before = fixture.store.bytes(of: "a")
        #expect(try await fixture.apply([changed], probe: failing).map(\.outcome) == [.failed])
        #expect(calls.value == ["a", "a"])
        #expect(fixture.store.bytes(of: "a") == before)
    }

    @Test func `no intent is recorded before every probe has ended`() async throws {
        let fixture = ApplyFixture()
        let probed = Shared(0)
        fixture.store.onRecord { _ in #expect(probed.value == 20) }
        let probe = EndpointProbe(isFailureAllowed: false) { _ in
            await Task.yield()
            probed.update { $0 += 1 }
            return nil
        }
        let fleet = try (10..<30).map { try ApplyFixture.environment("e\($0)", probe: .require) }
        let outcomes = try await fixture.apply(fleet, parallelism: 3, probe: probe)
        #expect(outcomes.allSatisfy { $0.outcome == .applied })
    }

    @Test func `an interrupt while endpoints are tried skips everything`() async throws {
        let fixture = ApplyFixture()
        let never = Gate()
        let interruption = fixture.interruption
        let probe = EndpointProbe(isFailureAllowed: false) { _ in
            interruption.request(signal: 15)
            try? await never.wait()
            return EndpointProbe.Failure(message: "interrupted", hint: "run it again")
        }
        let outcomes = try await fixture.apply(
            [
                try ApplyFixture.environment("a", probe: .require),
                try ApplyFixture.environment("b", probe: .warn), try ApplyFixture.environment("c"),
            ], probe: probe)
        #expect(outcomes.map(\.outcome) == [.skipped, .skipped, .skipped])
        #expect(fixture.api.requests.isEmpty)
        #expect(fixture.store.records.isEmpty)
    }

    @Test func `a probe that nobody can make has failed`() async throws {
        let fixture = ApplyFixture()
        let outcomes = try await fixture.apply([
            try ApplyFixture.environment("a", probe: .require)
        ])
        #expect(outcomes.map(\.outcome) == [.failed])
    }
}
