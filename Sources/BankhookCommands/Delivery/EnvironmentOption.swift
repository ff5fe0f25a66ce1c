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
            throw .problems(
                [.unknownEnvironment(name, among: environments)], status: .error)
        }
        guard environment.registration.flow == .entity else {
            throw .problem(
                "session_flow",
                "\(command) works for flow: entity only, and \(environment.name) is flow: session",
                hint: "BankConnect documents no such call for the Session flow")
        }
        return environment
    }
}
