internal import BankConnectAPI
internal import BankhookApply
internal import BankhookDelivery
internal import BankhookModel
internal import JSONSyntax

/// The lists of payloads as they come: lines at once, a table or a document at the end.
final class PayloadsReport {
    private let format: PayloadsFormat
    private let console: Console
    private let payloads: ForeignPayloads
    private let problems: LinkProblems
    private let total: Int
    private var done = 0
    private var entries = [JSONValue]()
    private var table = PayloadTable()

    init(_ format: PayloadsFormat, access: ReadAccess, total: Int, in context: CommandContext) {
        self.format = format
        self.total = total
        console = context.console
        let search = SecretSearch(access.secrets)
        payloads = ForeignPayloads(search: search)
        problems = LinkProblems(access, search: search, console: context.console)
        console.showLiveLine("0/\(total) links")
    }

    /// One link's list, or why it is not known.
    func add(_ listing: PayloadsRun.Listing) {
        done += 1
        switch listing.payloads {
        case .success(let list): list.forEach(add)
        case .failure(let failure): problems.add(failure, of: listing.link)
        }
        if done < total { console.showLiveLine("\(done)/\(total) links") }
    }

    private func add(_ entry: ListedPayload) {
        switch format {
        case .table: table.add(entry, payloads)
        case .json: entries.append(payloads.json(entry))
        case .ndjson: console.output(JSONOutput.line(payloads.json(entry)))
        }
    }

    /// Writes what is left to write, and says whether everything was looked at.
    func end() -> ExitStatus {
        console.eraseLiveLine()
        let isComplete = problems.end()
        switch format {
        // Nothing known is not nothing listed.
        case .table where table.isEmpty && !isComplete: break
        case .table: console.output(table.text(console.palette))
        case .json:
            console.output(
                JSONOutput.text(["format_version": .integer(1), "payloads": .array(entries)]))
        case .ndjson: break
        }
        return isComplete ? .done : .incomplete
    }
}
