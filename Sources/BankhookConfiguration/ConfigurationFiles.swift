internal import SourceText
internal import SystemCalls

/// The text of a configuration: one file, or every YAML file directly in a directory.
struct ConfigurationFiles {
    /// In the byte order of their names.
    let files: [SourceFile]
    /// Files that could not be read.
    let failures: [Diagnostic]
    /// Where a directory was named: it stands for mistakes that no file alone makes.
    let directory: SourceFile?

    init(_ files: [SourceFile] = [], failures: [Diagnostic] = [], directory: String? = nil) {
        self.files = files
        self.failures = failures
        self.directory = directory.map { SourceFile(path: $0, bytes: []) }
    }

    /// Reads what a path leads to; whatever cannot be read is a failure, and so is the policy file
    /// among the files of a directory.
    static func read(path: String, policyPath: String?) -> ConfigurationFiles {
        let directory: String
        let names: [String]
        do throws(SystemCallError) {
            directory = try resolvedPath(path)
            names = try DirectoryHandle(path: directory).names()
        } catch {
            guard error.isAbsence || error.isWrongKind else {
                return ConfigurationFiles(failures: [InputFile.configuration.failure(path, error)])
            }
            return file(path: path)
        }
        return entries(
            names, of: directory, shownAs: path,
            policy: policyPath.flatMap { try? resolvedPath($0) })
    }

    private static func file(path: String) -> ConfigurationFiles {
        switch InputFile.configuration.read(path: path) {
        case .success(let file): ConfigurationFiles([file])
        case .failure(let failure): ConfigurationFiles(failures: [failure.diagnostic])
        }
    }

    // MARK: Directories

    private static func entries(
        _ names: [String], of directory: String, shownAs path: String, policy: String?
    ) -> ConfigurationFiles {
        let names = names.filter(isConfiguration).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        guard !names.isEmpty else {
            return ConfigurationFiles(
                failures: [InputFile.directoryWithoutFiles(path)], directory: path)
        }
        var files = [SourceFile]()
        var failures = [Diagnostic]()
        var room = InputFile.maximumSize
        for name in names {
            switch entry(name, of: directory, shownAs: path, policy: policy, room: room) {
            case .success(let file):
                room -= file.bytes.count
                files.append(file)
            case .failure(let failure): failures.append(failure.diagnostic)
            }
        }
        return ConfigurationFiles(files, failures: failures, directory: path)
    }

    private static func isConfiguration(_ name: String) -> Bool {
        !name.hasPrefix(".") && (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
    }

    private static func entry(
        _ name: String, of directory: String, shownAs path: String, policy: String?, room: Int
    ) -> Result<SourceFile, InputFile.Failure> {
        let shown = path.hasSuffix("/") ? path + name : "\(path)/\(name)"
        let resolved: String
        do throws(SystemCallError) {
            resolved = try resolvedPath("\(directory)/\(name)")
        } catch {
            return .failure(InputFile.Failure(diagnostic: InputFile.entry.failure(shown, error)))
        }
        guard resolved.utf8.starts(with: (directory == "/" ? directory : "\(directory)/").utf8)
        else {
            return .failure(InputFile.Failure(diagnostic: InputFile.linkOut(shown)))
        }
        guard resolved != policy else {
            return .failure(InputFile.Failure(diagnostic: InputFile.policyAmongEntries(shown)))
        }
        return InputFile.entry.read(path: resolved, shownAs: shown, room: room)
    }
}
