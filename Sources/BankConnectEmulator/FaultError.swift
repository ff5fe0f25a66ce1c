/// Why a list of faults is refused.
struct FaultError: Error, Equatable {
    /// The place and the mistake, such as `faults[0].times: …`.
    let message: String
}
