package import JSONSyntax

/// Why a line is no receipt.
package enum ReceiptLineError: Error, Equatable, Sendable {
    case noJSON(JSONSyntaxError)
    case wrongShape(PayloadShapeError)
    /// Longer than any payload that was ever accepted.
    case tooLong
}

extension ReceiptLineError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noJSON(let error): "it is no JSON: \(error)"
        case .wrongShape(let error): "it \(error)"
        case .tooLong: "it is longer than \(ReceiptLines.longest) bytes"
        }
    }
}
