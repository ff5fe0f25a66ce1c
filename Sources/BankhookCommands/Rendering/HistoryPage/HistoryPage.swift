internal import BankhookHistory
internal import BankhookModel

/// The history of the records as one page that needs nothing but itself: no script, nothing to
/// fetch, and a policy that allows its own style only.
struct HistoryPage {
    private let report: HistoryReport
    private let now: Timestamp

    init(_ report: HistoryReport, now: Timestamp) {
        self.report = report
        self.now = now
    }

    /// The whole page.
    var text: String {
        let policy =
            "default-src 'none'; style-src '\(PageStyle.hash)'; base-uri 'none'; form-action 'none'"
        return """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <title>\(title)</title>
            <style>\(PageStyle.text)</style>
            </head>
            <body>
            \(definitions)
            <header>
            <h1>\(title)</h1>
            <p class="quiet">\(subtitle)</p>
            \(gap)</header>
            <main>
            \(timeline)</main>
            <footer class="quiet">What bankhook recorded, not what BankConnect says: there is no call \
            that reads a registration back. Made by <code>bankhook state history --format \
            html</code>.</footer>
            </body>
            </html>

            """
    }

    private var title: String {
        "Webhook registrations" + (report.name.map { " of \($0)" } ?? "")
    }

    private var subtitle: String {
        let recorded = report.timeline.current
        let doubt = recorded.count { $0.pending != nil }
        let counts =
            ([
                "\(recorded.count) recorded", doubt > 0 ? "\(doubt) with an unknown outcome" : nil,
                HistoryRendering.count(report.timeline.events.count, "event"),
                HistoryRendering.count(report.commitCount, "commit"),
            ] as [String?]).compactMap(\.self).joined(separator: " · ")
        let moment = now.description
        return "\(counts) · as of <time datetime=\"\(moment)\">\(moment.prefix(10)) "
            + "\(moment.dropFirst(11).prefix(5)) UTC</time>"
    }

    private var gap: String {
        guard let gap = report.gap else { return "" }
        return #"<p class="gap" role="note"><strong>Not everything is shown.</strong> "#
            + "\(HTMLText.foreign(gap.message)). \(HTMLText.foreign(gap.hint)).</p>\n"
    }

    private var timeline: String {
        let events = report.timeline.events
        let table = EventTable(events: events)
        let titles = Dictionary(
            uniqueKeysWithValues: events.enumerated().map { ($0.offset, title(of: $0.element)) })
        let layout = LaneLayout(report.timeline, now: now)
        guard !layout.lanes.isEmpty else { return table.html }
        let lanes = LaneList(
            layout: layout, titles: titles, rowCount: table.rowCount, now: now)
        return """
            <section aria-labelledby="lanes">
            <h2 id="lanes">Over time</h2>
            \(legend(layout))
            \(lanes.html)</section>
            <section aria-labelledby="events">
            <h2 id="events">Event by event</h2>
            \(table.html)</section>

            """
    }

    /// What a mark says when it is pointed at.
    private func title(of event: RecordEvent) -> String {
        let words = [
            event.commit?.committedAt.description ?? "not committed",
            event.formerName == nil ? event.headline : "\(event.headline) to \(event.environment)",
            event.serials,
        ]
        return words.compactMap(\.self).joined(separator: ", ")
    }

    // MARK: Shapes

    /// What the lanes and the table refer to.
    private var definitions: String {
        #"<svg class="defs" width="0" height="0" aria-hidden="true"><defs>"#
            + #"<pattern id="hatch" width="8" height="8" patternUnits="userSpaceOnUse" "#
            + #"patternTransform="rotate(45)"><rect class="hatch-a" width="8" height="8"/>"#
            + #"<rect class="hatch-b" width="4" height="8"/></pattern>"#
            + MarkShape.allCases.map(\.definition).joined() + "</defs></svg>"
    }

    /// Only what the page shows.
    private func legend(_ layout: LaneLayout) -> String {
        let used = Set(report.timeline.events.map(MarkShape.init))
        let marks = MarkShape.allCases.filter(used.contains).map { shape in
            ##"<li><svg class="key" aria-hidden="true"><use href="#m-\##(shape.rawValue)" x="10" "##
                + #"y="10"/></svg>\#(shape.label)</li>"#
        }
        let states = Set(layout.lanes.flatMap(\.bands).map(\.state))
        let bands = LegendBand.all.filter { states.contains($0.state) }.map { band in
            #"<li><svg class="swatch" aria-hidden="true"><rect class="\#(band.state.word)" y="4" "#
                + #"width="28" height="12"/></svg>\#(band.label)</li>"#
        }
        return #"<ul class="legend">"# + bands.joined() + marks.joined() + "</ul>"
    }
}
