internal import BankhookConfiguration
internal import BankhookModel
internal import SourceText
internal import SystemCalls

/// What a run reads, and the folder of its records: no output may take the place of any of it.
struct InputFiles: Sendable {
    private let files: Set<String>
    /// Where every file is a record, or part of the configuration.
    private let folder: Folder?

    private struct Folder: Sendable {
        let path: String
        /// What it holds; empty for any file.
        let endings: [String]
        let use: String
    }

    private static let code = "output_file"

    /// What the arguments name: known before anything has been read.
    init(_ context: CommandContext, _ more: String?...) {
        files = Set(
            ([context.configurationPath, context.policyPath] + more).compactMap(\.self))
        folder = Folder(
            path: context.configurationPath, endings: [".yaml", ".yml"],
            use: "a file there is read as part of the configuration")
    }

    /// What the configuration names.
    init(_ configuration: Configuration) {
        let references = configuration.environments.flatMap(\.references)
        let secrets = references.compactMap { reference in
            if case .file(let path) = reference { path.path } else { nil }
        }
        let authorities = configuration.environments.compactMap {
            $0.certificateAuthorityFile?.path
        }
        files = Set(configuration.files.map(\.path) + secrets + authorities)
        folder =
            configuration.stateBranch == nil
            ? Folder(
                path: configuration.stateDirectory.path, endings: [],
                use: "its folder holds nothing but records") : nil
    }

    /// Throws where a file would replace one of these.
    func check(_ file: OutputFile) throws(CommandFailure) {
        guard let reason = reason(against: file) else { return }
        throw .problems(
            [
                CommandFailure.Problem(
                    code: InputFiles.code, message: "\(file.path) cannot be written: \(reason)",
                    hint: "name a file elsewhere", file: file.path)
            ], status: .error)
    }

    private func reason(against file: OutputFile) -> String? {
        if files.contains(where: file.isFile) { return "it is a file that this run reads" }
        guard let folder, file.isInside(folder.path),
            folder.endings.isEmpty || folder.endings.contains(where: file.path.hasSuffix)
        else { return nil }
        return folder.use
    }

    /// Whether a failure is that this file would replace one that is read: it must not be written
    /// to tell of that.
    static func isNamed(_ file: OutputFile, by failure: CommandFailure) -> Bool {
        guard case .problems(let problems, _) = failure else { return false }
        return problems.contains { $0.code == code && $0.file == file.path }
    }
}
