internal import BankhookHistory
internal import BankhookModel

/// The table of a page: every event, newest first, the older ones folded away.
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
        let rows = events.prefix(rowCount).enumerated().map { row($0.element, number: $0.offset) }
        var html = table(rows.prefix(EventTable.openCount), "What happened, newest first")
        let folded = rows.dropFirst(EventTable.openCount)
        if !folded.isEmpty {
            html += "<details><summary>\(folded.count) older events</summary>"
                + table(folded, "What happened before") + "</details>"
        }
        if events.count > rowCount {
            html += #"<p class="note">\#(events.count - rowCount) older events are left out: "#
                + "<code>bankhook state history</code> tells of all.</p>"
        }
        return html
    }

    private func table(_ rows: some Sequence<String>, _ caption: String) -> String {
        let headings = ["When", "Environment", "What", "Before and after", "Commit"].map {
            #"<th scope="col" role="columnheader">\#($0)</th>"#
        }
        return #"<table role="table"><caption>\#(caption)</caption>"#
            + #"<thead role="rowgroup"><tr role="row">\#(headings.joined())</tr></thead>"#
            + #"<tbody role="rowgroup">"# + rows.joined(separator: "\n") + "</tbody></table>\n"
    }

    // MARK: Rows

    private func row(_ event: RecordEvent, number: Int) -> String {
        let cells = [
            ("when", when(event)), ("who", what(event)), ("changes", changes(event)),
            ("commit", commit(event)),
        ].map { #"<td role="cell" class="\#($0)">\#($1)</td>"# }
        let name = #"<th scope="row" role="rowheader" class="name">\#(event.environment)</th>"#
        return #"<tr role="row" id="e\#(number)">"# + cells[0] + name
            + cells.dropFirst().joined() + "</tr>"
    }

    private func when(_ event: RecordEvent) -> String {
        guard let moment = event.commit?.committedAt.description else { return "not committed" }
        let day = moment.prefix(10)
        let time = moment.dropFirst(11).prefix(5)
        return #"<time datetime="\#(moment)">\#(day) <span>\#(time)</span></time>"#
    }

    private func what(_ event: RecordEvent) -> String {
        let shape = MarkShape(event)
        let serials = event.serials.map { #"<span class="quiet">\#($0)</span>"# } ?? ""
        return ##"<svg class="key" aria-hidden="true"><use href="#m-\##(shape.rawValue)" x="10" "##
            + #"y="10"/></svg><span>\#(HTMLText.escape(event.headline)) \#(serials)</span>"#
    }

    private func changes(_ event: RecordEvent) -> String {
        let changes = FieldChange.of(event).map { change in
            let values = [
                change.before.map { "<del>\(HTMLText.escape($0))</del>" },
                change.after.map { "<ins>\(HTMLText.escape($0))</ins>" },
            ].compactMap(\.self).joined(separator: #" <span class="to">→</span> "#)
            return "<div><dt>\(HTMLText.escape(change.name))</dt><dd>\(values)</dd></div>"
        }
        let list = changes.isEmpty ? "" : "<dl>\(changes.joined())</dl>"
        return list + event.remarks.map { #"<p class="quiet">\#(HTMLText.foreign($0))</p>"# }.joined()
    }

    private func commit(_ event: RecordEvent) -> String {
        var parts = [String]()
        if let commit = event.commit {
            parts = [
                "<p>\(HTMLText.foreign(commit.subject))</p>",
                #"<p class="quiet"><code title="\#(HTMLText.escape(commit.id))">"#
                    + "\(HTMLText.escape(String(commit.id.prefix(10))))</code> by "
                    + #"<span title="\#(HTMLText.escape(commit.authorEmail))">"#
                    + "\(HTMLText.foreign(commit.authorName))</span></p>",
            ]
        }
        if let run = event.run {
            parts.append(#"<p class="quiet">run \#(HTMLText.foreign(run))</p>"#)
        }
        return parts.joined()
    }
}
