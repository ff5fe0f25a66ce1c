import BankhookHistory
import BankhookModel
import BankhookState
import Git
import TestSupport
import Testing

/// Records that follow from each other, as applies write them.
enum ChainRecords {
    /// A settled version that follows from another one; `by` tells two of one serial apart.
    static func settled(
        _ serial: Int, after before: Record? = nil, by writer: String = "bankhook",
        name: String = "uat", lineage: String = HistoryFixture.lineage
    ) throws -> Record {
        let bytes = try HistoryFixture.version(serial, by: writer, name: name, lineage: lineage)
        let environment = try #require(EnvironmentName(name))
        let record = try RecordCodec.decode(bytes, as: environment).record
        return Record(
            environment: environment, lineage: record.lineage, serial: serial,
            previous: before.flatMap { $0.pending?.settled ?? RecordCodec.checksum(of: $0) },
            applied: record.applied, pending: nil)
    }

    /// An intent on a settled version, which may name another one; or the first one.
    static func intent(on settled: Record?, naming other: Record? = nil) throws -> Record {
        let bytes = try HistoryFixture.version(0, pending: true)
        let first = try RecordCodec.decode(bytes, as: try #require(EnvironmentName("uat"))).record
        guard let settled else { return first }
        return Record(
            environment: settled.environment, lineage: settled.lineage, serial: settled.serial,
            previous: settled.previous, applied: settled.applied,
            pending: first.pending?.following(RecordCodec.checksum(of: other ?? settled)))
    }
}

extension HistoryFixture {
    func put(_ record: Record) throws {
        try write(RecordCodec.encode(record), to: record.environment.text)
    }

    /// Writes a version and commits it; returns the commit.
    @discardableResult
    func commit(_ record: Record) async throws -> String {
        try put(record)
        return try await repository.commit("serial \(record.serial)")
    }

    func verification(variables: [String: String] = [:]) async throws -> StateVerification {
        try await HistoryFixture.verification(of: directory, variables: variables)
    }

    static func verification(of directory: String, variables: [String: String] = [:])
        async throws -> StateVerification
    {
        let environment = GitEnvironment(GitRepository.variables.merging(variables) { $1 })
        let reader = HistoryReader(
            git: Git(environment: environment), directory: directory, timeLimit: .seconds(60))
        return await reader.verification(
            of: try DirectoryStore(path: directory).inspection(), after: await reader.walk())
    }

    /// What is found where all of the history could be looked at: a line for each problem.
    func problems(_ location: SourceLocation = #_sourceLocation) async throws -> [String] {
        let found = try await verification()
        #expect(found.coverage == .complete, sourceLocation: location)
        return found.lines
    }
}

extension StateVerification {
    /// Environment, commit and words of each problem.
    var lines: [String] {
        problems.map { "\($0.environment?.text ?? "-") \($0.commit ?? "-"): \($0.fault)" }
    }
}
