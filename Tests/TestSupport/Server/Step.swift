import NIOCore

/// The smallest thing a server does with a connection; a `Behaviour` is a list of them.
enum Step: Sendable {
    /// Sends the bytes, and goes on once the system has taken them all.
    case send(ByteBuffer)
    /// Sends the bytes so many times, with a pause after each.
    case repeatedly(ByteBuffer, pause: Duration, times: Int)
    /// Goes on after that time, and in any case not before the loop has served the others.
    case pause(Duration)
    /// Goes on once the gate is open.
    case pass(Gate)
    /// Ends the connection, and with it everything that was to follow.
    case end(Ending)
    /// Does nothing more until the peer or the server's `stop()` ends the connection.
    case stall
}
