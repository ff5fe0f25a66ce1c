package import BankhookModel

/// How an apply tries endpoints: a capability that comes from outside, for nothing in here knows how
/// a webhook is delivered.
package struct EndpointProbe: Sendable {
    /// Why an endpoint did not pass, and what to do about it. No secret is in it.
    package struct Failure: Equatable, Sendable {
        package let message: String
        package let hint: String

        package init(message: String, hint: String) {
            self.message = message
            self.hint = hint
        }
    }

    /// Whether `--allow probe` lets a required probe fail.
    package let isFailureAllowed: Bool
    /// Posts one payload to an environment's endpoint; nil where it passed. Cancelling the task ends
    /// it early, and then nobody reads what it says.
    package let run: @Sendable (Environment) async -> Failure?

    package init(
        isFailureAllowed: Bool, run: @Sendable @escaping (Environment) async -> Failure?
    ) {
        self.isFailureAllowed = isFailureAllowed
        self.run = run
    }

    /// For a run that asks for no probe; one that is asked for all the same fails, and never passes in
    /// silence.
    package static var none: EndpointProbe {
        EndpointProbe(isFailureAllowed: false) { _ in
            Failure(message: "it was not made", hint: "report this as a mistake of bankhook")
        }
    }
}
