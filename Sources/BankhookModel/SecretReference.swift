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
        let looksRandom =
            name.utf8.count >= 20 && !name.contains("/") && !name.contains(".")
            && name.contains(where: \.isNumber) && name.contains(where: \.isLowercase)
        return looksRandom ? "<redacted> (if this was a real key, rotate it)" : name
    }
}
