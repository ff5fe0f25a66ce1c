package import BankhookModel
package import BankhookState

/// The intents of a plan that were recorded before anything of it was sent; none where each is
/// recorded before its own request.
package struct PreparedIntents: Sendable {
    private let intents: [EnvironmentName: IntentRecord]

    package init(_ intents: [IntentRecord] = []) {
        self.intents = Dictionary(intents.map { ($0.name, $0) }) { first, _ in first }
    }

    package subscript(name: EnvironmentName) -> IntentRecord? { intents[name] }
}
