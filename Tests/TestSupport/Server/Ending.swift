/// How a server ends a connection.
enum Ending: Sendable {
    /// Politely: TLS says good-bye, then TCP (FIN).
    case close
    /// As when the process is killed: FIN without TLS's good-bye.
    case cut
    /// RST, which drops what is under way.
    case reset
}
