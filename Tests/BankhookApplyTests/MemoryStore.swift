import BankhookModel
import BankhookState
import Synchronization
import SystemCalls

/// Records in memory, with writes that fail on demand and a log of what was done.
final class MemoryStore: RecordStore {
    enum Entry: Equatable, Sendable {
        case intent(EnvironmentName)
        case outcome(EnvironmentName)
        case restored(EnvironmentName)
    }

    private struct State {
        var files: [EnvironmentName: [UInt8]] = [:]
        var log: [Entry] = []
        var failingWrites: Set<Int> = []
        var isFailureLate = false
        var onWrite: (@Sendable () -> Void)?
        var onRecord: (@Sendable (Entry) async -> Void)?
        var failsRestores = false
        var writes = 0
    }

    private let state = Mutex(State())

    /// What was done, in order.
    var log: [Entry] { state.withLock { $0.log } }

    var records: [Record] {
        state.withLock { state in
            state.files.compactMap { name, bytes in
                (try? RecordCodec.decode(bytes, as: name))?.record
            }
        }
    }

    func bytes(of name: String) -> [UInt8]? {
        EnvironmentName(name).flatMap { name in state.withLock { $0.files[name] } }
    }

    func record(_ name: String) -> Record? {
        records.first { $0.environment.text == name }
    }

    func put(_ record: Record) {
        state.withLock { $0.files[record.environment] = RecordCodec.encode(record) }
    }

    /// Makes the n-th write from now on fail, counted from 1.
    func failWrite(_ number: Int) {
        state.withLock { state in _ = state.failingWrites.insert(state.writes + number) }
    }

    /// Makes failing writes replace the file all the same, as a failing sync of the directory does.
    func failLate() {
        state.withLock { $0.isFailureLate = true }
    }

    /// Runs something while a record is being written.
    func onWrite(_ body: @Sendable @escaping () -> Void) {
        state.withLock { $0.onWrite = body }
    }

    /// Waits for something after each change, before whoever asked for it is told.
    func onRecord(_ body: @Sendable @escaping (Entry) async -> Void) {
        state.withLock { $0.onRecord = body }
    }

    func failRestores() {
        state.withLock { $0.failsRestores = true }
    }

    func snapshot(of name: EnvironmentName) throws(StateError) -> RecordSnapshot {
        let bytes = state.withLock { $0.files[name] }
        do throws(RecordDamage) {
            let decoded: DecodedRecord? =
                if let bytes { try RecordCodec.decode(bytes, as: name) } else { nil }
            return RecordSnapshot(name: name, bytes: bytes, decoded: decoded)
        } catch {
            throw .damaged(path: "\(name).json", error)
        }
    }

    func write(_ record: Record, temporary id: String) async throws(StateError) {
        state.withLock { $0.onWrite }?()
        let isWritten = state.withLock { state in
            state.writes += 1
            guard !state.failingWrites.contains(state.writes) else {
                if state.isFailureLate {
                    state.files[record.environment] = RecordCodec.encode(record)
                }
                return false
            }
            state.files[record.environment] = RecordCodec.encode(record)
            state.log.append(
                record.pending == nil
                    ? .outcome(record.environment) : .intent(record.environment))
            return true
        }
        guard isWritten else { throw MemoryStore.full(record.environment) }
        await state.withLock { $0.onRecord }?(
            record.pending == nil ? .outcome(record.environment) : .intent(record.environment))
    }

    func restore(_ snapshot: RecordSnapshot, temporary id: String) async throws(StateError) {
        let isRestored = state.withLock { state in
            guard !state.failsRestores else { return false }
            state.files[snapshot.name] = snapshot.bytes
            state.log.append(.restored(snapshot.name))
            return true
        }
        guard isRestored else { throw MemoryStore.full(snapshot.name) }
        await state.withLock { $0.onRecord }?(.restored(snapshot.name))
    }

    func remove(_ name: EnvironmentName) async throws(StateError) {
        state.withLock { $0.files[name] = nil }
    }

    private static func full(_ name: EnvironmentName) -> StateError {
        .systemCall(path: "\(name).json", SystemCallError("write", number: 28))
    }
}
