/// Thrown instead of an answer once the connection is closed: the server finds nobody to write to.
struct ConnectionClosed: Error {}
