/// Why a text is no JSON, and where.
package struct JSONSyntaxError: Error, Equatable, Sendable {
    /// Counted in bytes from 0.
    package let offset: Int
    package let message: String
}

extension JSONSyntaxError: CustomStringConvertible {
    package var description: String { "\(message) at byte \(offset)" }
}
