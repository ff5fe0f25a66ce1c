internal import Crypto

/// The id that git gives a file's content.
enum BlobID {
    /// `length` is that of the repository's ids, in hexadecimal digits: 40, or 64 where it uses
    /// SHA-256.
    static func of(_ bytes: [UInt8], length: Int) -> String {
        let content = Array("blob \(bytes.count)\0".utf8) + bytes
        return length == 64
            ? hex(SHA256.hash(data: content)) : hex(Insecure.SHA1.hash(data: content))
    }

    private static func hex(_ digest: some Sequence<UInt8>) -> String {
        digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
