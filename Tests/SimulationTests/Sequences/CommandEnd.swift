import BankhookState

/// How a command ended.
enum CommandEnd: Sendable {
    case done
    /// It says why it does nothing.
    case refused(RecordChangeError)
    case failed(String)
}
