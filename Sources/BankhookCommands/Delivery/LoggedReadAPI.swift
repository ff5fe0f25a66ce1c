internal import BankConnectAPI
internal import Logging

/// Logs every question: its address and how it ended, never headers or bodies.
struct LoggedReadAPI: ReadAPI {
    let api: any ReadAPI
    let log: Logger

    func read(_ request: ReadRequest) async -> Answer {
        let start = ContinuousClock.now
        let answer = await api.read(request)
        let milliseconds = Int(((ContinuousClock.now - start) / .milliseconds(1)).rounded())
        log.debug(
            "request ended",
            metadata: [
                "duration_ms": "\(milliseconds)", "method": "GET", "url": "\(request.url)",
                "result": "\(answer.status.map(String.init) ?? "\(answer)")",
            ])
        return answer
    }
}
