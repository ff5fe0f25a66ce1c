import Synchronization

/// Runs tasks on the calling thread, one job at a time, in an order that only chance decides: the
/// same seed gives the same interleaving.
final class SeededExecutor: TaskExecutor {
    private let chance: Chance
    private let ready = Mutex<[UnownedJob]>([])

    init(chance: Chance) {
        self.chance = chance
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        ready.withLock { $0.append(job) }
    }

    /// Runs a body and everything that it starts. Nil when it waits for what never comes.
    ///
    /// `beforeJob` can cancel the body; `whenIdle` makes something ready, or says that it cannot.
    func run<Value: Sendable>(
        beforeJob: (_ cancel: () -> Void) -> Void, whenIdle: () -> Bool,
        _ body: @Sendable @escaping () async -> Value
    ) -> Value? {
        let result = Result<Value>()
        // Not a stray one: this loop runs each of its jobs, and ends after the last.
        let task = Task(executorPreference: self) { result.set(await body()) }
        while true {
            if let job = next() {
                beforeJob { task.cancel() }
                unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            } else if let value = result.value {
                return value
            } else if !whenIdle() {
                return nil
            }
        }
    }

    private func next() -> UnownedJob? {
        ready.withLock { jobs in
            jobs.isEmpty ? nil : jobs.remove(at: chance.below(jobs.count))
        }
    }

    private final class Result<Value: Sendable>: Sendable {
        private let stored = Mutex<Value?>(nil)

        var value: Value? { stored.withLock { $0 } }

        func set(_ value: Value) {
            stored.withLock { $0 = value }
        }
    }
}
