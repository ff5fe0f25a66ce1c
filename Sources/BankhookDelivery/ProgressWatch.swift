package import BankConnectAPI
package import BankhookModel
internal import JSONSyntax

/// Looks how far an entity's statements are, once or until they have ended.
package struct ProgressWatch: Sendable {
    private let reader: PatientReader
    private let patience: Patience
    private let request: ReadRequest

    package init(
        api: any ReadAPI, request: ReadRequest, time: RunTime,
        interruption: Interruption = Interruption()
    ) {
        reader = PatientReader(api: api, time: time, interruption: interruption)
        patience = Patience(time: time, interruption: interruption)
        self.request = request
    }

    /// One look.
    package func look() async throws(ReadFailure) -> EntityProgress {
        try await progress(request, within: RetryWait.limit)
    }

    /// What a wait came to.
    package struct Wait: Sendable {
        /// The last look that succeeded; nil where none did.
        package let progress: EntityProgress?
        /// Why the look after it did not.
        package let failure: ReadFailure?
    }

    /// Looks every `interval` until nothing goes on or `timeout` is over, and shows a body each look.
    ///
    /// Throws for what no wait mends, such as refused keys.
    package func wait(
        every interval: Duration, timeout: Duration, _ body: (EntityProgress) -> Void
    ) async throws(ReadFailure) -> Wait {
        let end = patience.time.elapsed() + timeout
        var wait = Wait(progress: nil, failure: nil)
        while true {
            let rest = end - patience.time.elapsed()
            do throws(ReadFailure) {
                let progress = try await progress(request.ending(within: rest), within: rest)
                body(progress)
                wait = Wait(progress: progress, failure: nil)
                if progress.isSettled { return wait }
            } catch {
                guard ProgressWatch.mayPass(error) else { throw error }
                wait = Wait(progress: wait.progress, failure: error)
            }
            let left = end - patience.time.elapsed()
            guard left > .zero, await patience.pause(min(interval, left)),
                patience.time.elapsed() < end
            else { return wait }
        }
    }

    /// Whether a later look may have an answer.
    private static func mayPass(_ failure: ReadFailure) -> Bool {
        switch failure.cause {
        case .answer(.response(let response)):
            [408, 425, 429].contains(response.status) || (500...599).contains(response.status)
        case .answer(.reset), .answer(.timedOut), .answer(.connectionRefused),
            .answer(.connectTimedOut), .answer(.interrupted):
            true
        case .answer, .loginPage, .tooLong, .noJSON, .wrongShape: false
        }
    }

    private func progress(_ request: ReadRequest, within limit: Duration)
        async throws(ReadFailure) -> EntityProgress
    {
        let answer = try await reader.json(request, within: limit)
        do throws(ListShapeError) {
            return EntityProgress(statements: try StatementProgress.list(in: answer))
        } catch {
            throw ReadFailure(cause: .wrongShape(error.message), attempts: 1)
        }
    }
}
