/// Which of BankConnect's two update calls registers the webhook.
package enum Flow: String, Hashable, Sendable, CaseIterable {
    case entity
    case session
}
