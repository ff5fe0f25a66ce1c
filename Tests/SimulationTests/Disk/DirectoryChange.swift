/// A change of a directory that is not durable until the directory is synced.
enum DirectoryChange: Hashable {
    case create(String, file: Int)
    case rename(String, to: String, file: Int)
    case unlink(String)

    var names: [String] {
        switch self {
        case .create(let name, _), .unlink(let name): [name]
        case .rename(let name, let newName, _): [name, newName]
        }
    }

    func apply(to entries: inout [String: Int]) {
        switch self {
        case .create(let name, let file): entries[name] = file
        case .rename(let name, let newName, let file):
            entries[name] = nil
            entries[newName] = file
        case .unlink(let name): entries[name] = nil
        }
    }
}
