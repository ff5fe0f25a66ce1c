package import BankConnectAPI
package import BankhookModel
internal import JSONSyntax

/// Asks BankConnect until it answers, by the same rules as an update (specification, section 5).
package struct PatientReader: Sendable {
    private let api: any ReadAPI
    private let patience: Patience

    package init(api: any ReadAPI, time: RunTime, interruption: Interruption = Interruption()) {
        self.api = api
        patience = Patience(time: time, interruption: interruption)
    }

    /// The JSON of a whole answer with status 200.
    ///
    /// `limit` is how long after the first attempt began the last one may begin.
    func json(_ request: ReadRequest, within limit: Duration = RetryWait.limit)
        async throws(ReadFailure) -> JSONValue
    {
        let result = await patience.result(within: limit, while: PatientReader.isWorthAnother) {
            await api.read(request)
        }
        do throws(Problem) {
            return try PatientReader.json(result.answer)
        } catch {
            throw ReadFailure(cause: error.cause, attempts: result.attempts)
        }
    }

    private static func isWorthAnother(_ answer: Answer) -> Bool {
        switch answer {
        case .response(let response):
            [408, 425, 429].contains(response.status) || (500...599).contains(response.status)
        case .connectionRefused, .connectTimedOut, .reset, .timedOut: true
        case .proxyFailed(let failure, _): failure.mayPass
        case .nameNotFound, .tlsFailed, .interrupted: false
        }
    }

    private struct Problem: Error {
        let cause: ReadFailure.Cause
    }

    private static func json(_ answer: Answer) throws(Problem) -> JSONValue {
        guard case .response(let response) = answer, response.status == 200 else {
            throw Problem(cause: .answer(answer))
        }
        guard !response.body.looksLikeHTML else { throw Problem(cause: .loginPage) }
        guard response.body.bytes.count <= ReadRequest.answerLimit else {
            throw Problem(cause: .tooLong)
        }
        do {
            return try JSONParser.parse(response.body.bytes)
        } catch {
            throw Problem(cause: .noJSON(error))
        }
    }
}
