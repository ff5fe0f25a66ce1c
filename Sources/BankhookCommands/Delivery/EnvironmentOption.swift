internal import ArgumentParser
internal import BankhookConfiguration
internal import BankhookModel
internal import SourceText

/// The option that names the one environment that a command is about.
struct EnvironmentOption: ParsableArguments {
    @Option(
        name: .customLong("environment"),
        help: ArgumentHelp("The environment, by its name in the configuration.", valueName: "name"))
    var name: String

    init() {}

    /// The environment of that name, which has to be of the entity flow: the vendor documents the
    /// calls of this command for no other.
    func entityEnvironment(
        in configuration: Configuration, for command: String
    ) throws(CommandFailure) -> Environment {
        let environments = configuration.environments
        guard let environment = environments.first(where: { $0.name.text == name }) else {
            let nearest = Vocabulary(environments.map(\.name.text)).nearest(to: name)
            throw .problem(
                "unknown_environment", "no environment is named \(quoted(name))",
                hint: nearest.map { "did you mean \(quoted($0))?" }
                    ?? "declared: \(summary(of: environments))")
        }
        guard environment.registration.flow == .entity else {
            throw .problem(
                "session_flow",
                "\(command) works for flow: entity only, and \(environment.name) is flow: session",
                hint: "BankConnect documents no such call for the Session flow")
        }
        return environment
    }

    private func summary(of environments: [Environment]) -> String {
        let names = environments.map(\.name.text)
        let shown = names.prefix(10).joined(separator: ", ")
        if names.isEmpty { return "none" }
        return names.count > 10 ? "\(shown) and \(names.count - 10) more" : shown
    }
}
