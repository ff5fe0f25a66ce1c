import BankhookState
import FoundationEssentials
import TestSupport

/// A state directory.
struct DirectoryPlace: StorePlace {
    let path: String

    static func with(_ body: (any StorePlace) async throws -> Void) async throws {
        try await withTemporaryDirectory { root in
            let place = DirectoryPlace(path: "\(root)/bankhook.state")
            try FileManager.default.createDirectory(
                atPath: place.path, withIntermediateDirectories: false)
            try await body(place)
        }
    }

    func open() -> any StateStore { DirectoryStore(path: path) }

    func put(_ file: String, _ bytes: [UInt8]?) throws {
        let url = URL(filePath: "\(path)/\(file)")
        guard let bytes else { return try FileManager.default.removeItem(at: url) }
        try Data(bytes).write(to: url)
    }

    func bytes(of file: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(path)/\(file)").map { [UInt8]($0) }
    }
}
