/// What BankConnect is told: which URL to call, in which mode, through which update call.
package struct Registration: Hashable, Sendable {
    package let baseURL: BaseURL
    package let flow: Flow
    /// With its placeholders kept: the secrets that fill them are never part of it.
    package let webhookURL: WebhookURL
    package let mode: WebhookMode

    package init(baseURL: BaseURL, flow: Flow, webhookURL: WebhookURL, mode: WebhookMode) {
        self.baseURL = baseURL
        self.flow = flow
        self.webhookURL = webhookURL
        self.mode = mode
    }
}
