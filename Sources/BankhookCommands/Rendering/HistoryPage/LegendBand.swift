internal import BankhookModel

/// How the legend names a state.
struct LegendBand {
    let state: Lane.State
    let label: String

    static let all = [
        LegendBand(state: .registered(.netBanking), label: "mode 0: net banking"),
        LegendBand(
            state: .registered(.netBankingAndManual), label: "mode 1: net banking and manual"),
        LegendBand(state: .registered(.all), label: "mode 3: all"),
        LegendBand(state: .inDoubt, label: "in doubt"),
        LegendBand(state: .unreadable, label: "not readable"),
    ]
}
