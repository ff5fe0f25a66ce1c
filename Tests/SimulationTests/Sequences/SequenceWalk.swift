import BankhookModel
import BankhookState

/// Walks through every sequence of commands, and lets the process die once in each: at every disk
/// operation, with every directory that this can leave. What was begun is mended, the rest of the
/// sequence follows, and in the end one apply must put everything right.
struct SequenceWalk {
    private let bench = Bench()
    private let judge: SequenceJudge
    /// How many sequences came to their end.
    private(set) var sequences = 0
    /// How many different directories deaths left behind.
    private(set) var deaths = 0
    /// How many of them held a move that was not finished.
    private(set) var unfinishedMoves = 0

    /// What does not hold, with the sequence that led to it.
    var problems: [String] { judge.problems }

    init() {
        judge = SequenceJudge(bench: bench)
    }

    mutating func run(from start: Start, first: Command, length: Int) throws {
        if start == .bothApplied { _ = try bench.perform(.apply, declared: 1) }
        if start != .nothing { _ = try bench.perform(.apply, declared: 0) }
        if start == .inDoubt {
            var faults = Faults()
            faults.crash = .request(1)
            _ = try bench.perform(.apply, declared: 0, faults: faults)
        }
        var scene = bench.scene()
        scene.path = ["\(start)"]
        try step(first, in: scene, left: length - 1, mayDie: true)
    }

    private mutating func step(_ command: Command, in scene: Scene, left: Int, mayDie: Bool) throws
    {
        try judge.checkRefusalOfDoubt(command, in: scene)
        bench.load(scene)
        let end = try bench.perform(command, declared: scene.declared)
        let operations = bench.world.diskOperations
        var after = bench.scene(after: scene)
        after.path.append(command.rawValue)
        judge.ended(end, command, before: scene, &after)
        try goOn(from: after, left: left, mayDie: mayDie)
        if mayDie { try die(in: command, scene, operations: operations, left: left) }
    }

    private mutating func goOn(from scene: Scene, left: Int, mayDie: Bool) throws {
        guard problems.isEmpty else { return }
        guard left > 0 else {
            sequences += 1
            return try judge.converges(from: scene)
        }
        for next in Command.allCases {
            try step(next, in: scene, left: left - 1, mayDie: mayDie)
        }
    }

    private mutating func die(in command: Command, _ scene: Scene, operations: Int, left: Int)
        throws
    {
        var seen = Set<[String: [UInt8]]>()
        for operation in 1...max(operations, 1) {
            for extent in DiskFate.Extent.allCases {
                bench.load(scene)
                var faults = Faults()
                faults.crash = .diskOperation(operation)
                faults.crashExtent = extent
                guard try bench.perform(command, declared: scene.declared, faults: faults) == nil
                else { continue }
                var killed = bench.scene(after: scene)
                killed.path.append("\(command.rawValue) dies at operation \(operation), \(extent)")
                for disk in [killed.disk] + killed.disk.afterPowerLoss {
                    guard seen.insert(disk.records).inserted else { continue }
                    var remains = killed
                    remains.disk = disk
                    try mend(command, before: scene, remains, left: left)
                }
            }
        }
    }

    /// An unfinished move is run again; everything else goes on as it is.
    private mutating func mend(_ command: Command, before: Scene, _ dead: Scene, left: Int) throws {
        guard problems.isEmpty else { return }
        deaths += 1
        var dead = dead
        bench.load(dead)
        judge.died(command, before: before, &dead)
        if command == .move, dead.disk.records.count == 2, before.disk.records.count == 1 {
            unfinishedMoves += 1
            try judge.checkWayOut(of: dead)
            bench.load(dead)
            let end = try bench.perform(.move, declared: dead.declared)
            var after = bench.scene(after: dead)
            after.path.append("move again")
            judge.ended(end, .move, before: dead, &after)
            dead = after
        }
        try goOn(from: dead, left: left, mayDie: false)
    }
}
