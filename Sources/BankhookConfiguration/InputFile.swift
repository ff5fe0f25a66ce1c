internal import SourceText
internal import SystemCalls

/// The files that a person names, and what is said of one that cannot be read.
enum InputFile {
    case configuration
    /// One of the files of a configuration directory.
    case entry
    case policy

    /// The most text that is read, in bytes: that of a file, or of all files of a directory.
    static let maximumSize = 64 << 20

    /// Why there is no text, as the one mistake of its file.
    struct Failure: Error {
        let diagnostic: Diagnostic
    }

    /// Reads a regular file, through links; anything else is a failure.
    ///
    /// `shown` is its path as diagnostics have it, and `room` the bytes that may still be read.
    func read(path: String, shownAs shown: String? = nil, room: Int = maximumSize)
        -> Result<SourceFile, Failure>
    {
        let shown = shown ?? path
        let content: FileContent
        do throws(SystemCallError) {
            content = try FileContent.read(path: path, limit: room)
        } catch {
            return .failure(Failure(diagnostic: failure(shown, error)))
        }
        switch content {
        case .file(let bytes): return .success(SourceFile(path: shown, bytes: bytes))
        case .absent: return .failure(Failure(diagnostic: absence(shown)))
        case .tooLarge:
            return .failure(
                Failure(
                    diagnostic: InputFile.failure(
                        shown, "yaml_too_large", tooLarge, hint: wayToLess)))
        case .other(let kind):
            return .failure(
                Failure(
                    diagnostic: InputFile.failure(
                        shown, unreadable, "it is \(kind), not a regular file",
                        hint: wayToRegular)))
        }
    }

    /// What is said of a file that the system does not let be read.
    func failure(_ path: String, _ error: SystemCallError) -> Diagnostic {
        error.isAbsence
            ? absence(path)
            : InputFile.failure(path, unreadable, "\(error)", hint: error.wayOut)
    }

    /// What is said of a link in a directory to something outside it.
    static func linkOut(_ path: String) -> Diagnostic {
        failure(
            path, "config_unreadable", "it is a link that leaves the directory",
            hint: "put the file itself there: whoever owns the directory must own what it says")
    }

    /// What is said of a policy file that a directory would have to take for configuration.
    static func policyAmongEntries(_ path: String) -> Diagnostic {
        failure(
            path, "policy_in_directory",
            "it is the policy file, and a file of the configuration too",
            hint: "move it out of the directory, all of which is configuration")
    }

    /// What is said of a directory in which there is nothing to read.
    static func directoryWithoutFiles(_ path: String) -> Diagnostic {
        failure(
            path, "config_not_found", "the directory holds no *.yaml or *.yml file",
            hint: "put one into it, or name another one")
    }

    private func absence(_ path: String) -> Diagnostic {
        switch self {
        case .configuration:
            InputFile.failure(
                path, "config_not_found", "there is no such file\(InputFile.folder(of: path))",
                hint:
                    "name one with --config PATH or BANKHOOK_CONFIG, or begin one with bankhook init"
            )
        case .entry:
            InputFile.failure(
                path, unreadable, "it is a link to nothing", hint: "mend it, or remove it")
        case .policy:
            InputFile.failure(
                path, "policy_not_found", "there is no such file",
                hint: "name one with --policy PATH or BANKHOOK_POLICY")
        }
    }

    /// Where a relative path was looked for.
    private static func folder(of path: String) -> String {
        guard !path.hasPrefix("/"), let folder = try? UpwardSearch.realPath(of: ".") else {
            return ""
        }
        return " in \(folder)"
    }

    private static func failure(_ path: String, _ code: String, _ message: String, hint: String)
        -> Diagnostic
    {
        Diagnostic(
            code: code, in: SourceFile(path: path, bytes: []), at: SourceRange(at: .start), message,
            hint: hint, excerpt: .omitted)
    }

    private var wayToLess: String {
        switch self {
        case .configuration: "name a configuration file"
        case .entry: "move out of the directory what is no configuration"
        case .policy: "name a policy file"
        }
    }

    private var unreadable: String {
        switch self {
        case .configuration, .entry: "config_unreadable"
        case .policy: "policy_unreadable"
        }
    }

    private var tooLarge: String {
        switch self {
        case .configuration, .policy: "it is larger than 64 MiB"
        case .entry: "the files up to it are larger than 64 MiB together"
        }
    }

    private var wayToRegular: String {
        switch self {
        case .configuration, .policy: "name a regular file"
        case .entry: "move it out of the directory, or give it another name"
        }
    }
}
