/// A secret that cannot be used: which one, and why. Never holds a value.
package struct SecretProblem: Equatable, Sendable {
    /// The field, such as `credentials.api_key`.
    package let field: String
    /// Where the value is to be found, or what it would be part of; empty where the message says it.
    package let subject: String
    /// What is the matter with it, such as `is not set`.
    package let trouble: String
    /// Whether there is a value, which cannot be used.
    package let isSet: Bool

    package init(field: String, subject: String, _ trouble: String, isSet: Bool = false) {
        self.field = field
        self.subject = subject
        self.trouble = trouble
        self.isSet = isSet
    }

    package var message: String { subject.isEmpty ? trouble : "\(subject) \(trouble)" }
}
