internal import BankConnectAPI
internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import JSONSyntax
internal import SourceText
internal import Synchronization

/// The links whose payloads are not known, told on standard error as they come.
final class LinkProblems: Sendable {
    private struct State {
        var unasked = 0
        var problems = [JSONValue]()
    }

    private let access: ReadAccess
    private let search: SecretSearch
    private let console: Console
    private let state = Mutex(State())

    init(_ access: ReadAccess, search: SecretSearch, console: Console) {
        self.access = access
        self.search = search
        self.console = console
    }

    /// Tells of one link, where there is more to say than that nobody asked.
    func add(_ failure: LinkFailure, of link: BankConnectID) {
        let shown = ForeignText(link.text, search: search).shown
        let text = ReadFailureText(failure, access: access, search: search)
        state.withLock { state in
            state.problems.append([
                "code": .string(text.code),
                "link_id": search.finds(in: Array(link.text.utf8))
                    ? "<redacted>" : .string(link.text),
                "message": .string(text.message),
            ])
            if !text.isWorthALine { state.unasked += 1 }
        }
        guard text.isWorthALine else { return }
        console.message("error: link '\(shown)': \(text.message)\n")
    }

    /// As data, a link each.
    var json: JSONValue { .array(state.withLock { $0.problems }) }

    /// Tells how many were not asked; true where everything is known.
    func end() -> Bool {
        let (unasked, isComplete) = state.withLock { ($0.unasked, $0.problems.isEmpty) }
        if unasked > 0 {
            console.message(
                "error: \(unasked) more \(unasked == 1 ? "link was" : "links were") not asked about; "
                    + "run it again\n")
        }
        return isComplete
    }
}
