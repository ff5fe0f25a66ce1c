package import BankhookModel

/// A call that asks BankConnect something and changes nothing: it may be repeated at will.
package struct ReadRequest: Sendable {
    /// What is asked.
    package enum Call: Hashable, Sendable {
        /// What BankConnect tried to deliver for a link.
        case webhookPayloads(link: BankConnectID)
        /// How far the statements of an entity are.
        case transactions(entity: BankConnectID)
    }

    package let call: Call
    package let baseURL: BaseURL
    package let credentials: Credentials
    /// For the whole exchange.
    package private(set) var timeout: TimeSpan
    package let certificateAuthorityFile: String?

    /// How much of an answer is read: some ten thousand payloads. One that is longer is an error, for
    /// half a list would pass for all of it.
    package static let answerLimit = 8 << 20

    package init(_ call: Call, at environment: Environment, credentials: Credentials) {
        self.call = call
        self.credentials = credentials
        baseURL = environment.registration.baseURL
        timeout = environment.timeout
        certificateAuthorityFile = environment.certificateAuthorityFile?.path
    }

    /// The same with no more time than that; at least a second is left.
    package func ending(within rest: Duration) -> ReadRequest {
        var request = self
        let seconds = max(1, Int((rest / .seconds(1)).rounded(.up)))
        if seconds < timeout.seconds { request.timeout = TimeSpan(seconds: seconds) }
        return request
    }

    /// Where the call goes: nothing secret is in it.
    package var url: String {
        let entity = "\(baseURL.canonical)/bank-connect/v1/entity/"
        return switch call {
        case .webhookPayloads(let link):
            "\(entity)webhook_payloads/?link_id=\(link.percentEncoded)"
        case .transactions(let id): "\(entity)\(id.percentEncoded)/transactions/"
        }
    }
}
