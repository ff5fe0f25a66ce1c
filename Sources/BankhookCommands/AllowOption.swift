internal import ArgumentParser
internal import BankhookPlan

/// The option that lifts safety checks.
struct AllowOption: ParsableArguments {
    @Option(
        name: .customLong("allow"),
        help: ArgumentHelp(
            "Lift a safety check: protected, mode-downgrade, max-changes, state-behind, "
                + "probe; repeatable, or a comma list.", valueName: "names"),
        transform: AllowList.parse)
    var lists: [AllowList] = []

    init() {}

    var names: Set<Refusal.Allow> { Set(lists.flatMap(\.names)) }
}
