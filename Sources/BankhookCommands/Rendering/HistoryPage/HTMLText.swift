/// Text between tags or in a quoted attribute of an HTML page.
enum HTMLText {
    /// The text with everything escaped that could end either.
    static func escape(_ text: String) -> String {
        var bytes = [UInt8]()
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Text that somebody wrote: whatever its direction, it does not turn what stands around it.
    static func foreign(_ text: String) -> String {
        "<bdi>\(escape(text))</bdi>"
    }
}
