import BankhookHistory
import BankhookModel
import BankhookState
import Foundation
import Git
import TestSupport
import Testing

/// A work tree with a state directory in it, and records to put there.
struct HistoryFixture {
    let repository: GitRepository
    let directory: String

    static let lineage = "0f0c6f6e-3b1a-4c55-9d7e-8a1b2c3d4e5f"
    static let otherLineage = "11111111-3b1a-4c55-9d7e-8a1b2c3d4e5f"

    /// Gives a body a new repository whose state directory is at a path in it.
    static func with(
        _ folder: String = "bankhook.state", _ options: String...,
        body: (HistoryFixture) async throws -> Void
    ) async throws {
        try await withTemporaryDirectory { directory in
            let repository =
                options.isEmpty
                ? try await GitRepository(at: directory)
                : try await GitRepository(at: directory, options[0])
            let fixture = HistoryFixture(
                repository: repository, directory: "\(directory)/\(folder)")
            try FileManager.default.createDirectory(
                atPath: fixture.directory, withIntermediateDirectories: true)
            try await body(fixture)
        }
    }

    /// The bytes of a version; `by` tells two of the same serial apart.
    static func version(
        _ serial: Int, by writer: String = "bankhook", pending: Bool = false, name: String = "uat",
        lineage: String = lineage
    ) throws -> [UInt8] {
        let moment = Timestamp(secondsSinceEpoch: 1_800_000_000 + serial)
        let registration = Registration(
            baseURL: try BaseURL(BaseURL.production), flow: .entity,
            webhookURL: try WebhookURL("https://hooks.lender.example/\(serial)"), mode: .netBanking)
        let account = try #require(Fingerprint("hmac-sha256:0123456789abcdef"))
        let applied = Record.Applied(
            registration: registration, account: account, webhookSecrets: [:], appliedAt: moment,
            origin: .applied, revision: nil, run: nil, tool: writer)
        func record(_ pending: Record.Pending?) throws -> Record {
            Record(
                environment: try #require(EnvironmentName(name)),
                lineage: try #require(Lineage(lineage)), serial: serial, previous: nil,
                applied: serial == 0 ? nil : applied, pending: pending)
        }
        guard pending else { return RecordCodec.encode(try record(nil)) }
        let settled = serial == 0 ? nil : RecordCodec.checksum(of: try record(nil))
        return RecordCodec.encode(
            try record(
                Record.Pending(
                    action: .update, registration: registration, account: account,
                    webhookSecrets: [:],
                    holder: LockHolder(
                        id: "id", host: "host", process: 1, run: nil, startedAt: moment),
                    settled: settled, unknownSince: moment, expiresAt: nil)))
    }

    func write(_ bytes: [UInt8], to name: String = "uat") throws {
        try Data(bytes).write(to: URL(filePath: "\(directory)/\(name).json"))
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: "\(directory)/\(name).json")
    }

    /// Writes a version and commits it; returns the commit.
    @discardableResult
    func commit(_ serial: Int, by writer: String = "bankhook", pending: Bool = false) async throws
        -> String
    {
        try write(try HistoryFixture.version(serial, by: writer, pending: pending))
        return try await repository.commit("serial \(serial)")
    }

    /// What the history says of the records that stand in the directory.
    func history(
        variables: [String: String] = [:], timeLimit: Duration = .seconds(60)
    ) async throws -> RecordHistory {
        try await HistoryFixture.history(
            of: directory, variables: variables, timeLimit: timeLimit)
    }

    static func history(
        of directory: String, variables: [String: String] = [:],
        timeLimit: Duration = .seconds(60)
    ) async throws -> RecordHistory {
        let environment = GitEnvironment(GitRepository.variables.merging(variables) { $1 })
        let reader = HistoryReader(
            git: Git(environment: environment), directory: directory, timeLimit: timeLimit)
        let walk = await reader.walk()
        return await reader.history(
            of: try DirectoryStore(path: directory).records(), after: walk)
    }

    /// The finding about the one lineage that most tests have.
    func finding() async throws -> RecordHistory.Finding? {
        let history = try await history()
        #expect(history.coverage == .complete)
        return history.findings[try #require(Lineage(HistoryFixture.lineage))]
    }
}
