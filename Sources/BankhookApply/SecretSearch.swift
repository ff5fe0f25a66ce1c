package import BankhookModel

/// Looks for secrets in a text: any eight consecutive bytes of one, a shorter one whole, as they
/// are and after undoing percent-encoding, JSON escapes, hexadecimal and base64 at each alignment,
/// up to three of them one within the other.
package struct SecretSearch: Sendable {
    private static let window = 8
    private static let depth = 3

    /// Every eight bytes of every long secret, as one number each.
    private let windows: Set<UInt64>
    private let short: [[UInt8]]
    /// The fewest bytes that can be a finding.
    private let fewest: Int

    /// Prepares a search for all of them.
    package init(_ secrets: [Secret]) {
        let values = secrets.map { Array($0.exposed.utf8) }
        short = values.filter { $0.count < SecretSearch.window }
        var windows = Set<UInt64>()
        for value in values {
            SecretSearch.forEachWindow(of: value) { window in
                windows.insert(window)
                return true
            }
        }
        self.windows = windows
        fewest = min(short.map(\.count).min() ?? SecretSearch.window, SecretSearch.window)
    }

    /// Whether a text holds at least one of them.
    package func finds(in text: [UInt8]) -> Bool {
        finds(in: text, depth: SecretSearch.depth)
    }

    private func finds(in text: [UInt8], depth: Int) -> Bool {
        if holdsSecret(text) { return true }
        guard depth > 0 else { return false }
        return Decoding.readings(of: text, atLeast: fewest).contains { reading in
            finds(in: reading, depth: depth - 1)
        }
    }

    private func holdsSecret(_ bytes: [UInt8]) -> Bool {
        var isFound = false
        if !windows.isEmpty {
            SecretSearch.forEachWindow(of: bytes) { window in
                isFound = windows.contains(window)
                return !isFound
            }
        }
        return isFound
            || short.contains { secret in
                bytes.indices.contains { bytes[$0...].starts(with: secret) }
            }
    }

    /// Calls a body with every eight consecutive bytes, until it returns false.
    private static func forEachWindow(of bytes: [UInt8], _ body: (UInt64) -> Bool) {
        var window: UInt64 = 0
        for (index, byte) in bytes.enumerated() {
            window = window << 8 | UInt64(byte)
            if index >= SecretSearch.window - 1, !body(window) { return }
        }
    }
}
