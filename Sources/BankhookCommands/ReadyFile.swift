internal import FoundationEssentials

/// The file that tells a script where a server listens, and that it does.
enum ReadyFile {
    /// Writes it whole, where one is named.
    static func write(_ baseURL: String, to path: String?) throws(CommandFailure) {
        guard let path else { return }
        do {
            try Data("\(baseURL)\n".utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .problem(
                "ready_file", "--ready-file \(path) cannot be written",
                hint: "name a file in a directory that exists and that this user may write to")
        }
    }
}
