import Dispatch

/// Runs the tasks that prefer it one at a time, in the order in which they became ready: whoever was
/// added earlier has come to its first wait before a later one runs.
package final class SerialTaskExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "tests.serial")

    package init() {}

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async {
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
