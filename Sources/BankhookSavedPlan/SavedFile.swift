/// A file that a plan was computed from, as a saved plan names it.
package struct SavedFile: Hashable, Sendable {
    package enum Role: String, Sendable {
        case configuration, policy
    }

    package let role: Role
    /// Without its folder: the apply may run in another one.
    package let name: String

    package init(_ role: Role, path: String) {
        self.role = role
        name = path.split(separator: "/").last.map(String.init) ?? path
    }
}

extension SavedFile: CustomStringConvertible {
    package var description: String { "the \(role.rawValue) file \(name)" }
}

extension SavedFile: Comparable {
    package static func < (left: SavedFile, right: SavedFile) -> Bool {
        (left.role.rawValue, left.name) < (right.role.rawValue, right.name)
    }
}
