package import BankConnectAPI
package import BankhookModel
internal import Synchronization

/// Delivers again what an outage lost: the payloads that BankConnect lists and no receipt shows.
///
/// Within a link one at a time and the oldest first, so that a receiver sees its events in order; a
/// failure ends its link. A receipt is durable before the next payload of the link is sent.
package struct RecoverRun: Sendable {
    /// Delivers one payload once and says what came of it.
    package typealias Deliver = @Sendable (WebhookPayload) async -> Answer

    private let links: LinkReader
    private let filter: PayloadFilter
    private let index: SharedReceiptIndex
    private let receipts: ReceiptsFile?
    private let pacer: Pacer
    private let patience: Patience
    private let deliver: Deliver?
    private let stop = RecoverStop()

    /// `index` is what the receipts say so far; without `receipts` nothing is recorded, and without
    /// `deliver` nothing is sent.
    package init(
        _ links: LinkReader, filter: PayloadFilter, index: ReceiptIndex, receipts: ReceiptsFile?,
        pacer: Pacer, time: RunTime, interruption: Interruption, deliver: Deliver?
    ) {
        self.links = links
        self.filter = filter
        self.index = SharedReceiptIndex(index)
        self.receipts = receipts
        self.pacer = pacer
        self.deliver = deliver
        patience = Patience(time: time, interruption: interruption)
    }

    /// What a run shows while it goes on.
    package enum Event: Sendable {
        case recovery(Recovery)
        /// What BankConnect tried to deliver for this link is not known.
        case unknown(BankConnectID, LinkFailure)
        /// The link is done: how many payloads are listed, and how many of those that were meant the
        /// endpoint has.
        case done(BankConnectID, listed: Int, received: Int)
    }

    /// Recovers some links at a time.
    package func run(
        _ ids: [BankConnectID], report: @Sendable @escaping (Event) -> Void
    ) async {
        var waiting = ids.makeIterator()
        await withTaskGroup(of: Void.self) { group in
            func startNext() {
                guard let link = waiting.next() else { return }
                group.addTask { await recover(link, report) }
            }
            for _ in 0..<PayloadsRun.parallelism { startNext() }
            for await _ in group { startNext() }
        }
    }

    private func recover(_ link: BankConnectID, _ report: @Sendable (Event) -> Void) async {
        do throws(LinkFailure) {
            let list = try await links.list(link)
            // Receipts are taken away and the order is kept link by link: a payload that is in the
            // lists of two, or whose receipts were not looked at, would be sent again by every run.
            if let stray = list.firstIndex(where: { !$0.isOf(link) }) {
                throw .otherLink(position: stray, linkID: list[stray].payload.linkID)
            }
            let chosen: Set<Int>
            do throws(ListShapeError) {
                chosen = try filter.positions(in: list)
            } catch {
                throw .read(ReadFailure(cause: .wrongShape(error.message), attempts: 1))
            }
            // Before the filters narrow it: a receipt of an older payload is none of a newer one.
            let missing = index.missing(in: list)
            report(
                .done(
                    link, listed: list.count, received: chosen.subtracting(missing).count))
            let entries = PayloadOrder(list).oldestFirst
                .filter { missing.contains($0) && chosen.contains($0) }.map { list[$0] }
            await send(entries, of: link, report)
        } catch {
            report(.unknown(link, error))
        }
    }

    private func send(
        _ entries: [ListedPayload], of link: BankConnectID, _ report: @Sendable (Event) -> Void
    ) async {
        var reason: Recovery.Reason?
        for entry in entries {
            let (outcome, attempts) =
                if let reason = reason ?? stop.reason {
                    (Recovery.Outcome.skipped(reason), 0)
                } else {
                    await send(entry)
                }
            report(
                .recovery(
                    Recovery(link: link, entry: entry, outcome: outcome, attempts: attempts)))
            switch outcome {
            case .delivered, .wouldSend: break
            case .skipped(let why): reason = why
            case .failed, .wrong, .deliveredButNotRecorded: reason = stop.reason ?? .olderFailed
            }
        }
    }

    private func send(_ entry: ListedPayload) async -> (Recovery.Outcome, attempts: Int) {
        // A 200 to what no receiver has to know would say nothing, and its receipt would hide it.
        let problems = PayloadCheck(entry.payload.body).problems
        guard problems.isEmpty else { return (.wrong(problems: problems), 0) }
        guard let deliver else { return (.wouldSend, 0) }
        guard !patience.interruption.isRequested, !Task.isCancelled,
            await pacer.takeTurn(patience)
        else { return (.skipped(.interrupted), 0) }
        // Only what proves that nothing was sent is tried again: anything else might arrive twice.
        let result = await patience.result(while: \.provesNothingSentForNow) {
            await deliver(entry.payload)
        }
        guard result.answer.status == 200 else {
            if result.answer.provesNothingSent { stop.request(.endpointUnreachable) }
            return (.failed(result.answer), result.attempts)
        }
        guard let receipts else { return (.delivered, result.attempts) }
        do throws(ReceiptsError) {
            try receipts.append(
                Receipt(
                    recoveredAt: patience.time.now(), payload: entry.payload,
                    dateTime: entry.dateTime))
            return (.delivered, result.attempts)
        } catch {
            stop.request(.receiptsBroken)
            return (.deliveredButNotRecorded(error), result.attempts)
        }
    }
}

extension Answer {
    /// No connection was made, so that the endpoint has nothing of this attempt.
    fileprivate var provesNothingSent: Bool {
        switch self {
        case .connectionRefused, .connectTimedOut, .nameNotFound, .tlsFailed, .proxyFailed: true
        case .response, .reset, .timedOut, .interrupted: false
        }
    }

    /// The same, and a later attempt may fare better.
    fileprivate var provesNothingSentForNow: Bool {
        switch self {
        case .connectionRefused, .connectTimedOut: true
        case .proxyFailed(let failure, _): failure.mayPass
        case .response, .reset, .timedOut, .interrupted, .nameNotFound, .tlsFailed: false
        }
    }
}
