/// Who applies: the process that holds the lock, or that wrote a pending intent.
package struct LockHolder: Equatable, Sendable {
    /// A UUID in lower case, made for this apply.
    package let id: String
    /// What `gethostname` returned, as printable ASCII.
    package let host: String
    package let process: Int
    /// The CI run, where it is known.
    package let run: String?
    package let startedAt: Timestamp

    package init(id: String, host: String, process: Int, run: String?, startedAt: Timestamp) {
        self.id = id
        self.host = host
        self.process = process
        self.run = run
        self.startedAt = startedAt
    }

    /// The same holder at the start of one environment's request.
    package func starting(at moment: Timestamp) -> LockHolder {
        LockHolder(id: id, host: host, process: process, run: run, startedAt: moment)
    }
}

extension LockHolder: CustomStringConvertible {
    package var description: String {
        "\(host) pid \(process) since \(startedAt)" + (run.map { " (\($0))" } ?? "")
    }
}
