internal import ArgumentParser

/// The first line of a comment, by which a bot finds the one that it has to replace.
struct CommentMarker: Sendable {
    /// What the comment is about.
    enum Command: String, Sendable {
        case plan, apply
    }

    let command: Command
    let id: String?

    /// A comment in HTML, which no renderer shows.
    var line: String {
        "<!-- bankhook-\(command.rawValue)\(id.map { ":\($0)" } ?? "") -->"
    }

    /// Parses the value of `--comment-id`: nothing in it can end the comment.
    @Sendable static func parseID(_ text: String) throws -> String {
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(isAllowed) else {
            throw ValidationError("--comment-id takes 1 to 64 of A-Z a-z 0-9 . _ -")
        }
        return text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
