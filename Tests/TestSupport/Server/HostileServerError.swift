/// Why a hostile server has no answer for its test.
package enum HostileServerError: Error {
    /// It was stopped, so that the awaited request cannot come any more.
    case stopped
}
