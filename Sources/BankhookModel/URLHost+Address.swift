extension URLHost {
    /// An address by its bytes in network order, four or sixteen; nil for any other count.
    package init?(address bytes: [UInt8]) {
        switch bytes.count {
        case 4:
            let address = IPv4Address(bits: bytes.reduce(0) { $0 << 8 | UInt32($1) })
            self = .ipv4(address, isPlain: true, text: address.description)
        case 16:
            let groups = stride(from: 0, to: 16, by: 2).map { index in
                String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
            }
            guard let address = IPv6Address(groups.joined(separator: ":")) else { return nil }
            self = .ipv6(address)
        default: return nil
        }
    }
}
