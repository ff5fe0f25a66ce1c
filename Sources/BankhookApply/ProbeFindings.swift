internal import BankhookModel

/// What the probes of a plan came to. They are made before any of its intents is recorded: no
/// intent has to wait for somebody else's endpoint.
package struct ProbeFindings: Sendable {
    private let demands: [EnvironmentName: ProbeDemand]
    private let failures: [EnvironmentName: EndpointProbe.Failure]
    /// Whether some were not made, because nothing new was to be started.
    package let isCutShort: Bool

    /// For a plan of which nothing was probed.
    package init() {
        self.init(demands: [:], failures: [:], isCutShort: false)
    }

    init(
        demands: [EnvironmentName: ProbeDemand],
        failures: [EnvironmentName: EndpointProbe.Failure], isCutShort: Bool
    ) {
        self.demands = demands
        self.failures = failures
        self.isCutShort = isCutShort
    }

    /// Whether a change is not to be sent: its intent must not be recorded either.
    func stops(_ name: EnvironmentName) -> Bool {
        isCutShort || demands[name] == .required && failures[name] != nil
    }

    /// Why a change's endpoint did not pass; nil where it did.
    func failure(of name: EnvironmentName) -> EndpointProbe.Failure? { failures[name] }
}
