import Foundation
import Testing

/// The texts of `Tests/Fuzz/Corpus`, by their names.
enum Corpus {
    /// The seeds of one target, sorted by name.
    static func seeds(of target: String) throws -> [(name: String, bytes: [UInt8])] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../Fuzz/Corpus/\(target)")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted()
        try #require(names.count > 40)
        return try names.map { ($0, Array(try Data(contentsOf: folder.appending(path: $0)))) }
    }
}
