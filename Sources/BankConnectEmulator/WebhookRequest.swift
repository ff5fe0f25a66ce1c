/// What an update call asks for.
struct WebhookRequest: Sendable, Equatable {
    /// Where deliveries are to go, as written.
    let webhookURL: String
    /// The mode that takes effect: **0 where the body has none**, whatever was registered before.
    /// This silent reset is the vendor's documented behaviour, and the trap that bankhook is for.
    let webhookMode: Int

    /// Why a body cannot be registered, in a sentence for the answer.
    struct Refusal: Error, Equatable {
        /// The sentence.
        let message: String
    }

    /// Reads the body of an update call.
    init(body: JSON?, flow: Flow) throws(Refusal) {
        guard let body, case .object = body else {
            throw Refusal(message: "The body is not a JSON object.")
        }
        guard let value = body["webhook_url"] else {
            throw Refusal(message: "webhook_url is required.")
        }
        guard let url = value.string, WebhookRequest.isUsable(url) else {
            throw Refusal(message: "webhook_url is not an http or https URL with a host.")
        }
        webhookURL = url
        webhookMode = try WebhookRequest.mode(body["webhook_mode"], flow: flow)
    }

    private static func mode(_ value: JSON?, flow: Flow) throws(Refusal) -> Int {
        guard let value else { return 0 }
        guard let mode = value.integer, flow.webhookModes.contains(mode) else {
            let modes = flow.webhookModes.map(String.init).joined(separator: ", ")
            throw Refusal(message: "webhook_mode is not one of \(modes).")
        }
        return mode
    }

    /// Whether a delivery could be tried: a scheme, a host, a possible port, no blank or control
    /// character. User info is let through, for the vendor's pages do not forbid it.
    private static func isUsable(_ url: String) -> Bool {
        guard url.utf8.allSatisfy({ (0x21...0x7E).contains($0) }),
            let separator = url.firstRange(of: "://"),
            ["http", "https"].contains(url[..<separator.lowerBound].lowercased())
        else { return false }
        let authority = url[separator.upperBound...].prefix { !"/?#\\".contains($0) }
        let hostAndPort = authority.split(separator: "@", omittingEmptySubsequences: false).last
        guard let authority = HostAndPort(hostAndPort ?? "") else { return false }
        return authority.port.map { (1...65_535).contains($0) } ?? true
    }
}
