/// The one thing that BankConnect can be asked to do.
package protocol WebhookAPI: Sendable {
    /// Makes one attempt and says what came of it; it never throws and never outlives its time-out.
    ///
    /// Cancelling the task ends the attempt as `interrupted`.
    func update(_ request: UpdateWebhookRequest) async -> Answer
}
