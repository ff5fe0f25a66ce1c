internal import BankhookHistory
internal import BankhookModel

/// The table of a page: every event, commit by commit, newest first; the older ones folded away.
struct EventTable {
    let events: [RecordEvent]

    /// So many stand open, and so many more are on the page.
    static let openCount = 200
    static let mostCount = 2_000

    /// How many events have a row.
    var rowCount: Int { min(events.count, EventTable.mostCount) }

    /// The markup, without the heading.
    var html: String {
        guard !events.isEmpty else { return #"<p class="note">Nothing to tell yet.</p>"# }
        let open = min(rowCount, EventTable.openCount)
        var html = table(0..<open, "What happened, newest first")
        if rowCount > open {
            html +=
                "<details><summary>\(rowCount - open) older events</summary>"
                + table(open..<rowCount, "What happened before") + "</details>"
        }
        if events.count > rowCount {
            html +=
                #"<p class="note">\#(events.count - rowCount) older events are left out: "#
                + "<code>bankhook state history</code> tells of all.</p>"
        }
        return html
    }

    private func table(_ numbers: Range<Int>, _ caption: String) -> String {
        let headings = ["Environment", "What", "Before and after"].map {
            #"<th scope="col" role="columnheader">\#($0)</th>"#
        }
        return #"<table role="table"><caption>\#(caption)</caption>"#
            + #"<thead role="rowgroup"><tr role="row">\#(headings.joined())</tr></thead>"#
            + "\n" + groups(numbers).map(group).joined(separator: "\n") + "</table>\n"
    }

    /// The events of one commit stand together.
    private func groups(_ numbers: Range<Int>) -> [Range<Int>] {
        var groups = [Range<Int>]()
        for number in numbers {
            if let last = groups.last,
                events[last.lowerBound].commit?.id == events[number].commit?.id
            {
                groups[groups.count - 1] = last.lowerBound..<number + 1
            } else {
                groups.append(number..<number + 1)
            }
        }
        return groups
    }

    // MARK: Commits

    private func group(_ numbers: Range<Int>) -> String {
        let rows = numbers.map { row(events[$0], number: $0) }
        return #"<tbody role="rowgroup"><tr role="row"><th scope="rowgroup" role="rowheader" "#
            + #"colspan="3" class="commit">\#(heading(events[numbers]))</th></tr>"#
            + rows.joined() + "</tbody>"
    }

    private func heading(_ events: ArraySlice<RecordEvent>) -> String {
        let runs = runs(of: events)
        guard let commit = events.first?.commit else {
            return "<strong>not committed</strong>\(runs)"
        }
        let moment = commit.committedAt.description
        return #"<time datetime="\#(moment)">\#(moment.prefix(10)) "#
            + "\(moment.dropFirst(11).prefix(5))</time> "
            + "<strong>\(HTMLText.foreign(commit.subject))</strong>"
            + #"<div class="quiet"><code title="\#(HTMLText.escape(commit.id))">"#
            + "\(HTMLText.escape(String(commit.id.prefix(10))))</code> by "
            + #"<span title="\#(HTMLText.escape(commit.authorEmail))">"#
            + "\(HTMLText.foreign(commit.authorName))</span>\(runs)</div>"
    }

    /// The runs that the events of a commit name, each once.
    private func runs(of events: ArraySlice<RecordEvent>) -> String {
        var runs = [String]()
        for case let run? in events.map(\.run) where !runs.contains(run) { runs.append(run) }
        let shown = runs.prefix(3).map { " · run \(HTMLText.foreign($0))" }.joined()
        return shown + (runs.count > 3 ? " · and \(runs.count - 3) more runs" : "")
    }

    // MARK: Events

    private func row(_ event: RecordEvent, number: Int) -> String {
        #"<tr role="row" id="e\#(number)"><th scope="row" role="rowheader" class="name">"#
            + #"\#(event.environment)</th><td role="cell" class="what">\#(what(event))</td>"#
            + #"<td role="cell">\#(changes(event))</td></tr>"#
    }

    private func what(_ event: RecordEvent) -> String {
        let shape = MarkShape(event)
        let serials = event.serials.map { #" <span class="quiet">\#($0)</span>"# } ?? ""
        return ##"<svg class="key" aria-hidden="true"><use href="#m-\##(shape.rawValue)" x="10" "##
            + #"y="10"/></svg><span>\#(HTMLText.escape(event.headline))\#(serials)</span>"#
    }

    private func changes(_ event: RecordEvent) -> String {
        let changes = FieldChange.of(event).map { change in
            let values = [
                change.before.map { "<del>\(HTMLText.escape($0))</del>" },
                change.after.map { "<ins>\(HTMLText.escape($0))</ins>" },
            ].compactMap(\.self)
            let length = (change.before ?? "").count + (change.after ?? "").count
            let arrow = #"\#(length > 60 ? "<br>" : " ")<span class="to">→</span> "#
            return
                "<div><dt>\(HTMLText.escape(change.name))</dt><dd>\(values.joined(separator: arrow))</dd></div>"
        }
        let list = changes.isEmpty ? "" : "<dl>\(changes.joined())</dl>"
        return list
            + event.remarks.map { #"<p class="quiet">\#(HTMLText.foreign($0))</p>"# }.joined()
    }
}
