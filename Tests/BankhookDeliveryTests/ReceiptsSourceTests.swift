import BankhookDelivery
import BankhookModel
import Foundation
import Synchronization
import TestSupport
import Testing

/// Which receipts are a delivery at a new URL, and when a file tells nothing any more.
struct ReceiptsSourceTests {
    private static let moment = 1_795_000_000

    /// A file, and a source that watches it from `moment` on.
    private struct Scene {
        let path: String
        let source: ReceiptsSource

        /// Adds text to the file, which is made where there is none.
        func add(_ text: String) throws {
            if !FileManager.default.fileExists(atPath: path) { try write("") }
            let handle = try FileHandle(forWritingTo: URL(filePath: path))
            try handle.seekToEnd()
            try handle.write(contentsOf: Data(text.utf8))
            try handle.close()
        }

        /// Replaces what the file holds, and the file with it where it is `anew`.
        func write(_ text: String, anew: Bool = false) throws {
            try Data(text.utf8).write(
                to: URL(filePath: path), options: anew ? .atomic : [])
        }

        func look() async -> DeliveryLook { await source.look(within: .seconds(1)) }
    }

    private static func with(_ text: String?, _ body: (Scene) async throws -> Void) async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/receipts.ndjson"
            let scene = Scene(
                path: path,
                source: ReceiptsSource(path: path, time: time()))
            if let text { try scene.write(text) }
            try await body(scene)
        }
    }

    /// Starts at `moment`, and goes on as it is waited for.
    private static func time() -> RunTime {
        let elapsed = Mutex(Duration.zero)
        return RunTime(
            now: {
                Timestamp(
                    secondsSinceEpoch: moment + elapsed.withLock { Int($0 / .seconds(1)) })
            },
            elapsed: { elapsed.withLock(\.self) },
            pause: { time in elapsed.withLock { $0 += time } }, random: { _ in .zero })
    }

    /// A line as `listen` writes it, so many seconds after the watch began.
    private static func line(
        _ statement: String, entity: String = "e", after seconds: Int = 1
    ) -> String {
        let payload = WebhookPayload(
            entityID: entity, statementID: statement, linkID: "L", progress: "completed",
            reason: nil)
        let receipt = Receipt(
            receivedAt: Timestamp(secondsSinceEpoch: moment + seconds), payload: payload)
        return String(decoding: receipt.line, as: UTF8.self)
    }

    @Test func `a receipt that is added is a delivery, with what it says`() async throws {
        try await Self.with("") { scene in
            try await scene.source.begin()
            #expect(await scene.look() == .nothing(passedOver: 0))
            try scene.add(Self.line("s1", after: 41))
            guard case .delivered(let delivery) = await scene.look() else {
                Issue.record("no delivery")
                return
            }
            #expect(delivery.payload?.statementID == "s1")
            #expect(delivery.receivedAt == Timestamp(secondsSinceEpoch: Self.moment + 41))
        }
    }

    @Test func `what came before the registration, or without a moment, is passed over`()
        async throws
    {
        try await Self.with("") { scene in
            try await scene.source.begin()
            await scene.source.registered(at: Timestamp(secondsSinceEpoch: Self.moment + 10))
            // It came to the old URL in the same second, and its forwarding took its time.
            try scene.add(Self.line("s0", after: 10))
            try scene.add(Self.line("s1", after: 9))
            try scene.add(
                #"{"entity_id":"e","statement_id":"s","link_id":"L","progress":"completed","reason":""}"#
                    + "\n")
            #expect(await scene.look() == .nothing(passedOver: 3))
            try scene.add(Self.line("s2", after: 11))
            guard case .delivered(let delivery) = await scene.look() else {
                Issue.record("no delivery")
                return
            }
            #expect(delivery.payload?.statementID == "s2")
        }
    }

    @Test func `what came between the registration and the end of the apply counts`() async throws {
        try await Self.with("") { scene in
            try await scene.source.begin()
            try scene.add(Self.line("s1", after: 3))
            await scene.source.registered(at: Timestamp(secondsSinceEpoch: Self.moment + 2))
            guard case .delivered(let delivery) = await scene.look() else {
                Issue.record("no delivery")
                return
            }
            #expect(delivery.payload?.statementID == "s1")
        }
    }

    @Test func `the wait begins when the second of the registration is over`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/receipts.ndjson"
            try Data().write(to: URL(filePath: path))
            let time = Self.time()
            let source = ReceiptsSource(path: path, time: time)
            try await source.begin()
            await source.registered(at: time.now())
            #expect(time.now() > Timestamp(secondsSinceEpoch: Self.moment))
            // A clock that was put back is not waited for.
            await source.registered(at: Timestamp(secondsSinceEpoch: Self.moment + 3_600))
            #expect(time.elapsed() < .seconds(3))
        }
    }

    @Test func `what was there before does not count, with or without a last newline`()
        async throws
    {
        for text in [Self.line("s1"), String(Self.line("s1").dropLast())] {
            try await Self.with(text) { scene in
                try await scene.source.begin()
                #expect(await scene.look() == .nothing(passedOver: 0))
                try scene.add("\n")
                #expect(await scene.look() == .nothing(passedOver: 0))
                try scene.add(Self.line("s1"))
                guard case .delivered = await scene.look() else {
                    Issue.record("a later receipt does not count")
                    return
                }
            }
        }
    }

    @Test func `a line is no receipt before its newline is there`() async throws {
        try await Self.with("") { scene in
            try await scene.source.begin()
            let line = Self.line("s1")
            for part in [line.prefix(20), line.dropFirst(20).dropLast()] {
                try scene.add(String(part))
                #expect(await scene.look() == .nothing(passedOver: 0))
            }
            try scene.add("\n")
            guard case .delivered = await scene.look() else {
                Issue.record("a whole line does not count")
                return
            }
        }
    }

    @Test func `probes, recovered payloads and earlier arrivals are passed over`() async throws {
        try await Self.with("") { scene in
            try await scene.source.begin()
            let probe = "00000000-0000-4000-8000-000000000001"
            try scene.add(Self.line("00000000-0000-4000-8000-000000000002", entity: probe))
            let payload = WebhookPayload(
                entityID: "e", statementID: "s", linkID: nil, progress: "failed", reason: "r")
            let recovered = Receipt(
                recoveredAt: Timestamp(secondsSinceEpoch: Self.moment + 5), payload: payload,
                dateTime: "2026-11-23 04:12:09")
            try scene.add(String(decoding: recovered.line, as: UTF8.self))
            // It came to the old URL, and its forwarding took its time.
            try scene.add(Self.line("s1", after: -1))
            try scene.add("\n")
            #expect(await scene.look() == .nothing(passedOver: 3))
            #expect(await scene.look() == .nothing(passedOver: 3))
            try scene.add(Self.line("s2") + Self.line("s3"))
            guard case .delivered(let delivery) = await scene.look() else {
                Issue.record("no delivery")
                return
            }
            #expect(delivery.payload?.statementID == "s2")
        }
    }

    @Test func `a file that was replaced, removed or shortened claims nothing`() async throws {
        let changes: [(Scene) throws -> Void] = [
            { try $0.write(Self.line("s1") + Self.line("s2") + Self.line("s3"), anew: true) },
            { try FileManager.default.removeItem(atPath: $0.path) },
            { try $0.write("") },
            { try $0.write(Self.line("another") + Self.line("s2") + Self.line("s3")) },
        ]
        for change in changes {
            try await Self.with(Self.line("s1")) { scene in
                try await scene.source.begin()
                try change(scene)
                // During the apply, too.
                await scene.source.registered(at: Timestamp(secondsSinceEpoch: Self.moment))
                guard case .lost(let problem) = await scene.look() else {
                    Issue.record("it is not noticed")
                    return
                }
                #expect(problem.message.hasPrefix(scene.path))
            }
        }
    }

    @Test func `a line that is no receipt fails the look, and one put right succeeds`()
        async throws
    {
        try await Self.with(Self.line("s1")) { scene in
            try await scene.source.begin()
            try scene.add("nonsense\n")
            for _ in 1...2 {
                guard case .failed(let problem) = await scene.look() else {
                    Issue.record("it is not noticed")
                    return
                }
                #expect(problem.message.contains(":2 is no receipt"))
            }
            try scene.write(Self.line("s1") + Self.line("s2"))
            guard case .delivered = await scene.look() else {
                Issue.record("no delivery")
                return
            }
        }
    }

    @Test func `no file, another file and a folder are refused before anything`() async throws {
        try await Self.with(nil) { scene in
            await #expect(throws: WatchProblem.self) { try await scene.source.begin() }
            #expect(!FileManager.default.fileExists(atPath: scene.path))
            try FileManager.default.createDirectory(
                atPath: scene.path, withIntermediateDirectories: false)
            await #expect(throws: WatchProblem.self) { try await scene.source.begin() }
        }
        for text in ["version: 1\n", "{}\n", "[]\n", "key\n"] {
            try await Self.with(text) { scene in
                await #expect(throws: WatchProblem.self) { try await scene.source.begin() }
            }
        }
    }
}
