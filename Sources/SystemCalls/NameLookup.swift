#if canImport(Darwin)
    internal import Darwin
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Glibc
#endif

/// The system's resolver, as every connection to a name asks it.
package enum NameLookup {
    /// Why there are no addresses.
    package enum Failure: Error, Equatable, Sendable {
        /// Nobody has the name, or it has no addresses.
        case notFound
        /// The resolver did not answer the question; its own words.
        case noAnswer(String)
    }

    /// The addresses of a name by their bytes in network order, in the resolver's order. It waits as
    /// long as the resolver does.
    package static func addresses(of name: String) throws(Failure) -> [[UInt8]] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        #if canImport(Glibc)
            unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            unsafe hints.ai_socktype = SOCK_STREAM
        #endif
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(name, nil, &hints, &list)
        guard status == 0 else { throw failure(status) }
        defer { unsafe freeaddrinfo(list) }
        var addresses = [[UInt8]]()
        var next = unsafe list
        while let entry = unsafe next {
            if let bytes = unsafe bytes(of: entry.pointee) { addresses.append(bytes) }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }

    private static func failure(_ status: Int32) -> Failure {
        if status == EAI_NONAME { return .notFound }
        #if canImport(Glibc)
            // A name that exists and has no address.
            if status == -5 { return .notFound }
        #endif
        let words = unsafe gai_strerror(status).map { unsafe String(cString: $0) }
        return .noAnswer(words ?? "error \(status)")
    }

    private static func bytes(of entry: addrinfo) -> [UInt8]? {
        guard let address = unsafe entry.ai_addr else { return nil }
        switch unsafe entry.ai_family {
        case AF_INET:
            return unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                unsafe withUnsafeBytes(of: address.pointee.sin_addr) { unsafe Array($0) }
            }
        case AF_INET6:
            return unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                unsafe withUnsafeBytes(of: address.pointee.sin6_addr) { unsafe Array($0) }
            }
        default: return nil
        }
    }
}
