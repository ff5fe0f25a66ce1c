/// A declared environment with its secrets, where they are at hand.
package struct DesiredEnvironment: Sendable {
    package let environment: Environment
    /// Nil where at least one of them is not at hand.
    package let secrets: SecretValues?
    /// Why they are not at hand.
    package let problems: [SecretProblem]

    package init(
        environment: Environment, secrets: SecretValues?, problems: [SecretProblem] = []
    ) {
        self.environment = environment
        self.secrets = secrets
        self.problems = problems
    }

    package var name: EnvironmentName { environment.name }

    /// What its registration goes to; nil where its secrets are not at hand.
    package var account: Account? {
        secrets.map { Account(of: environment.registration, $0.credentials) }
    }
}
