package import BankConnectAPI
package import BankhookModel

/// What became of one payload that an endpoint does not have.
package struct Recovery: Sendable {
    package enum Outcome: Equatable, Sendable {
        /// The endpoint answered 200, and its receipt is durable where receipts are kept.
        case delivered
        /// The endpoint answered 200, and the receipt could not be written.
        case deliveredButNotRecorded(ReceiptsError)
        case failed(Answer)
        /// It is no documented payload, and was not sent; the words quote it: make them printable.
        case wrong(problems: [String])
        case skipped(Reason)
        /// What a dry run says.
        case wouldSend
    }

    /// Why a payload was not sent.
    package enum Reason: Equatable, Sendable {
        /// An older payload of its link was not delivered, and the order is kept.
        case olderFailed
        /// No endpoint is there: no other payload would fare better.
        case endpointUnreachable
        /// Receipts cannot be written any more.
        case receiptsBroken
        /// This process was told to stop.
        case interrupted
    }

    package let link: BankConnectID
    package let entry: ListedPayload
    package let outcome: Outcome
    /// How many times it was sent, or tried to be.
    package let attempts: Int

    /// The status that the endpoint answered; nil where none came.
    package var status: Int? {
        switch outcome {
        case .delivered, .deliveredButNotRecorded: 200
        case .failed(let answer): answer.status
        case .wrong, .skipped, .wouldSend: nil
        }
    }
}
