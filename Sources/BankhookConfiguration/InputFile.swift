internal import SourceText
internal import SystemCalls

/// The files that a person names, and what is said of one that cannot be read.
enum InputFile {
    case configuration
    case policy

    /// The largest file that is read, in bytes.
    private static let maximumSize = 64 << 20

    /// Why there is no text, as the one mistake of its file.
    struct Failure: Error {
        let diagnostic: Diagnostic
    }

    /// Reads a regular file, through links; anything else is a failure.
    func read(path: String) -> Result<SourceFile, Failure> {
        let content: FileContent
        do throws(SystemCallError) {
            content = try FileContent.read(path: path, limit: InputFile.maximumSize)
        } catch {
            return failure(path, unreadable, "\(error)", hint: error.wayOut)
        }
        switch content {
        case .file(let bytes):
            return .success(SourceFile(path: path, bytes: bytes))
        case .absent:
            return failure(path, absent, "there is no such file", hint: wayToName)
        case .tooLarge:
            return failure(
                path, "yaml_too_large", "it is larger than 64 MiB", hint: "name a \(noun) file")
        case .other("a directory") where self == .configuration:
            return failure(
                path, "not_supported",
                "a configuration directory is not supported in this version",
                hint: "name one file")
        case .other(let kind):
            return failure(
                path, unreadable, "it is \(kind), not a regular file",
                hint: "name a regular file")
        }
    }

    private func failure(_ path: String, _ code: String, _ message: String, hint: String?)
        -> Result<SourceFile, Failure>
    {
        .failure(
            Failure(
                diagnostic: Diagnostic(
                    code: code, in: SourceFile(path: path, bytes: []),
                    at: SourceRange(at: .start), message, hint: hint, excerpt: .omitted)))
    }

    private var noun: String {
        switch self {
        case .configuration: "configuration"
        case .policy: "policy"
        }
    }

    private var unreadable: String {
        switch self {
        case .configuration: "config_unreadable"
        case .policy: "policy_unreadable"
        }
    }

    private var absent: String {
        switch self {
        case .configuration: "config_not_found"
        case .policy: "policy_not_found"
        }
    }

    private var wayToName: String {
        switch self {
        case .configuration: "name one with --config PATH or BANKHOOK_CONFIG"
        case .policy: "name one with --policy PATH or BANKHOOK_POLICY"
        }
    }
}
