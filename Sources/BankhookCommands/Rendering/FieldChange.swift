internal import BankhookHistory
internal import BankhookModel

/// One field of a registration as an event tells it: before and after, as texts.
struct FieldChange: Equatable {
    let name: String
    /// Nil where there was nothing before, or nothing is said of it.
    let before: String?
    let after: String?

    /// What an event changed; all of a registration that came or went. Of a version that cannot be
    /// read nobody can tell what it changed.
    static func of(_ event: RecordEvent) -> [FieldChange] {
        if case .damaged = event.kind { return [] }
        if case .unread = event.kind { return [] }
        guard let old = event.registrationBefore, let new = event.registrationAfter else {
            let gone = event.registrationBefore.map(lines) ?? []
            let come = event.registrationAfter.map(lines) ?? []
            return gone.map { FieldChange(name: $0.0, before: $0.1, after: nil) }
                + come.map { FieldChange(name: $0.0, before: nil, after: $0.1) }
        }
        return event.changedFields.map { field in
            switch field {
            case .account: FieldChange(name: "account", before: nil, after: "changed")
            case .secret(let name):
                FieldChange(name: "secret \(name)", before: nil, after: "rotated")
            default:
                FieldChange(name: field.word, before: text(field, old), after: text(field, new))
            }
        }
    }

    private static func lines(_ registration: Registration) -> [(String, String)] {
        let fields: [RecordEvent.Field] = [.webhookURL, .webhookMode, .baseURL]
        let flow: [RecordEvent.Field] = registration.flow == .entity ? [] : [.flow]
        return (fields + flow).map { ($0.word, text($0, registration)) }
    }

    private static func text(_ field: RecordEvent.Field, _ registration: Registration) -> String {
        switch field {
        case .webhookURL: registration.webhookURL.text
        case .webhookMode: "\(registration.mode)"
        case .baseURL: registration.baseURL.canonical
        case .flow: registration.flow.rawValue
        case .account, .secret: ""
        }
    }
}
