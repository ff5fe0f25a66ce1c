import BankConnectAPI
import BankhookDelivery
import BankhookModel
import FoundationEssentials
import Synchronization
import TestSupport
import Testing

/// What is delivered again, in which order, and what a failure ends.
struct RecoverRunTests {
    private static let three = list(
        entry("l", "s3", at: "2026-11-23 12:00:00"), entry("l", "s2", at: "2026-11-23 11:00:00"),
        entry("l", "s1", at: "2026-11-23 10:00:00"))

    private static func run(
        _ api: BankConnectDouble, _ links: [BankConnectID], to receiver: ReceiverDouble,
        receipts: String? = nil, time: ManualTime = ManualTime(), interval: Duration = .zero,
        interruption: Interruption = Interruption()
    ) async throws -> Recorder {
        var index = ReceiptIndex()
        let file = try receipts.map { try ReceiptsFile(path: $0) { index.add($0) } }
        let events = Recorder()
        await RecoverRun(
            try api.links(time, interruption: interruption), filter: PayloadFilter(),
            index: index, receipts: file, pacer: Pacer(interval: interval), time: time.runTime,
            interruption: interruption, deliver: receiver.deliver
        ).run(links) { events.add($0) }
        return events
    }

    private static func receipts(_ path: String) throws -> [String?] {
        var statements = [String?]()
        _ = try ReceiptsFile.read(path: path) { statements.append($0.payload.statementID) }
        return statements
    }

    @Test func `the oldest goes first, one at a time within a link`() async throws {
        var lists = [String: String]()
        for link in 0..<20 {
            let entries = (0..<20).reversed().map { number in
                entry("l\(link)", "s\(number)", at: "2026-11-23 10:00:\(number + 10)")
            }
            lists["l\(link)"] = #"{"payloads": [\#(entries.joined(separator: ","))]}"#
        }
        let receiver = ReceiverDouble { _ in await Task.yield() }
        let links = (0..<20).compactMap { BankConnectID("l\($0)") }
        let events = try await Self.run(BankConnectDouble(lists), links, to: receiver)
        #expect(events.recoveries.allSatisfy { $0.outcome == .delivered })
        #expect(receiver.mostInOneLink == 1)
        for link in links {
            #expect(receiver.statements(of: link.text) == (0..<20).map { "s\($0)" })
        }
    }

    @Test(arguments: [
        Answer.response(.init(status: 500)), .response(.init(status: 201)),
        .response(.init(status: 302)), .response(.init(status: 404)), .reset, .timedOut,
    ])
    func `a payload that is not delivered ends its link and no other`(
        answer: Answer
    ) async throws {
        let api = BankConnectDouble(["l": Self.three, "m": list(entry("m", "m1"))])
        let receiver = ReceiverDouble()
        receiver.answer("s2", with: [answer])
        let events = try await Self.run(api, ids("l", "m"), to: receiver)
        #expect(
            events.outcomes(of: "l") == [
                .delivered, .failed(answer), .skipped(.olderFailed),
            ])
        #expect(events.outcomes(of: "m") == [.delivered])
        // Sent once: what may have arrived is left to another run.
        #expect(receiver.statements(of: "l") == ["s1", "s2"])
    }

    @Test(arguments: [
        (#""progress": "completed""#, #""progress": "in_progress""#, "progress"),
        (#""progress": "completed""#, #""progress": null"#, "progress"),
        (#""entity_id": "e""#, #""entity_id": null"#, "entity_id"),
        (#""entity_id": "e""#, "\"entity_id\": \"\"", "entity_id"),
        (#""statement_id": "s2""#, #""statement_id": null"#, "statement_id"),
        (#""statement_id": "s2""#, "\"statement_id\": \"\"", "statement_id"),
    ])
    func `what is no documented payload is not sent, and ends its link`(
        right: String, wrong: String, field: String
    ) async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/receipts"
            let answer = list(
                entry("l", "s3"), entry("l", "s2").replacing(right, with: wrong), entry("l", "s1"))
            let api = BankConnectDouble(["l": answer, "m": list(entry("m", "m1"))])
            let receiver = ReceiverDouble()
            for isFirst in [true, false] {
                let events = try await Self.run(api, ids("l", "m"), to: receiver, receipts: path)
                var outcomes = events.outcomes(of: "l")
                if isFirst { #expect(outcomes.removeFirst() == .delivered) }
                try #require(outcomes.count == 2)
                guard case .wrong(let problems) = outcomes[0] else {
                    Issue.record("\(outcomes)")
                    return
                }
                #expect(problems.count == 1 && problems[0].hasPrefix(field))
                #expect(outcomes[1] == .skipped(.olderFailed))
            }
            #expect(receiver.statements(of: "l") == ["s1"])
            #expect(Set(try Self.receipts(path)) == ["s1", "m1"])
        }
    }

    @Test func `a link whose list is not known is told, and the others are recovered`() async throws
    {
        let api = BankConnectDouble(["l": Self.three])
        api.answer("m", with: [.response(.init(status: 404))])
        let events = try await Self.run(api, ids("m", "l"), to: ReceiverDouble())
        #expect(events.unknown == ids("m"))
        #expect(events.outcomes(of: "l").count == 3)
    }

    /// Another link's, the same in other letters, what Unicode calls equivalent, and none.
    @Test(arguments: [#""other""#, #""CAF\u00e9""#, #""cafe\u0301""#, "\"\"", "null"])
    func `a list with a payload that names another link is no list, and nothing of it is sent`(
        linkID: String
    ) async throws {
        try await withTemporaryDirectory { directory in
            let stray = entry("", "s2").replacing(
                #""link_id": "","#, with: "\"link_id\": \(linkID),")
            let api = BankConnectDouble([
                "café": list(entry("café", "s3"), stray, entry("café", "s1")),
                "m": list(entry("m", "m1")),
            ])
            let receiver = ReceiverDouble()
            for _ in 0..<2 {
                let events = try await Self.run(
                    api, ids("café", "m"), to: receiver, receipts: "\(directory)/receipts")
                #expect(events.unknown == ids("café"))
            }
            #expect(receiver.received.map(\.statementID) == ["m1"])
        }
    }

    @Test func `a payload in the lists of two links is sent once, in the order of its own`()
        async throws
    {
        let api = BankConnectDouble(["l": Self.three, "m": Self.three])
        let receiver = ReceiverDouble()
        let events = try await Self.run(api, ids("m", "l"), to: receiver)
        #expect(events.unknown == ids("m"))
        #expect(receiver.received.map(\.statementID) == ["s1", "s2", "s3"])
    }

    @Test func `receipts that are renamed meanwhile end the run`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/receipts"
            let receiver = ReceiverDouble { payload in
                guard payload.statementID == "s2" else { return }
                try? FileManager.default.moveItem(atPath: path, toPath: path + ".1")
            }
            let events = try await Self.run(
                BankConnectDouble(["l": Self.three]), ids("l"), to: receiver, receipts: path)
            #expect(
                events.outcomes(of: "l") == [
                    .delivered, .deliveredButNotRecorded(.gone(path: path)),
                    .skipped(.receiptsBroken),
                ])
            #expect(receiver.received.count == 2)
        }
    }

    @Test func `a receipt is durable before the next payload of its link is sent`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/receipts"
            let seen = Mutex<[[String?]]>([])
            let receiver = ReceiverDouble { _ in
                let receipts = (try? Self.receipts(path)) ?? []
                seen.withLock { $0.append(receipts) }
            }
            _ = try await Self.run(
                BankConnectDouble(["l": Self.three]), ids("l"), to: receiver, receipts: path)
            #expect(seen.withLock { $0 } == [[], ["s1"], ["s1", "s2"]])
            #expect(try Self.receipts(path) == ["s1", "s2", "s3"])
        }
    }

    @Test func `another run goes on where one stopped`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/receipts"
            let api = BankConnectDouble(["l": Self.three])
            let receiver = ReceiverDouble()
            receiver.answer("s2", with: [.timedOut])
            _ = try await Self.run(api, ids("l"), to: receiver, receipts: path)
            _ = try await Self.run(api, ids("l"), to: receiver, receipts: path)
            let third = try await Self.run(api, ids("l"), to: receiver, receipts: path)
            // Twice only what may have arrived.
            #expect(receiver.statements(of: "l") == ["s1", "s2", "s2", "s3"])
            #expect(third.recoveries.isEmpty)
        }
    }

    @Test func `no endpoint is waited for a little, and then nothing more is tried`() async throws {
        let api = BankConnectDouble(["l": Self.three])
        let receiver = ReceiverDouble()
        receiver.answer("s1", with: Array(repeating: .connectionRefused, count: 5))
        let time = ManualTime()
        let events = try await Self.run(api, ids("l", "m"), to: receiver, time: time)
        #expect(
            events.outcomes(of: "l") == [
                .failed(.connectionRefused), .skipped(.endpointUnreachable),
                .skipped(.endpointUnreachable),
            ])
        #expect(events.recoveries.first?.attempts == 5)
        #expect(time.pauses.count == 4)
    }

    @Test func `an endpoint that comes back is served`() async throws {
        let receiver = ReceiverDouble()
        receiver.answer("s1", with: [.connectionRefused, .connectTimedOut])
        let events = try await Self.run(
            BankConnectDouble(["l": Self.three]), ids("l"), to: receiver)
        #expect(events.outcomes(of: "l") == [.delivered, .delivered, .delivered])
    }

    @Test func `an interruption starts nothing new and records what was under way`() async throws {
        try await withTemporaryDirectory { directory in
            let path = "\(directory)/receipts"
            let interruption = Interruption()
            let receiver = ReceiverDouble { payload in
                if payload.statementID == "s2" { interruption.request(signal: 15) }
            }
            let events = try await Self.run(
                BankConnectDouble(["l": Self.three]), ids("l"), to: receiver, receipts: path,
                interruption: interruption)
            #expect(
                events.outcomes(of: "l") == [.delivered, .delivered, .skipped(.interrupted)])
            #expect(try Self.receipts(path) == ["s1", "s2"])
        }
    }

    @Test func `deliveries are spaced evenly, and a pause is not made up for`() async throws {
        let time = ManualTime()
        let moments = Mutex<[Duration]>([])
        let receiver = ReceiverDouble { payload in
            moments.withLock { $0.append(time.elapsed) }
            // The second one takes its time.
            if payload.statementID == "s2" { await time.runTime.pause(.seconds(3)) }
        }
        _ = try await Self.run(
            BankConnectDouble(["l": Self.three]), ids("l"), to: receiver, time: time,
            interval: .milliseconds(500))
        #expect(moments.withLock { $0 } == [.zero, .milliseconds(500), .milliseconds(3_500)])
    }

    @Test func `two links share the rate`() async throws {
        let time = ManualTime()
        let moments = Mutex<[Duration]>([])
        let receiver = ReceiverDouble { _ in moments.withLock { $0.append(time.elapsed) } }
        let lists = Dictionary(
            uniqueKeysWithValues: (0..<6).map { ("l\($0)", list(entry("l\($0)", "s"))) })
        let links = (0..<6).compactMap { BankConnectID("l\($0)") }
        _ = try await Self.run(
            BankConnectDouble(lists), links, to: receiver, time: time, interval: .seconds(1))
        let sorted = moments.withLock { $0.sorted() }
        #expect(sorted.count == 6)
        for (first, second) in zip(sorted, sorted.dropFirst()) {
            #expect(second - first >= .seconds(1))
        }
    }
}
