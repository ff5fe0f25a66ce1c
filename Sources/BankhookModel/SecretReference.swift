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
        case .variable(let name): "env \(shown(name))"
        case .file(let path): "file \(shown(path.written))"
        }
    }

    /// Somebody may have pasted the value where its name belongs: what looks like no name is not
    /// shown.
    private func shown(_ name: String) -> String {
        let words = name.split { "_-./".contains($0) }
        let isName = name.utf8.count < 20 || words.allSatisfy(SecretReference.isWord)
        return isName ? name : "<redacted> (if this was a real key, rotate it)"
    }

    /// Letters, or a short mix of letters and digits such as `k8s` or `uat2`.
    private static func isWord(_ text: Substring) -> Bool {
        guard text.utf8.allSatisfy(\.isUnreservedInURL) else { return false }
        return text.utf8.count <= 12 || text.utf8.count <= 32 && text.allSatisfy(\.isLetter)
    }
}
