package import BankhookModel

/// Waits for the first genuine delivery that a source tells of.
package struct DeliveryWatch: Sendable {
    private let source: any DeliverySource
    private let time: RunTime
    private let interruption: Interruption

    /// The source must have begun.
    package init(_ source: any DeliverySource, time: RunTime, interruption: Interruption) {
        self.source = source
        self.time = time
        self.interruption = interruption
    }

    /// The longest that one look may take where there is time for it, and the shortest.
    private static let longestLook = Duration.seconds(10)
    private static let shortestLook = Duration.seconds(1)

    /// Looks until something came, `limit` is over, or a signal came, and shows a body before each
    /// pause how long it has waited. The last look is at the end of the time.
    package func wait(
        within limit: Duration, _ progress: (Duration) -> Void
    ) async -> WatchEnd {
        let began = time.elapsed()
        let patience = Patience(time: time, interruption: interruption)
        while true {
            let left = limit - (time.elapsed() - began)
            let look = await look(
                within: min(max(left, Self.shortestLook), Self.longestLook))
            let elapsed = time.elapsed() - began
            switch look {
            case nil: return WatchEnd(.interrupted, after: elapsed)
            case .delivered(let delivery): return WatchEnd(.delivered(delivery), after: elapsed)
            case .lost(let problem): return WatchEnd(.lost(problem), after: elapsed)
            case .nothing(let passedOver) where elapsed >= limit:
                return WatchEnd(.silent(passedOver: passedOver), after: elapsed)
            case .failed(let problem) where elapsed >= limit:
                return WatchEnd(.notLooked(problem), after: elapsed)
            case .nothing, .failed: progress(elapsed)
            }
            guard await patience.pause(min(source.interval, limit - elapsed)) else {
                return WatchEnd(.interrupted, after: time.elapsed() - began)
            }
        }
    }

    /// One look; nil where a signal comes first.
    private func look(within limit: Duration) async -> DeliveryLook? {
        guard !interruption.isRequested else { return nil }
        return await withTaskGroup(of: DeliveryLook?.self) { group in
            group.addTask { await source.look(within: limit) }
            group.addTask {
                await interruption.wait()
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }
}
