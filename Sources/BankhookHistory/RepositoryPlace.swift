/// Where a directory stands in its repository.
struct RepositoryPlace {
    let isInWorkTree: Bool
    let isShallow: Bool
    /// The directory's path in the work tree, empty or with a final slash.
    let prefix: String
    /// HEAD's commit; nil before the first one.
    let head: String?

    static let arguments = [
        "rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-prefix",
        "--revs-only", "HEAD",
    ]

    /// A folder on a branch.
    init(isShallow: Bool, prefix: String, head: String?) {
        isInWorkTree = false
        self.isShallow = isShallow
        self.prefix = prefix
        self.head = head
    }

    /// Nil where it is not what `arguments` make git print. A prefix may hold line breaks.
    init?(_ output: [UInt8]) {
        var lines = String(decoding: output, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popLast()?.isEmpty == true, let inside = lines.popFirst(),
            let shallow = lines.popFirst()
        else { return nil }
        isInWorkTree = inside == "true"
        isShallow = shallow == "true"
        // A prefix ends with a slash, an id never does.
        if let last = lines.last, !last.isEmpty, !last.hasSuffix("/") {
            head = String(last)
            lines.removeLast()
        } else {
            head = nil
        }
        prefix = lines.joined(separator: "\n")
    }
}
