/// A gzip file of 260 kB that unpacks to 256 MiB of zeros.
///
/// Deflate can say "258 more of the same" in two zero bits, so that every zero byte in the middle
/// stands for 1,032 bytes. The bytes around them were made with zlib, for a run of zeros.
enum GzipBomb {
    /// How many bytes it unpacks to.
    static let unpackedCount = 268_321_033

    /// The file.
    static var bytes: [UInt8] { header + blockStart + zeros + blockEnd + checksum + length }

    private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 0xff]
    private static let blockStart: [UInt8] = [
        0xed, 0xc1, 0x01, 0x01, 0, 0, 0, 0x82, 0x20, 0xff, 0xaf, 0x6e, 0x48, 0x40, 0x01,
    ]
    private static var zeros: [UInt8] { Array(repeating: 0, count: 260_000) }
    private static let blockEnd: [UInt8] = [0xf7, 0x06]
    /// CRC-32 of that many zeros.
    private static let checksum: [UInt8] = [0x54, 0x63, 0xc8, 0xfe]
    /// `unpackedCount`, least significant byte first.
    private static let length: [UInt8] = [0x09, 0x41, 0xfe, 0x0f]
}
