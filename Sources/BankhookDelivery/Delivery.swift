package import BankhookModel

/// What `listen` received, and what it answered.
package struct Delivery: Sendable {
    package enum Content: Sendable {
        /// A body that was read, held against the documented shapes.
        case payload(PayloadCheck)
        /// Longer than is read.
        case tooLarge
        /// No POST.
        case otherMethod(String)
    }

    /// What became of the receipt.
    package enum ReceiptState: Equatable, Sendable {
        case written
        /// None was asked for, or nothing was to be claimed.
        case none
        /// It cannot have one; the words say why.
        case impossible(String)
        /// It could not be written, so that no 200 was answered.
        case failed(String)
    }

    package let receivedAt: Timestamp
    package let content: Content
    /// The `content-type` that the vendor does not send; nil where it was right.
    package let oddContentType: String?
    package let isProbe: Bool
    package let isRecovered: Bool
    /// Why the target of `--forward-to` gave no answer.
    package let forwardProblem: String?
    package let receipt: ReceiptState
    /// What was answered.
    package let status: Int
}
