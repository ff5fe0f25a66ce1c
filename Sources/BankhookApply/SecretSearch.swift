internal import BankhookModel

/// Looks for secrets in a text: any eight consecutive bytes of one, a shorter one whole, as they are
/// and after undoing percent-encoding, JSON escapes, hexadecimal and base64 at each alignment.
struct SecretSearch {
    private static let window = 8

    /// Every eight bytes of every long secret.
    private let windows: Set<[UInt8]>
    private let short: [[UInt8]]

    init(_ secrets: [Secret]) {
        var windows = Set<[UInt8]>()
        var short = [[UInt8]]()
        for bytes in secrets.map({ Array($0.exposed.utf8) }) {
            if bytes.count < SecretSearch.window {
                short.append(bytes)
            } else {
                for start in 0...(bytes.count - SecretSearch.window) {
                    windows.insert(Array(bytes[start..<(start + SecretSearch.window)]))
                }
            }
        }
        self.windows = windows
        self.short = short
    }

    func finds(in text: [UInt8]) -> Bool {
        let unescaped = Decoding.json(text)
        let readings = [
            text, Decoding.percent(text), unescaped, Decoding.percent(unescaped),
        ]
        return readings.contains { reading in
            holdsSecret(reading)
                || Decoding.hexadecimal(reading).contains(where: holdsSecret)
                || Decoding.base64(reading).contains(where: holdsSecret)
        }
    }

    private func holdsSecret(_ bytes: [UInt8]) -> Bool {
        if !windows.isEmpty, bytes.count >= SecretSearch.window {
            for start in 0...(bytes.count - SecretSearch.window)
            where windows.contains(Array(bytes[start..<(start + SecretSearch.window)])) {
                return true
            }
        }
        return short.contains { secret in
            bytes.indices.contains { bytes[$0...].starts(with: secret) }
        }
    }
}
