package import BankhookModel

/// A safety check that objects to a plan, and the `--allow` name that lifts it.
package struct Refusal: Equatable, Sendable {
    /// The names that `--allow` takes in this version.
    package enum Allow: String, Sendable, CaseIterable {
        case protected
        case modeDowngrade = "mode-downgrade"
        case maxChanges = "max-changes"
        case stateBehind = "state-behind"
        /// Go on although a required probe failed; no plan tells whether it will.
        case probe
        /// `state forget` of a record in doubt; no plan needs it.
        case unknownOutcome = "unknown-outcome"
    }

    package let allow: Allow
    /// Nil where it is about the whole plan.
    package let environment: EnvironmentName?
    package let message: String
    /// What to do rather than allow it.
    package let remedy: String
}
