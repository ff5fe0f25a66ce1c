import Foundation
import SystemPackage
import Testing

/// A pipe that holds a page, where the system knows such: longer texts go into it in pieces.
struct SmallPipe: Sendable {
    /// Closed by whoever starts the program that writes.
    let writeEnd: FileDescriptor
    private let readEnd: FileDescriptor

    init() throws {
        (readEnd, writeEnd) = try FileDescriptor.pipe()
        try #require(fcntl(readEnd.rawValue, F_SETFD, FD_CLOEXEC) == 0)
        try #require(fcntl(writeEnd.rawValue, F_SETFD, FD_CLOEXEC) == 0)
        #if os(Linux)
            // F_SETPIPE_SZ, which the module map leaves out.
            try #require(fcntl(writeEnd.rawValue, 1_031, 4_096) >= 4_096)
        #endif
    }

    /// Reads until nobody writes any more, and closes the reading end.
    func readAll() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(with: Result { try readEnd.closeAfter { try readNow() } })
            }
        }
    }

    private func readNow() throws -> String {
        var bytes = [UInt8]()
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = try unsafe buffer.withUnsafeMutableBytes {
                try unsafe readEnd.read(into: $0)
            }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += buffer[..<count]
        }
    }
}
