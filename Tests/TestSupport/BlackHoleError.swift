/// Why there is no black hole.
package enum BlackHoleError: Error {
    /// The system takes more connections than the listener asked it to keep waiting.
    case queueDoesNotFill
}
