internal import BankhookConfiguration
internal import BankhookHistory
internal import BankhookModel
internal import Git
internal import SourceText
internal import SystemCalls

/// The versions of a configuration that git holds, for whoever wants one of them back.
struct ConfigurationCommits: Sendable {
    /// A version, and how to get it back.
    struct Found: Sendable {
        let configuration: Configuration
        /// The command that writes it over the one that is there.
        let restore: String
        /// The file that it writes, for messages.
        let file: String
        /// Whether something of it is in no commit.
        let isDirty: Bool
    }

    private let configuration: Configuration
    /// The configuration's path as it was given.
    private let path: String
    private let git: Git
    private let folder: String
    private let names: [String]

    private static let timeLimit = Duration.seconds(10)
    private static let sizeLimit = 64 << 20
    /// How many commits are looked at beside the first one.
    private static let mostCommits = 10

    init(_ configuration: Configuration, path: String, git: Git) {
        self.configuration = configuration
        self.path = path
        self.git = git
        let paths = configuration.files.map(\.path)
        folder = paths.first.map(ConfigurationCommits.folder) ?? "."
        names = paths.map(ConfigurationCommits.name)
    }

    /// The first version of one file that a test holds for, the other files being as they are: that of
    /// `revision`, then the newest ones of HEAD's history. Nil where git has none, where its command
    /// would write through a link, or where git takes too long.
    func find(
        _ file: String, policy: SourceFile?, startingWith revision: String?,
        where isWanted: (Configuration) -> Bool
    ) async -> Found? {
        guard isPlain, (try? UpwardSearch.finds(".git", from: folder)) == true else { return nil }
        let name = Self.name(of: file)
        let end = ContinuousClock.now + Self.timeLimit
        let first = revision.map { String($0.prefix { $0 != "+" }) }
        for commit in [first].compactMap(\.self) + (await newestCommits(of: name)) {
            let left = end - ContinuousClock.now
            guard left > .zero, !Task.isCancelled else { return nil }
            guard let bytes = await text(of: name, at: commit, within: left),
                let past = decode(name, as: bytes, policy), isWanted(past)
            else { continue }
            return await found(past, commit, name)
        }
        return nil
    }

    // MARK: Versions

    private func newestCommits(of name: String) async -> [String] {
        let output = try? await git.run(
            ["log", "--format=%H", "-n", "\(Self.mostCommits)", "HEAD", "--", name],
            in: folder, timeLimit: Self.timeLimit)
        return String(decoding: output ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// A file as a commit has it; nil where it has none, or git does not tell.
    private func text(of name: String, at commit: String, within time: Duration) async -> [UInt8]? {
        guard commit.utf8.allSatisfy({ $0.hexDigitValue != nil }), !commit.isEmpty else {
            return nil
        }
        return try? await git.run(
            ["cat-file", "blob", "\(commit):./\(name)"], in: folder,
            outputLimit: Self.sizeLimit, timeLimit: time)
    }

    /// The configuration with one of its files as it was.
    private func decode(_ name: String, as bytes: [UInt8], _ policy: SourceFile?) -> Configuration?
    {
        let files = configuration.files.map { file in
            Self.name(of: file.path) == name ? SourceFile(path: file.path, bytes: bytes) : file
        }
        let result =
            if configuration.isDirectory {
                ConfigurationLoader.decode(files, directory: path, policyFile: policy)
            } else {
                files.first.map { ConfigurationLoader.decode($0, policyFile: policy) }
            }
        return result?.configuration
    }

    // MARK: The command

    private func found(_ past: Configuration, _ commit: String, _ name: String) async -> Found {
        let isHere = await topLevel(of: ".") == topLevel(of: folder)
        let shown = folder == "." ? name : "\(folder)/\(name)"
        let words =
            (isHere ? ["git"] : ["git", "-C", folder]) + ["restore", "--source=\(commit)", "--"]
            + [isHere ? shown : name]
        let state = await ConfigurationRevision.find(
            files: configuration.files.map(\.path).filter { Self.name(of: $0) == name },
            git: git)
        return Found(
            configuration: past, restore: ShellText.command(words),
            file: shown, isDirty: state?.hasSuffix("+dirty") != false)
    }

    private func topLevel(of folder: String) async -> [UInt8]? {
        try? await git.run(
            ["rev-parse", "--show-toplevel"], in: folder, timeLimit: Self.timeLimit)
    }

    /// Whether every path means its own file to git: no link, and no pattern.
    private var isPlain: Bool {
        let isOrdinary = names.allSatisfy { name in
            let shown = "\(folder)/\(name)"
            return !name.hasPrefix(":") && !shown.hasPrefix(":")
                && shown.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && !"*?[\\".utf8.contains($0) }
        }
        guard isOrdinary, let real = try? UpwardSearch.realPath(of: folder) else { return false }
        return names.allSatisfy {
            (try? UpwardSearch.realPath(of: "\(folder)/\($0)")) == "\(real)/\($0)"
        }
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}
