/// Where a secret's value is to be found. Nothing is executed, and no literal value exists.
package enum SecretReference: Hashable, Sendable {
    /// The name of an environment variable.
    case variable(String)
    /// A file that holds the value and nothing else.
    case file(ReferencedPath)
}

extension SecretReference: CustomStringConvertible {
    package var description: String {
        switch self {
        case .variable(let name): "env \(name)"
        case .file(let path): "file \(path.written)"
        }
    }
}
