internal import BankhookModel
internal import SourceText

extension CommandFailure.Problem {
    /// An environment that the configuration does not declare.
    static func unknownEnvironment(_ name: String, among environments: [Environment])
        -> CommandFailure.Problem
    {
        let names = environments.map(\.name.text)
        let declared =
            names.isEmpty
            ? "none"
            : names.prefix(10).joined(separator: ", ")
                + (names.count > 10 ? " and \(names.count - 10) more" : "")
        return CommandFailure.Problem(
            code: "unknown_environment", message: "no environment is named \(quoted(name))",
            hint: Vocabulary(names).nearest(to: name).map { "did you mean \(quoted($0))?" }
                ?? "declared: \(declared)")
    }
}
