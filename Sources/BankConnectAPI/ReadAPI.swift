/// What BankConnect can be asked.
package protocol ReadAPI: Sendable {
    /// Makes one attempt and says what came of it; it never throws and never outlives its time-out.
    ///
    /// Of the body one byte more than `ReadRequest.answerLimit` is read, so that a longer one shows.
    /// Cancelling the task ends the attempt as `interrupted`.
    func read(_ request: ReadRequest) async -> Answer
}
