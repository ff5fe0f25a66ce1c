package import BankhookModel
internal import NIOCore
internal import NIOPosix
internal import SystemCalls

/// Asks this machine's resolver for the addresses of hosts. No host is called.
package struct HostLookup: Sendable {
    /// Why there are no addresses.
    package enum Failure: Error, Equatable, Sendable {
        /// The resolver says that nobody has the name.
        case notFound
        /// The resolver gave no answer; its own words.
        case noAnswer(String)
        case timedOut
    }

    /// The addresses of a host, in the resolver's order, each once.
    package let addresses: @Sendable (URLHost) async -> Result<[URLHost], Failure>

    package init(_ addresses: @Sendable @escaping (URLHost) async -> Result<[URLHost], Failure>) {
        self.addresses = addresses
    }

    /// This machine's resolver, which is waited for no longer than `timeout`.
    package static func system(timeout: TimeSpan) -> HostLookup {
        HostLookup { host in
            guard case .name(let name) = host else { return .success([host]) }
            return await lookUp(name, timeout: timeout)
        }
    }

    /// A call of the resolver cannot be ended: one that takes too long is left to itself.
    private static func lookUp(_ name: String, timeout: TimeSpan) async
        -> Result<[URLHost], Failure>
    {
        let (results, continuation) = AsyncStream.makeStream(
            of: Result<[URLHost], Failure>.self, bufferingPolicy: .bufferingOldest(1))
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(
            in: TimeAmount(timeout.duration)
        ) {
            continuation.yield(.failure(.timedOut))
        }
        NIOThreadPool.singleton.submit { _ in
            continuation.yield(found(name))
        }
        defer { timer.cancel() }
        for await result in results { return result }
        return .failure(.timedOut)
    }

    private static func found(_ name: String) -> Result<[URLHost], Failure> {
        do throws(NameLookup.Failure) {
            var hosts = [URLHost]()
            for bytes in try NameLookup.addresses(of: name) {
                if let host = URLHost(address: bytes), !hosts.contains(host) { hosts.append(host) }
            }
            return hosts.isEmpty ? .failure(.notFound) : .success(hosts)
        } catch {
            switch error {
            case .notFound: return .failure(.notFound)
            case .noAnswer(let words): return .failure(.noAnswer(words))
            }
        }
    }
}
