internal import BankConnectAPI
internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import Logging
internal import SourceText

/// One recovery from its receipts to its report.
struct RecoverSession: Sendable {
    let context: CommandContext
    let format: OutputFormat
    let access: ReadAccess
    let links: [BankConnectID]
    let filter: PayloadFilter
    let receiptsPath: String?
    let interval: Duration
    let isDryRun: Bool

    /// The first marks a delivery as one of ours, so that a receiver can tell it from BankConnect's
    /// own. The second has each of them come on a new connection: one that is kept may be closed by
    /// the other side just when the next payload is sent into it, which would count as lost.
    static let headers = [
        HTTPHeader("x-bankhook-recovered", "1"), HTTPHeader("connection", "close"),
    ]

    /// Reads the receipts, delivers what is missing, and reports it.
    func run() async throws -> ExitStatus {
        var index = ReceiptIndex()
        let receipts = try openReceipts { index.add($0) }
        let report = RecoverReport(
            format, access: access, links: links, isDryRun: isDryRun, in: context)
        guard !isDryRun else { return try await run(index, nil, Interruption(), report) }
        let interruption = Interruption()
        return try await Signals.obeying(interruption, console: context.console) { [index] in
            try await run(index, receipts, interruption, report)
        }
    }

    private func run(
        _ index: ReceiptIndex, _ receipts: ReceiptsFile?, _ interruption: Interruption,
        _ report: RecoverReport
    ) async throws -> ExitStatus {
        try await access.withCaller { caller in
            let run = RecoverRun(
                access.linkReader(caller, interruption: interruption, in: context),
                filter: filter, index: index, receipts: receipts,
                pacer: Pacer(interval: interval), time: .system(now: context.now),
                interruption: interruption, deliver: isDryRun ? nil : deliver(by: caller))
            await run.run(links) { report.add($0) }
        }
        return report.end()
    }

    private func deliver(by caller: HTTPCaller) -> RecoverRun.Deliver? {
        guard let endpoint = access.endpoint else { return nil }
        let client = EndpointClient(caller)
        let timeout = access.environment.timeout
        let log = context.log
        return { payload in
            let answer = await client.post(
                payload.body, to: endpoint.url, headers: RecoverSession.headers,
                timeout: timeout
            ).answer
            log.debug(
                "delivery ended",
                metadata: [
                    "method": "POST", "url": "\(endpoint.shown)",
                    "result": "\(answer.status.map(String.init) ?? "\(answer)")",
                ])
            return answer
        }
    }

    // MARK: Receipts

    /// Opens the receipts where some are named, and says what a person should know of them. A dry run
    /// only reads them, and makes none.
    private func openReceipts(_ body: (Receipt) -> Void) throws(CommandFailure) -> ReceiptsFile? {
        let console = context.console
        guard let receiptsPath else {
            console.message(
                "warning: without --receipts every listed payload is sent, received or not, and an "
                    + "interrupted run begins anew\n")
            return nil
        }
        let wanted = Set(links.map(\.text))
        func add(_ receipt: Receipt) {
            if let link = receipt.payload.linkID, wanted.contains(link) { body(receipt) }
        }
        do throws(ReceiptsError) {
            guard !isDryRun else {
                var isEmpty = true
                let cut = try ReceiptsFile.read(path: receiptsPath) { receipt in
                    isEmpty = false
                    add(receipt)
                }
                warn(cut ?? 0, isNew: cut == nil, isEmpty: isEmpty)
                return nil
            }
            let file = try ReceiptsFile(path: receiptsPath, add)
            warn(file.droppedBytes, isNew: file.isNew, isEmpty: file.isEmpty)
            return file
        } catch {
            throw CommandFailure(error, about: receiptsPath)
        }
    }

    /// A name with a slip in it has everything delivered again: that there was no such file is another
    /// warning than that it is empty.
    private func warn(_ cut: Int, isNew: Bool, isEmpty: Bool) {
        let name = PrintableText(receiptsPath ?? "").description
        if isNew || isEmpty {
            let what =
                isNew ? "there is no \(name) yet" : "\(name) holds no receipt"
            context.console.message("warning: \(what): every listed payload counts as lost\n")
        }
        if cut > 0 {
            context.console.message(
                "warning: \(name): the last line was cut short (\(cut) bytes) and counts for nothing\n"
            )
        }
    }
}
