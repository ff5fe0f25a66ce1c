import SystemCalls

/// How one disk operation goes: how much of it happens, and whether it says so.
struct DiskFate {
    enum Extent: CaseIterable {
        case nothing, partly, wholly
    }

    let extent: Extent
    /// Nil where it succeeds. A process that dies in it does not see it.
    let error: SystemCallError?
}

extension DiskFate {
    static let success = DiskFate(extent: .wholly, error: nil)

    /// Asks the faults of this world how the next operation goes.
    static func next(_ operation: DiskOperation, in world: World) -> DiskFate {
        let gone = SystemCallError("dead", number: 5)
        guard !world.isDead else { return DiskFate(extent: .nothing, error: gone) }
        let chance = world.chance
        let (dies, fails) = world.reach(operation)
        if dies {
            world.hit(operation.crash)
            let extent = world.faults.crashExtent ?? chance.element(of: Extent.allCases)
            return DiskFate(extent: extent, error: gone)
        }
        guard fails else { return .success }
        world.failDisk(operation)
        return DiskFate(
            extent: chance.element(of: Extent.allCases),
            error: SystemCallError("\(operation)", number: chance.element(of: [5, 28, 30])))
    }
}
