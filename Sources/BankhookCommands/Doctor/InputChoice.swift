/// Which configuration and policy are read, and who says so.
struct InputChoice: Sendable {
    let configuration: String
    /// `--config`, a variable, or nil where nobody named it.
    let configurationSource: String?
    /// Nil where the configuration itself may have a policy.
    let policy: String?
    let policySource: String?

    init(_ options: CommonOptions, _ context: CommandContext) {
        func source(_ option: String?, _ name: String, _ variable: String) -> String? {
            if option != nil { return name }
            return context.variables[variable]?.isEmpty == false ? "$\(variable)" : nil
        }
        configuration = context.configurationPath
        configurationSource = source(options.config, "--config", "BANKHOOK_CONFIG")
        policy = context.policyPath
        policySource = source(options.policy, "--policy", "BANKHOOK_POLICY")
    }

    /// For tests.
    init(
        configuration: String, from configurationSource: String? = nil, policy: String? = nil,
        from policySource: String? = nil
    ) {
        self.configuration = configuration
        self.configurationSource = configurationSource
        self.policy = policy
        self.policySource = policySource
    }
}
