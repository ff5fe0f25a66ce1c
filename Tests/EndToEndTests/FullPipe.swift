import Foundation
import SystemPackage
import Testing

/// A pipe that holds as much as it can, and that nobody reads: a write into it waits.
final class FullPipe: Sendable {
    let writeEnd: FileDescriptor
    private let readEnd: FileDescriptor

    init() throws {
        (readEnd, writeEnd) = try FileDescriptor.pipe()
        // Another test's program must not keep either end open.
        for end in [readEnd, writeEnd] {
            try #require(fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) == 0)
        }
        let flags = fcntl(writeEnd.rawValue, F_GETFL)
        try #require(fcntl(writeEnd.rawValue, F_SETFL, flags | O_NONBLOCK) == 0)
        let bytes = [UInt8](repeating: UInt8(ascii: "\n"), count: 4_096)
        do {
            while true { try writeEnd.writeAll(bytes) }
        } catch Errno.wouldBlock {
            try #require(fcntl(writeEnd.rawValue, F_SETFL, flags) == 0)
        }
    }

    deinit {
        try? readEnd.close()
        try? writeEnd.close()
    }
}
