internal import BankConnectAPI
internal import BankhookModel
internal import HTTPTypes
internal import Hummingbird
internal import LocalServer
internal import NIOCore

/// Answers as a valid endpoint does, on any path.
struct ListenResponder: HTTPResponder {
    let configuration: ListenConfiguration
    let now: @Sendable () -> Timestamp
    let report: @Sendable (Delivery) -> Void

    /// The longest body that is read: more than any documented payload needs.
    static let longestBody = 1 << 20

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let visit = Visit(request.head, at: now())
        guard request.method == .post else {
            report(visit.delivery(.otherMethod(request.method.rawValue), status: 405))
            return Response(status: .methodNotAllowed, headers: [.allow: "POST"])
        }
        let body: [UInt8]
        do {
            body = Array(
                try await request.body.collect(upTo: ListenResponder.longestBody)
                    .readableBytesView)
        } catch is NIOTooManyBytesError {
            report(visit.delivery(.tooLarge, status: 413))
            return Response(status: .contentTooLarge)
        }
        do {
            try await Task.sleep(for: configuration.delay)
        } catch {
            // The end of the process, and nobody waits for the answer any more: a receipt would say
            // that it was given.
            report(visit.delivery(.payload(PayloadCheck(body)), status: 503))
            return Response(status: .serviceUnavailable)
        }
        return await answer(body, of: request.head, visit)
    }

    /// Asks the target, keeps the receipt, then answers: never the other way round.
    private func answer(_ body: [UInt8], of head: HTTPRequest, _ visit: Visit) async -> Response {
        let check = PayloadCheck(body)
        var (response, problem) = (Response(status: status(configuration.status)), String?.none)
        if let forward = configuration.forward {
            (response, problem) = await Forwarding(forward).answer(to: body, head)
        }
        var receipt = Delivery.ReceiptState.none
        if response.status == .ok {
            receipt = keepReceipt(of: check, visit)
            if case .failed = receipt { response = Response(status: .internalServerError) }
        }
        report(
            visit.delivery(
                .payload(check), status: response.status.code, forwardProblem: problem,
                receipt: receipt))
        return response
    }

    private func status(_ code: Int) -> HTTPResponse.Status {
        HTTPResponse.Status(code: code)
    }

    private func keepReceipt(of check: PayloadCheck, _ visit: Visit) -> Delivery.ReceiptState {
        guard let receipts = configuration.receipts else { return .none }
        guard !visit.isProbe else { return .impossible("a probe delivers nothing") }
        guard let payload = check.payload else {
            return .impossible(
                check.kind == .session
                    ? "the Session flow has none" : "it lacks what a receipt holds")
        }
        do throws(ReceiptsError) {
            try receipts.append(
                Receipt(
                    receivedAt: visit.receivedAt, payload: payload,
                    isRecovered: visit.isRecovered))
            return .written
        } catch {
            return .failed("\(error); \(error.wayOut)")
        }
    }
}
