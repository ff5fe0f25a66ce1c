internal import ArgumentParser
internal import BankhookModel

/// The option that narrows a plan to one part of the fleet.
struct ShardOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Only part I of N equal parts of the fleet, so that N runners share it.",
            valueName: "i/n"),
        transform: { text in
            guard let shard = Shard(text) else {
                throw ValidationError("--shard takes I/N with 1 ≤ I ≤ N, such as 2/4")
            }
            return shard
        })
    var shard: Shard?

    init() {}
}
