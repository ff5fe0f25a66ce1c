/// Why a JSON value is no payload of the entity flow.
package enum PayloadShapeError: Error, Equatable, Sendable {
    case noObject
    case missing(String)
    /// Neither a string nor null.
    case wrongType(String)
}

extension PayloadShapeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noObject: "is no object"
        case .missing(let field): "has no \(field)"
        case .wrongType(let field): "has neither a string nor null as \(field)"
        }
    }
}
