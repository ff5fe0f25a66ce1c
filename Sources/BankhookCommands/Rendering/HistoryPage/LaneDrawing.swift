internal import BankhookHistory
internal import BankhookModel

/// Draws a lane, as SVG that is as wide as the page leaves room for.
struct LaneDrawing {
    let lane: Lane
    let number: Int
    let ticks: [TimeScale.Tick]
    /// What each event is called, by its number.
    let titles: [Int: String]
    /// Events from this number on have no row to lead to.
    let rowCount: Int

    /// The markup of the lane.
    var svg: String {
        let grid = ticks.map { tick in
            let x = LaneDrawing.percent(tick.position)
            return #"<line class="grid" x1="\#(x)" x2="\#(x)" y1="0" y2="40"/>"#
        }
        return #"<svg class="lane" role="group" aria-labelledby="l\#(number)t l\#(number)d">"#
            + #"<title id="l\#(number)t">\#(lane.name) over time</title>"#
            + #"<desc id="l\#(number)d">\#(description)</desc>"#
            + grid.joined() + #"<line class="base" x1="0" x2="100%" y1="22" y2="22"/>"#
            + lane.bands.map(band).joined() + lane.marks.map(mark).joined() + "</svg>"
    }

    private var description: String {
        let count = lane.marks.reduce(0) { $0 + $1.events.count }
        return HistoryRendering.count(count, "event") + "; the table below tells of each."
    }

    private func band(_ band: Lane.Band) -> String {
        let x = LaneDrawing.percent(band.start)
        let width = LaneDrawing.percent(band.end - band.start)
        return
            #"<rect class="\#(band.state.word)" x="\#(x)" width="\#(width)" y="16" height="12" rx="2"/>"#
    }

    private func mark(_ mark: Lane.Mark) -> String {
        let x = LaneDrawing.percent(mark.position)
        let shown = mark.events.prefix(8).compactMap { titles[$0] }
        let more = mark.events.count - shown.count
        let title = (shown + (more > 0 ? ["and \(more) more"] : [])).joined(separator: "\n")
        var drawing =
            #"<title>\#(HTMLText.escape(title))</title>"#
            + ##"<use href="#m-\##(mark.shape.rawValue)" x="\##(x)" y="22"/>"##
        if mark.events.count > 1 {
            drawing += #"<text x="\#(x)" y="10">\#(mark.events.count)×</text>"#
        }
        guard let event = mark.events.first, event < rowCount else { return "<g>\(drawing)</g>" }
        return ##"<a href="#e\##(event)">\##(drawing)</a>"##
    }

    /// A share of the width with two decimals.
    static func percent(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
        return rest == 0 ? "\(whole)%" : "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
    }
}

extension Lane.State {
    /// The class that it is drawn with.
    var word: String {
        switch self {
        case .nothing: "band"
        case .registered(.netBanking): "band mode0"
        case .registered(.netBankingAndManual): "band mode1"
        case .registered(.all): "band mode3"
        case .inDoubt: "band doubt"
        case .unreadable: "band unreadable"
        }
    }
}
