internal import BankhookDelivery
internal import BankhookModel

extension WatchEnd {
    /// The same end where another run has changed the record meanwhile: what arrived, or did
    /// not, says nothing of this run's URL then.
    func replaced(_ name: EnvironmentName) -> WatchEnd {
        if case .interrupted = outcome { return self }
        return WatchEnd(
            .lost(
                WatchProblem(
                    "another run has changed the record of \(name) meanwhile",
                    hint: "bankhook state show \(name) tells what stands now")), after: elapsed)
    }
}
