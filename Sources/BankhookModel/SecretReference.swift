internal import SourceText

/// Where a secret's value is to be found. Nothing is executed, and no literal value exists.
package enum SecretReference: Hashable, Sendable {
    /// The name of an environment variable.
    case variable(String)
    /// A file that holds the value and nothing else.
    case file(ReferencedPath)
}

extension SecretReference: CustomStringConvertible {
    package var description: String {
        let kind =
            switch self {
            case .variable: "env"
            case .file: "file"
            }
        return "\(kind) \(shownName)\(hidesName ? " (if this was a real key, rotate it)" : "")"
    }

    /// The variable's name or the file's path as written, unless it may be a secret itself.
    package var shownName: String { hidesName ? Excerpt.redacted : name }

    /// Whether the name looks like none: somebody may have pasted the value where it belongs.
    package var hidesName: Bool {
        guard name.utf8.count >= 20 else { return false }
        let words = name.utf8.split { byte in
            switch byte {
            case UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"): true
            default: false
            }
        }
        return !words.map(Substring.init).allSatisfy(SecretReference.isWord)
    }

    /// Letters, or a short mix of letters and digits such as `k8s` or `uat2`.
    private static func isWord(_ text: Substring) -> Bool {
        guard text.utf8.allSatisfy(\.isUnreservedInURL) else { return false }
        return text.utf8.count <= 12 || text.utf8.count <= 32 && text.allSatisfy(\.isLetter)
    }

    private var name: String {
        switch self {
        case .variable(let name): name
        case .file(let path): path.written
        }
    }
}
