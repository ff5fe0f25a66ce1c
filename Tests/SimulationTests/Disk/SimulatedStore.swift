import BankhookModel
import BankhookState
import Synchronization

/// Records on a simulated disk. Changes that wait together are committed together, as the store of a
/// directory does; chance decides how long they wait.
final class SimulatedStore: RecordStore {
    private struct State {
        var waiting: [(id: Int, change: FileChange)] = []
        var outcomes: [Int: FileCommit.Outcome] = [:]
        var nextID = 0
    }

    private let world: World
    private let disk: FakeDisk
    /// How many turns a change waits for others.
    private let patience: Int
    private let state = Mutex(State())

    init(world: World, disk: FakeDisk) {
        self.world = world
        self.disk = disk
        patience = world.chance.element(of: [0, 3, 30])
    }

    private var reader: RecordReader { RecordReader(path: "state", files: disk) }

    func records() throws(StateErrors) -> [DecodedRecord] {
        try reader.records()
    }

    func snapshot(of name: EnvironmentName) throws(StateError) -> RecordSnapshot {
        let found = try reader.read(name)
        return RecordSnapshot(name: name, bytes: found?.bytes, decoded: found?.decoded)
    }

    func write(_ record: Record, temporary id: String) async throws(StateError) {
        try await replace(record.environment, with: RecordCodec.encode(record), temporary: id)
    }

    func restore(_ snapshot: RecordSnapshot, temporary id: String) async throws(StateError) {
        world.note("restore \(snapshot.name)")
        guard let bytes = snapshot.bytes else {
            world.hit(.removalRestored)
            return try await remove(snapshot.name)
        }
        world.hit(.intentRestored)
        try await replace(snapshot.name, with: bytes, temporary: id)
    }

    func remove(_ name: EnvironmentName) async throws(StateError) {
        try await commit(.remove("\(name).json"))
    }

    private func replace(
        _ name: EnvironmentName, with bytes: [UInt8], temporary id: String
    ) async throws(StateError) {
        try await commit(
            .replace("\(name).json", bytes: bytes, temporary: ".\(name).json.tmp-\(id)"))
    }

    private func commit(_ change: FileChange) async throws(StateError) {
        let id = state.withLock { state in
            state.nextID += 1
            state.waiting.append((state.nextID, change))
            return state.nextID
        }
        for _ in 0..<world.chance.below(patience + 1) + patience { await Task.yield() }
        let batch = state.withLock { state in
            guard state.outcomes[id] == nil else { return [(id: Int, change: FileChange)]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        if batch.count > 1 { world.hit(.batch) }
        let outcomes = FileCommit.commit(batch.map(\.change), to: disk)
        let outcome = state.withLock { state in
            for (change, outcome) in zip(batch, outcomes) { state.outcomes[change.id] = outcome }
            return state.outcomes.removeValue(forKey: id)
        }
        if case .failure(let error)? = outcome { throw .systemCall(path: "state", error) }
    }
}
