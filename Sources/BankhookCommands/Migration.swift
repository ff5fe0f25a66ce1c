internal import BankhookApply
internal import BankhookConfiguration
internal import BankhookGitStore
internal import BankhookModel
internal import BankhookState
internal import JSONSyntax

/// Copies all records from one store to another, byte for byte (specification, section 6).
struct Migration: Sendable {
    let context: CommandContext
    let configuration: Configuration
    let from: StorePlace
    let to: StorePlace
    let lock: LockOption
    let format: OutputFormat

    func run() async throws -> ExitStatus {
        let interruption = Interruption()
        let source = try store(from, interruption)
        let destination = try store(to, interruption)
        try await requireRecords(in: source)
        let run = LockedRun(
            context: context, timeout: lock.timeout.duration, interruption: interruption,
            secrets: context.secrets(of: configuration))
        return try await run.run(source) { locked in
            let names = try Migration.records(of: locked)
            try locked.requireFree(names)
            let records = try names.map { name throws(StateError) in
                try locked.snapshot(of: name)
            }
            try await fill(destination, with: records, by: locked.holder)
            report(names, from: source, to: destination)
            return .done
        }
    }

    private func store(_ place: StorePlace, _ interruption: Interruption)
        throws(CommandFailure) -> any StateStore
    {
        switch place {
        case .directory(nil): return context.directoryStore(configuration)
        case .directory(let path?): return DirectoryStore(path: path)
        case .git:
            guard
                let branch = BranchContext(context, configuration, interruption: interruption)
            else {
                throw .problem(
                    "no_git_store", "the configuration names no git store",
                    hint: "write state: { git: { remote: origin, branch: bankhook-state } }")
            }
            return branch.store(beside: nil)
        }
    }

    /// A name that is wrong would look like a store that has nothing to copy, and would be made.
    private func requireRecords(in source: any StateStore) async throws {
        guard try await source.names().isEmpty else { return }
        throw CommandFailure.problem(
            "nothing_to_migrate",
            "\(Migration.name(of: source)) holds no record; nothing was copied",
            hint: "name the store that holds them, such as --from directory:PATH")
    }

    private static func records(of locked: any LockedStore) throws(CommandFailure)
        -> [EnvironmentName]
    {
        do {
            return try locked.records().map(\.record.environment)
        } catch {
            throw CommandFailure(error)
        }
    }

    private func fill(
        _ destination: any StateStore, with records: [RecordSnapshot], by holder: LockHolder
    ) async throws {
        if let branch = destination as? GitStore { return try await branch.fill(with: records) }
        try await destination.withLock(by: holder) { locked in
            guard try Migration.records(of: locked).isEmpty else {
                throw StateError.branch(.holdsRecords(Migration.name(of: destination)))
            }
            for record in records {
                try await locked.restore(record, temporary: context.makeID())
            }
        }
    }

    private static func name(of store: any StateStore) -> String {
        (store as? DirectoryStore)?.path ?? (store as? GitStore)?.name ?? "the store"
    }

    private func report(
        _ names: [EnvironmentName], from source: any StateStore, to destination: any StateStore
    ) {
        let (old, new) = (Migration.name(of: source), Migration.name(of: destination))
        switch format {
        case .text:
            context.console.output(
                "\(names.count) record\(names.count == 1 ? "" : "s") copied from \(old) to \(new); "
                    + "\(old) is left as it is\n")
        case .json:
            context.console.output(
                JSONOutput.text([
                    "action": "migrated",
                    "environments": .array(names.map { .string($0.text) }),
                    "format_version": .integer(1), "from": .string(old), "to": .string(new),
                ]))
        }
    }
}
