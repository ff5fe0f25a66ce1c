/// What somebody wants to happen at an account: an extraction that begins or ends.
struct ExtractionEvent: Sendable, Equatable {
    /// The name of the account.
    let account: String
    /// The flow it belongs to; nil where the account's registrations decide.
    let flow: Flow?
    let progress: ExtractionProgress
    let mode: UploadMode
    /// The entity, or the session; nil for a new one.
    let entityID: String?
    /// The link; nil for none, or a new one where the mode always has one.
    let linkID: String?
    /// Why it failed; nil for a reason of the emulator's own.
    let reason: String?

    private static let maximumLength = 1_000
    private static let known = [
        "account", "progress", "mode", "entity_id", "link_id", "reason", "flow",
    ]

    /// Why a body is no event, in a sentence for the answer.
    struct Refusal: Error, Equatable {
        let message: String
    }

    /// Reads the body of `POST /_emulator/events`.
    init(_ json: JSON?) throws(Refusal) {
        guard let json, case .object(let members) = json else {
            throw Refusal(message: "the body is not a JSON object")
        }
        for (index, member) in members.enumerated() {
            guard ExtractionEvent.known.contains(member.name) else {
                let names = ExtractionEvent.known.joined(separator: ", ")
                throw Refusal(message: "'\(member.name)' is unknown; an event has \(names)")
            }
            guard !members[..<index].contains(where: { $0.name == member.name }) else {
                throw Refusal(message: "\(member.name): given twice")
            }
        }
        let values = members.filter { $0.value != .null }
        func text(_ name: String) throws(Refusal) -> String? {
            guard let member = values.first(where: { $0.name == name }) else { return nil }
            guard let text = member.value.string, text.utf8.count <= ExtractionEvent.maximumLength
            else {
                throw Refusal(
                    message:
                        "\(name): not a string of at most \(ExtractionEvent.maximumLength) bytes")
            }
            return text
        }
        func word<Word: RawRepresentable<String> & CaseIterable>(
            _ name: String
        ) throws(Refusal) -> Word? {
            guard let text = try text(name) else { return nil }
            guard let word = Word(rawValue: text) else {
                let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal(message: "\(name): not one of \(words)")
            }
            return word
        }
        func required<Value>(_ name: String, _ value: Value?) throws(Refusal) -> Value {
            guard let value else { throw Refusal(message: "\(name): missing") }
            return value
        }
        account = try required("account", text("account"))
        progress = try required("progress", word("progress"))
        mode = try required("mode", word("mode"))
        flow = try word("flow")
        entityID = try text("entity_id")
        linkID = try text("link_id")
        let reason = try text("reason")
        self.reason = reason == "" ? nil : reason
        guard entityID != "" else { throw Refusal(message: "entity_id: empty; leave it out") }
        guard linkID != "" else { throw Refusal(message: "link_id: empty; leave it out") }
        guard self.reason == nil || progress == .failed else {
            throw Refusal(message: "reason: only a failure has one")
        }
    }
}
