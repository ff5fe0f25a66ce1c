import BankhookDelivery
import BankhookModel
import JSONSyntax
import Testing

/// What an endpoint does not have: a multiset difference.
struct ReceiptIndexTests {
    private static func recoverable(
        _ answer: String, having receipts: [Receipt], filter: PayloadFilter = PayloadFilter()
    ) async throws -> [String] {
        var index = ReceiptIndex()
        receipts.forEach { index.add($0) }
        let events = Recorder()
        let run = RecoverRun(
            try BankConnectDouble(["l": answer]).links(), filter: filter, index: index,
            receipts: nil, pacer: Pacer(interval: .zero), time: ManualTime().runTime,
            interruption: Interruption(), deliver: nil)
        await run.run(ids("l")) { events.add($0) }
        return events.recoveries.compactMap(\.entry.dateTime)
    }

    private static let alike = list(
        entry("l", "s", at: "2026-11-23 12:00:00"), entry("l", "s", at: "2026-11-23 11:00:00"),
        entry("l", "s", at: "2026-11-23 10:00:00"))

    private static let payload = WebhookPayload(
        entityID: "e", statementID: "s", linkID: "l", progress: "completed", reason: "")

    private static let received = Receipt(
        receivedAt: Timestamp(secondsSinceEpoch: 0), payload: payload)

    private static func recovered(_ time: String) -> Receipt {
        Receipt(
            recoveredAt: Timestamp(secondsSinceEpoch: 0), payload: payload, dateTime: time)
    }

    @Test func `without receipts all are missing, the oldest first`() async throws {
        #expect(
            try await Self.recoverable(Self.alike, having: []) == [
                "2026-11-23 10:00:00", "2026-11-23 11:00:00", "2026-11-23 12:00:00",
            ])
    }

    @Test func `of payloads that are alike the newest surplus is missing`() async throws {
        #expect(
            try await Self.recoverable(Self.alike, having: [Self.received]) == [
                "2026-11-23 11:00:00", "2026-11-23 12:00:00",
            ])
        #expect(
            try await Self.recoverable(Self.alike, having: [Self.received, Self.received]) == [
                "2026-11-23 12:00:00"
            ])
        #expect(
            try await Self.recoverable(
                Self.alike, having: Array(repeating: Self.received, count: 7)
            ).isEmpty)
    }

    @Test(arguments: [
        WebhookPayload(
            entityID: "E", statementID: "s", linkID: "l", progress: "completed", reason: ""),
        WebhookPayload(
            entityID: "e", statementID: "", linkID: "l", progress: "completed", reason: ""),
        WebhookPayload(
            entityID: "e", statementID: "s", linkID: nil, progress: "completed", reason: ""),
        WebhookPayload(
            entityID: "e", statementID: "s", linkID: "l", progress: "failed", reason: ""),
        WebhookPayload(
            entityID: "e", statementID: "s", linkID: "l", progress: "completed", reason: nil),
    ])
    func `each of the five fields counts`(other: WebhookPayload) async throws {
        let receipt = Receipt(receivedAt: Timestamp(secondsSinceEpoch: 0), payload: other)
        #expect(try await Self.recoverable(Self.alike, having: [receipt]).count == 3)
    }

    @Test func `a recovered one is known by its moment, so that a narrowed run ends`() async throws
    {
        let filter = PayloadFilter(since: PayloadMoment("2026-11-23 12:00:00"))
        #expect(try await Self.recoverable(Self.alike, having: [], filter: filter).count == 1)
        #expect(
            try await Self.recoverable(
                Self.alike, having: [Self.recovered("2026-11-23 12:00:00")], filter: filter
            ).isEmpty)
        #expect(
            try await Self.recoverable(
                Self.alike, having: [Self.recovered("2026-11-23 12:00:00")]
            ) == ["2026-11-23 10:00:00", "2026-11-23 11:00:00"])
        // One that is listed no more still counts.
        #expect(
            try await Self.recoverable(
                Self.alike, having: [Self.recovered("2026-11-20 12:00:00")]
            ).count == 2)
    }

    @Test func `a receipt of an older one is none of the newest that is asked for`() async throws {
        #expect(
            try await Self.recoverable(
                Self.alike, having: [Self.received], filter: PayloadFilter(isLatestOnly: true)
            ) == ["2026-11-23 12:00:00"])
    }

    @Test func `a list that is not newest first is put in order`() async throws {
        let shuffled = list(
            entry("l", "b", at: "2026-11-23 11:00:00"), entry("l", "a", at: "2026-11-23 12:00:00"),
            entry("l", "c", at: "2026-11-23 10:00:00"))
        #expect(
            try await Self.recoverable(shuffled, having: []) == [
                "2026-11-23 10:00:00", "2026-11-23 11:00:00", "2026-11-23 12:00:00",
            ])
        let unreadable = list(
            entry("l", "b", at: "2"), entry("l", "a", at: "3"), entry("l", "c", at: "1"))
        #expect(try await Self.recoverable(unreadable, having: []) == ["1", "3", "2"])
    }
}
