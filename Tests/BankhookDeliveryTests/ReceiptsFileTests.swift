import BankhookDelivery
import BankhookModel
import Foundation
import JSONSyntax
import TestSupport
import Testing

struct ReceiptsFileTests {
    private static func receipt(_ statement: String) -> Receipt {
        Receipt(
            receivedAt: Timestamp(secondsSinceEpoch: 1_795_000_000),
            payload: WebhookPayload(
                entityID: "e", statementID: statement, linkID: nil, progress: "failed",
                reason: "line\nbreak"))
    }

    private static func withFile(_ body: (String) async throws -> Void) async throws {
        try await withTemporaryDirectory { try await body("\($0)/receipts.ndjson") }
    }

    /// What another process would read, and how many bytes of a cut line it would pass over.
    private static func read(_ path: String) throws -> (statements: [String?], cut: Int?) {
        var statements = [String?]()
        let cut = try ReceiptsFile.read(path: path) { statements.append($0.payload.statementID) }
        return (statements, cut)
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    @Test func `a receipt is one line of NDJSON with the documented fields`() async throws {
        try await Self.withFile { path in
            let file = try ReceiptsFile(path: path)
            try file.append(Self.receipt("s1"))
            try file.append(
                Receipt(
                    recoveredAt: Timestamp(secondsSinceEpoch: 1_795_000_001),
                    payload: Self.receipt("s2").payload, dateTime: "2026-11-23 04:12:09"))
            #expect(
                try Self.text(path) == """
                    {"received_at":"2026-11-18T11:06:40Z","entity_id":"e","statement_id":"s1",\
                    "link_id":null,"progress":"failed","reason":"line\\nbreak"}
                    {"received_at":"2026-11-18T11:06:41Z","entity_id":"e","statement_id":"s2",\
                    "link_id":null,"progress":"failed","reason":"line\\nbreak",\
                    "date_time":"2026-11-23 04:12:09","recovered":true}

                    """)
        }
    }

    @Test func `only its owner may read it, also where others could before`() async throws {
        try await Self.withFile { path in
            func mode() throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            _ = try ReceiptsFile(path: path)
            #expect(try mode() == 0o600)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            _ = try ReceiptsFile(path: path)
            #expect(try mode() == 0o600)
        }
    }

    @Test func `while it is in use nobody else gets it, and reading needs no lock`() async throws {
        try await Self.withFile { path in
            let file = try ReceiptsFile(path: path)
            try file.append(Self.receipt("s1"))
            #expect(throws: ReceiptsError.inUse(path: path)) { try ReceiptsFile(path: path) }
            #expect(try Self.read(path).statements == ["s1"])
            withExtendedLifetime(file) {}
        }
        try await Self.withFile { path in
            do { _ = try ReceiptsFile(path: path) }
            #expect(throws: Never.self) { try ReceiptsFile(path: path) }
        }
    }

    @Test(arguments: [1, 20, 100, 131])
    func `a cut last line is dropped, told, and never joined to the next one`(
        kept: Int
    ) async throws {
        try await Self.withFile { path in
            let whole = String(decoding: Self.receipt("s1").line, as: UTF8.self)
            let cut = String(decoding: Self.receipt("s2").line, as: UTF8.self)
                .prefix(kept)
            try Data((whole + cut).utf8).write(to: URL(filePath: path))
            #expect(try Self.read(path).cut == kept)
            #expect(try Self.text(path).utf8.count == whole.utf8.count + kept)
            do {
                let file = try ReceiptsFile(path: path)
                #expect(file.droppedBytes == kept)
                try file.append(Self.receipt("s3"))
            }
            #expect(try Self.read(path).statements == ["s1", "s3"])
        }
    }

    @Test func `a last line that lacks its newline only is whole`() async throws {
        try await Self.withFile { path in
            let line = Self.receipt("s1").line.dropLast()
            try Data(line).write(to: URL(filePath: path))
            do {
                let file = try ReceiptsFile(path: path)
                #expect(file.droppedBytes == 0)
                try file.append(Self.receipt("s2"))
            }
            #expect(try Self.read(path).statements == ["s1", "s2"])
        }
    }

    @Test func `zeros that a power cut left at the end are dropped`() async throws {
        try await Self.withFile { path in
            try Data(Self.receipt("s1").line + [0, 0, 0]).write(to: URL(filePath: path))
            let file = try ReceiptsFile(path: path)
            #expect(file.droppedBytes == 3)
        }
    }

    @Test(arguments: [
        "\n{\"entity_id\":\"e\"}\n", "no receipt\n", "[]\n", "a-key-in-one-line",
        #"{"entity_id":7,"statement_id":"s","link_id":"l","progress":"failed","reason":""}"#,
        "{\n", "{\"version\":1}",
    ])
    func `a line that is no receipt is an error, and stays as it is`(text: String) async throws {
        try await Self.withFile { path in
            try Data(text.utf8).write(to: URL(filePath: path))
            #expect(throws: ReceiptsError.self) { try ReceiptsFile(path: path) }
            #expect(throws: ReceiptsError.self) { try Self.read(path) }
            #expect(try Self.text(path) == text)
        }
    }

    @Test func `the line that is no receipt is named by its number`() async throws {
        try await Self.withFile { path in
            let good = String(decoding: Self.receipt("s1").line, as: UTF8.self)
            try Data((good + "\r\n" + good + "{}\n" + good).utf8).write(to: URL(filePath: path))
            #expect(
                throws: ReceiptsError.damaged(
                    path: path, line: 4, .wrongShape(.missing("entity_id")))
            ) { try ReceiptsFile(path: path) }
        }
    }

    private enum Loss: CaseIterable {
        case renamed, removed, replaced
    }

    @Test(arguments: Loss.allCases)
    private func `a receipt in a file that its path does not lead to any more is not claimed`(
        loss: Loss
    ) async throws {
        try await Self.withFile { path in
            let file = try ReceiptsFile(path: path)
            try file.append(Self.receipt("s1"))
            switch loss {
            case .removed: try FileManager.default.removeItem(atPath: path)
            case .renamed, .replaced:
                try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            }
            // Another one may lock and use what is there now.
            let other = loss == .replaced ? try ReceiptsFile(path: path) : nil
            for statement in ["s2", "s3", "s4"] {
                #expect(throws: ReceiptsError.gone(path: path)) {
                    try file.append(Self.receipt(statement))
                }
            }
            // Where it is kept elsewhere, it says little that nobody was told.
            if loss != .removed { #expect(try Self.read(path + ".1").statements == ["s1", "s2"]) }
            #expect(try Self.read(path).statements.isEmpty)
            try other?.append(Self.receipt("s5"))
        }
    }

    @Test func `the longest body, which grows most, makes a receipt that is read again`()
        async throws
    {
        try await Self.withFile { path in
            let body = String(repeating: "\u{7F}", count: 1 << 20)
            let payload = WebhookPayload(
                entityID: body, statementID: "s", linkID: nil, progress: "failed", reason: nil)
            do {
                let file = try ReceiptsFile(path: path)
                try file.append(
                    Receipt(
                        receivedAt: Timestamp(secondsSinceEpoch: 1_795_000_000), payload: payload))
                try file.append(Self.receipt("s2"))
            }
            var statements = [String?]()
            _ = try ReceiptsFile(path: path) { statements.append($0.payload.statementID) }
            #expect(statements == ["s", "s2"])
        }
    }

    @Test func `a link, a directory and a pipe are no receipts file`() async throws {
        try await withTemporaryDirectory { directory in
            try FileManager.default.createSymbolicLink(
                atPath: "\(directory)/link", withDestinationPath: "\(directory)/elsewhere")
            #expect(
                throws: ReceiptsError.other(path: "\(directory)/link", kind: "a symbolic link")
            ) { try ReceiptsFile(path: "\(directory)/link") }
            #expect(!FileManager.default.fileExists(atPath: "\(directory)/elsewhere"))
            #expect(throws: ReceiptsError.other(path: directory, kind: "a directory")) {
                try ReceiptsFile(path: directory)
            }
            #expect(try Self.read("\(directory)/absent").cut == nil)
        }
    }

    @Test func `many lines, longer than a piece that is read, are all there`() async throws {
        try await Self.withFile { path in
            do {
                let file = try ReceiptsFile(path: path)
                try await withThrowingTaskGroup { group in
                    for number in 0..<300 {
                        group.addTask {
                            try file.append(
                                Self.receipt(String(repeating: "x", count: 2_000) + "\(number)"))
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(Set(try Self.read(path).statements).count == 300)
        }
    }
}
