/// The variables that git is given: an allow list, since any other `GIT_*` could lead it to another
/// repository, index or program (specification, section 6).
package struct GitEnvironment: Sendable {
    package let variables: [String: String]
    /// The `GIT_*` variables that git is not given, sorted: one of them may be what it misses.
    package let dropped: [String]

    private static let allowed = [
        "PATH", "HOME", "XDG_CONFIG_HOME", "LANG",
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
        "NO_PROXY",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE", "GIT_SSL_CAINFO",
        "SSH_AUTH_SOCK", "SSH_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS",
    ]

    /// Nobody is asked, nothing is locked or rewritten on the way, and paths mean what they say.
    private static let fixed = [
        // There is none: an empty one makes git give advice.
        "GIT_GRAFT_FILE": "/dev/null/none",
        "GIT_LITERAL_PATHSPECS": "1", "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
    ]

    /// No object is fetched: the first is for git from 2.45 on, the second for every one before it.
    private static let local = ["GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"]

    /// Takes what is allowed of this process's variables, except those that hold secrets.
    ///
    /// With `reachesRemotes` false git cannot call a remote, whatever the repository asks for.
    package init(
        _ variables: [String: String], withholding secrets: Set<String> = [],
        reachesRemotes: Bool = false
    ) {
        dropped = variables.keys.filter {
            $0.hasPrefix("GIT_") && !(GitEnvironment.allowed.contains($0) && !secrets.contains($0))
        }.sorted()
        let names = GitEnvironment.allowed.filter { !secrets.contains($0) }
        let taken = names.compactMap { name in variables[name].map { (name, $0) } }
        self.variables = Dictionary(taken) { first, _ in first }
            .merging(GitEnvironment.fixed) { $1 }
            .merging(reachesRemotes ? [:] : GitEnvironment.local) { $1 }
    }
}
