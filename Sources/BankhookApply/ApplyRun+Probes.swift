package import BankhookModel
package import BankhookPlan

extension ApplyRun {
    /// Tries the endpoints of a plan that are to be tried, `parallelism` at a time.
    ///
    /// An interruption ends it at once: then nothing of the plan may be sent.
    package func probe(_ plan: Plan, interruption: Interruption) async -> ProbeFindings {
        let demands = Dictionary(
            plan.changes.map { ($0.name, demand(of: $0)) }, uniquingKeysWith: { first, _ in first })
        var waiting = plan.changes.filter { demands[$0.name] != ProbeDemand.none }
            .compactMap(\.desired?.environment).makeIterator()
        var failures = [EnvironmentName: EndpointProbe.Failure]()
        await withTaskGroup(of: (EnvironmentName, EndpointProbe.Failure?)?.self) { group in
            var underWay = 0
            func startNext() {
                guard !interruption.isRequested, let environment = waiting.next() else { return }
                underWay += 1
                group.addTask { (environment.name, await probe.run(environment)) }
            }
            for _ in 0..<parallelism { startNext() }
            guard underWay > 0 else { return }
            group.addTask {
                await interruption.wait()
                return nil
            }
            for await ended in group {
                guard let (name, failure) = ended else { break }
                failures[name] = failure
                underWay -= 1
                startNext()
                if underWay == 0 { break }
            }
            group.cancelAll()
        }
        return ProbeFindings(
            demands: demands, failures: failures, isCutShort: interruption.isRequested)
    }

    /// What a change's configuration asks for.
    func demand(of change: Change) -> ProbeDemand {
        guard let environment = change.desired?.environment else { return .none }
        return ProbeDemand(
            environment.probe, action: change.action, isFailureAllowed: probe.isFailureAllowed)
    }
}
