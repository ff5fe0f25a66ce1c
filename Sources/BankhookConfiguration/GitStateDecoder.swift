internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// The `state.git` mapping: a branch of a git remote that holds the records (specification, section
/// 6).
struct GitStateDecoder {
    private static let keys: Vocabulary = ["remote", "branch", "path", "lease"]

    let findings: Findings

    /// The branch, and where its lease is written: at `git` where it is the default.
    struct Result {
        let branch: StateBranch
        let leaseRange: SourceRange
        let findings: Findings
    }

    /// Nil where something is wrong with it.
    func decode(_ entry: YAMLMapping.Entry) -> Result? {
        let count = findings.count
        guard !findings.reportNull(entry.value, of: "state.git"),
            let (values, misspelt) = MappingReader.entries(
                of: entry.value, named: "'state.git'", known: GitStateDecoder.keys, into: findings)
        else { return nil }
        for key in ["remote", "branch"] where values[key] == nil && !misspelt.contains(key) {
            findings.report(
                "missing_field", about: "state.git.\(key)", at: entry.keyRange,
                "'state.git' has no '\(key)'",
                hint: key == "remote"
                    ? "name a remote of this repository, such as origin, or a URL"
                    : "name a branch that holds nothing else, such as bankhook-state")
        }
        let remote = text(values["remote"], named: "remote", hint: remoteHint, remoteProblem)
        let branch = text(
            values["branch"], named: "branch", hint: "such as bankhook-state",
            GitStateDecoder.branchProblem)
        let path = text(
            values["path"], named: "path", hint: "a folder on the branch, or . for its root",
            GitStateDecoder.pathProblem)
        let lease = lease(values["lease"])
        guard findings.count == count, let remote, let branch else { return nil }
        return Result(
            branch: StateBranch(
                remote: remote, branch: branch, path: path.map(GitStateDecoder.plain) ?? "",
                lease: lease ?? StateBranch.defaultLease, folder: folder),
            leaseRange: values["lease"]?.value.range ?? entry.keyRange, findings: findings)
    }

    /// Where git runs: the folder of the configuration's file.
    private var folder: String {
        let path = findings.file.path(relative: "").path
        return path.isEmpty ? "." : path
    }

    private func text(
        _ entry: YAMLMapping.Entry?, named key: String, hint: String,
        _ problem: (String) -> String?
    ) -> String? {
        guard let node = entry?.value, !findings.reportNull(node, of: "state.git.\(key)") else {
            return nil
        }
        guard case .scalar(let scalar) = node.content, scalar.resolved == .string else {
            findings.reportWrongType(node, of: "'state.git.\(key)'", wanted: "a string")
            return nil
        }
        guard let problem = problem(scalar.text) else { return scalar.text }
        findings.report(
            "invalid_\(key)", at: node.range, "'state.git.\(key)' \(problem)", hint: hint)
        return nil
    }

    // MARK: Remote

    private var remoteHint: String {
        "name a remote of this repository, such as origin, or a URL without a password: git's own "
            + "credential helpers, GIT_ASKPASS and ssh keys sign in"
    }

    private func remoteProblem(_ text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.hasPrefix("-") || text.utf8.count > 2_048
            || !text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        {
            return "is neither a remote's name nor a URL"
        }
        if text.contains("{") || text.contains("}") { return "holds a placeholder" }
        if text.contains("::") { return "names a program that git would start" }
        return hasUserInfo(text) ? "holds user info" : nil
    }

    /// `ssh://user@host` and `user@host:path` name the account that ssh needs, which is no secret.
    private func hasUserInfo(_ text: String) -> Bool {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        guard let rest = parts.last, let at = rest.lastIndex(of: "@") else { return false }
        // `user:password@`, in a URL without its scheme or with too many slashes too.
        guard parts.count == 2, let end = rest.firstIndex(of: "/"), end > rest.startIndex else {
            return rest[..<at].contains(":") || parts.count == 2 && parts[0] != "ssh"
        }
        let authority = rest[..<end]
        if let at = authority.lastIndex(of: "@") {
            return parts[0] != "ssh" || authority[..<at].contains(":")
        }
        // A password may hold a slash: what stands behind the colon is no port then.
        let port = authority.split(separator: ":", maxSplits: 1).dropFirst().first ?? ""
        return !port.allSatisfy(\.isNumber)
    }

    // MARK: Branch and path

    /// What `git check-ref-format` refuses, and what would need quoting somewhere.
    private static func branchProblem(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isFine =
            text.utf8.count <= 200 && text.utf8.allSatisfy(isPlain)
            && parts.allSatisfy {
                !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasPrefix("-") && !$0.hasSuffix(".lock")
                    && !$0.hasSuffix(".")
            } && !text.contains("..") && !text.hasPrefix("refs/") && text != "HEAD"
        return isFine ? nil : "is no name of a branch: A-Z a-z 0-9 . _ - / only"
    }

    private static func pathProblem(_ text: String) -> String? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let isFine =
            text.utf8.count <= 200 && text.utf8.allSatisfy(isPlain) && !text.hasPrefix("/")
            && parts.allSatisfy { $0 != ".." && $0.lowercased() != ".git" }
        return isFine && !text.isEmpty ? nil : "is no folder on a branch"
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isUnreservedInURL && byte != UInt8(ascii: "~") || byte == UInt8(ascii: "/")
    }

    /// Without empty parts and dots.
    private static func plain(_ path: String) -> String {
        path.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    // MARK: Lease

    private func lease(_ entry: YAMLMapping.Entry?) -> TimeSpan? {
        guard let node = entry?.value, !findings.reportNull(node, of: "state.git.lease") else {
            return nil
        }
        guard case .scalar(let scalar) = node.content, let span = TimeSpan(scalar.text),
            StateBranch.leases.contains(span.seconds)
        else {
            findings.report(
                "invalid_lease", at: node.range,
                "'state.git.lease' is no length of time from 30s to 1h", hint: "such as 10m")
            return nil
        }
        return span
    }
}
