internal import BankhookConfiguration
internal import BankhookModel
internal import BankhookPlan

/// All declared environments, each with its secrets where they are at hand.
struct DesiredState: Sendable {
    /// In the order of their names.
    let environments: [DesiredEnvironment]
    /// Every secret that could be read: none of them may be shown.
    let secrets: [Secret]
    let sharedAccounts: SharedAccounts

    init(_ configuration: Configuration, resolver: SecretResolver) {
        var environments = [DesiredEnvironment]()
        var found = [Secret]()
        for environment in configuration.environments {
            switch resolver.resolve(environment) {
            case .atHand(let secrets):
                found += secrets.all
                environments.append(
                    DesiredEnvironment(environment: environment, secrets: secrets))
            case .missing(let problems, let atHand):
                found += atHand
                environments.append(
                    DesiredEnvironment(
                        environment: environment, secrets: nil, problems: problems))
            }
        }
        self.environments = environments
        secrets = found
        sharedAccounts = SharedAccounts(environments)
    }

    /// What the registrations go to, by environment, where the secrets are at hand.
    var accounts: [EnvironmentName: Account] {
        Dictionary(
            environments.compactMap { environment in
                environment.account.map { (environment.name, $0) }
            }
        ) { first, _ in first }
    }

    /// What the environments that are meant would need and is not at hand, in the order of names.
    func missingSecrets(_ isMeant: (EnvironmentName) -> Bool) -> [CommandFailure.Problem] {
        environments.filter { isMeant($0.name) }.flatMap { environment in
            environment.problems.map { problem in
                CommandFailure.Problem(
                    code: "credentials_missing",
                    message: "\(environment.name): \(problem.field): \(problem.message)")
            }
        }
    }
}
