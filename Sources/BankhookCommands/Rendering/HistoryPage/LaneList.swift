internal import BankhookHistory
internal import BankhookModel
internal import BankhookPlan

/// The lanes of a page: the environments of which something was told last, the rest folded away.
struct LaneList {
    let layout: LaneLayout
    let titles: [Int: String]
    let rowCount: Int
    let now: Timestamp

    /// So many stand open, and so many more are on the page.
    static let openCount = 40
    static let mostCount = 400

    /// The markup, without the heading.
    var html: String {
        let lanes = layout.lanes
        let open = lanes.prefix(LaneList.openCount)
        let folded = lanes.dropFirst(LaneList.openCount)
            .prefix(LaneList.mostCount - LaneList.openCount)
        let ticks = layout.scale.ticks
        var html = axis(ticks) + list(open, from: 0, ticks)
        if !folded.isEmpty {
            html +=
                "<details><summary>\(folded.count) more environments, "
                + "longer unchanged</summary>"
                + list(folded, from: LaneList.openCount, ticks) + "</details>"
        }
        let rest = lanes.count - open.count - folded.count
        if rest > 0 {
            html +=
                #"<p class="note">\#(rest) more environments are not drawn: "#
                + "<code>bankhook state history NAME --format html</code> draws one.</p>"
        }
        return html
    }

    private func axis(_ ticks: [TimeScale.Tick]) -> String {
        let labels = ticks.map { tick in
            #"<text x="\#(LaneDrawing.percent(tick.position))" y="14">\#(tick.label)</text>"#
        }
        return #"<div class="row axis" aria-hidden="true"><span></span><svg class="axis">"#
            + labels.joined() + "</svg><span></span></div>"
    }

    private func list(
        _ lanes: some Sequence<Lane>, from first: Int, _ ticks: [TimeScale.Tick]
    ) -> String {
        let items = lanes.enumerated().map { offset, lane in
            let drawing = LaneDrawing(
                lane: lane, number: first + offset, ticks: ticks, titles: titles,
                rowCount: rowCount)
            return #"<li class="row"><span class="name">\#(lane.name)</span>"# + drawing.svg
                + #"<div class="now">\#(current(lane))</div></li>"#
        }
        return #"<ol class="lanes">"# + items.joined(separator: "\n") + "</ol>\n"
    }

    // MARK: What stands at the end of a lane

    private func current(_ lane: Lane) -> String {
        guard let record = lane.record else {
            guard lane.bands.last?.state != .unreadable else {
                return #"<strong class="bad">damaged</strong>"#
            }
            return lane.movedTo.map { "<span class=\"quiet\">now \($0)</span>" }
                ?? #"<span class="quiet">not recorded any more</span>"#
        }
        guard let applied = record.applied else {
            return doubt(record) ?? #"<span class="quiet">nothing confirmed yet</span>"#
        }
        let registration = applied.registration
        let age = Age.text(seconds: now.seconds(since: applied.appliedAt))
        let flow = registration.flow == .entity ? "" : ", \(registration.flow.rawValue)"
        return #"<span class="url">\#(HTMLText.escape(registration.webhookURL.text))</span>"#
            + #"<span class="quiet"><b class="\#(Lane.State.registered(registration.mode).word)">"#
            + "</b> mode \(registration.mode.rawValue)\(flow), \(applied.origin.rawValue) \(age)"
            + "</span>" + (doubt(record) ?? "")
    }

    private func doubt(_ record: Record) -> String? {
        record.pending.map { pending in
            let age = Age.text(seconds: now.seconds(since: pending.unknownSince))
            return #"<strong class="bad">outcome unknown since \#(age)</strong>"#
                .replacing(" ago<", with: "<").replacing("since ", with: "for ")
        }
    }
}
