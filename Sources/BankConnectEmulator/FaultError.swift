/// Why a list of faults is refused.
package struct FaultError: Error, Equatable, CustomStringConvertible {
    /// The place and the mistake, such as `faults[0].times: …`.
    let message: String

    package var description: String { message }
}
