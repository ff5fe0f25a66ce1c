internal import BankhookDelivery
internal import BankhookModel

extension WatchEnd {
    /// The same end where another run has registered something else meanwhile: what arrived, or did
    /// not, says nothing of this run's URL then.
    func replaced(_ name: EnvironmentName) -> WatchEnd {
        if case .interrupted = outcome { return self }
        return WatchEnd(
            .lost(
                WatchProblem(
                    "another run has registered something else for \(name) meanwhile",
                    hint: "bankhook state show \(name) tells what stands now")), after: elapsed)
    }
}
