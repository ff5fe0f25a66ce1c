package import BankhookModel
internal import Crypto

extension Checksum {
    /// The checksum of some bytes: a file, or the canonical text that carries the checksum.
    package init(of bytes: [UInt8]) {
        var digits = [UInt8]()
        digits.reserveCapacity(64)
        func append(_ digit: UInt8) { digits.append(digit < 10 ? 0x30 + digit : 0x57 + digit) }
        for byte in SHA256.hash(data: bytes) {
            append(byte >> 4)
            append(byte & 15)
        }
        self.init(sha256: String(decoding: digits, as: UTF8.self))
    }
}
