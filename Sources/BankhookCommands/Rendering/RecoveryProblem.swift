internal import BankConnectAPI
internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import SourceText

/// Why a payload was not delivered, in words.
struct RecoveryProblem {
    let code: String
    /// What happened and what it means; safe to print.
    let message: String

    /// Nil where nothing went wrong.
    init?(_ outcome: Recovery.Outcome, access: ReadAccess, search: SecretSearch) {
        switch outcome {
        case .delivered, .wouldSend: return nil
        case .deliveredButNotRecorded(let error):
            code = "not_recorded"
            message =
                "the endpoint has it, and its receipt could not be written, so the next run may send it "
                + "again: " + PrintableText("\(error); \(error.wayOut)").description
        case .failed(let answer):
            let text = AnswerText(
                answer, host: access.endpoint?.url.origin ?? "the endpoint",
                timeout: access.environment.timeout, search: search)
            code = text.code
            message = text.message + RecoveryProblem.remark(on: answer)
        case .wrong(let problems):
            code = "payload_wrong"
            let shown = problems.map { ForeignText($0, search: search, limit: 200).shown }
            message =
                shown.joined(separator: ", ") + "; it is no documented payload and is not sent; "
                + "--progress or --since leaves it out"
        case .skipped(let reason):
            (code, message) = RecoveryProblem.words(reason)
        }
    }

    private static func remark(on answer: Answer) -> String {
        switch answer {
        case .response: "; a receiver answers exactly 200"
        case .reset, .timedOut, .interrupted:
            "; it may have arrived, and the next run sends it again"
        case .connectionRefused, .connectTimedOut, .nameNotFound, .tlsFailed, .proxyFailed:
            "; nothing was sent"
        }
    }

    private static func words(_ reason: Recovery.Reason) -> (String, String) {
        switch reason {
        case .olderFailed: ("older_failed", "an older one of its link was not delivered")
        case .endpointUnreachable: ("endpoint_unreachable", "no endpoint is there")
        case .receiptsBroken: ("receipts_broken", "receipts cannot be written any more")
        case .interrupted: ("interrupted", "interrupted")
        }
    }
}
