package import BankConnectAPI
package import BankhookModel
internal import BankhookState

/// Why an attempt or an environment ended as it did.
package enum Cause: Equatable, Sendable {
    case answer(Answer)
    /// A web page with status 200.
    case loginPage
    /// The Session flow's call did not say `"message": "success"`.
    case notConfirmed
    case interrupted
    /// The endpoint did not pass a probe that has to.
    case probeFailed(EndpointProbe.Failure)
    /// The record could not be written; the words come from the store.
    case storeFailed(String)
    /// What was to be taken back stayed in the record: why it was, and the store's words.
    indirect case notTakenBack(Cause, String)
    /// Another environment of the same account was refused its credentials.
    case accountRefused(by: EnvironmentName)
}

extension Cause {
    /// What a store says when it cannot read or write, with its way out.
    init(_ error: StateError) {
        self = .storeFailed("\(error); \(error.wayOut)")
    }
}
