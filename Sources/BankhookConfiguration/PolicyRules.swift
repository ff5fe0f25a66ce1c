internal import BankhookModel
internal import SourceText
internal import YAMLSyntax

/// A policy and where its fields stand, so that a refusal can show the rule.
struct PolicyRules {
    let policy: Policy
    /// Nil where there is no policy at all.
    private let file: SourceFile?
    private let fields: [String: YAMLMapping.Entry]

    init(_ policy: Policy, fields: [String: YAMLMapping.Entry] = [:], in file: SourceFile? = nil) {
        self.policy = policy
        self.file = file
        self.fields = fields
    }

    /// What judges where there is no policy.
    static let none = PolicyRules(.none)

    /// What a hint adds to the policy's name: its file, where that is not the file of the mistake.
    func place(seenFrom findings: Findings) -> String {
        otherFile(than: findings).map { " in \($0.path)" } ?? ""
    }

    /// Where a field stands, if in another file than the mistake.
    func notes(on field: String, for findings: Findings) -> [Diagnostic.Note] {
        guard let file = otherFile(than: findings), let entry = fields[field] else { return [] }
        return [Diagnostic.Note("policy.\(field) stands here", in: file, at: entry.keyRange)]
    }

    private func otherFile(than findings: Findings) -> SourceFile? {
        file.flatMap { $0 === findings.file ? nil : $0 }
    }
}
