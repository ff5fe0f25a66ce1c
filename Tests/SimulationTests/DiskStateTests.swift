import Testing

/// The disk forgets what it may forget, and nothing else.
@Suite struct DiskStateTests {
    private static let old: [UInt8] = [1, 1]
    private static let new: [UInt8] = [2, 2]

    private func disk() -> DiskState {
        var disk = DiskState()
        disk.create("a", bytes: DiskStateTests.old, isDurable: true, isLost: false)
        disk.syncDirectory { _ in true }
        return disk
    }

    @Test func `a rename before the sync of its content can tear the file`() {
        var disk = disk()
        disk.create("t", bytes: DiskStateTests.new, isDurable: false, isLost: false)
        _ = disk.rename("t", to: "a")
        #expect(disk.possibilities(of: "a") == [.file(DiskStateTests.old), .torn])
        #expect(disk.bytes(of: "a") == DiskStateTests.new)
    }

    @Test func `a rename without a sync of the directory can be lost`() {
        var disk = disk()
        disk.create("t", bytes: DiskStateTests.new, isDurable: true, isLost: false)
        _ = disk.rename("t", to: "a")
        let left = disk.afterPowerLoss.map { $0.bytes(of: "a") }
        #expect(Set(left) == [DiskStateTests.old, DiskStateTests.new])
        disk.syncDirectory { _ in true }
        #expect(disk.afterPowerLoss.map { $0.bytes(of: "a") } == [DiskStateTests.new])
    }

    @Test func `changes of other names are independent, those of one name are in order`() {
        var disk = disk()
        disk.unlink("a")
        disk.create("b", bytes: DiskStateTests.new, isDurable: true, isLost: false)
        _ = disk.rename("b", to: "a")
        disk.create("c", bytes: DiskStateTests.new, isDurable: true, isLost: false)
        let left = disk.afterPowerLoss.map { Set($0.visible.keys) }
        #expect(
            Set(left) == [
                ["a"], ["a", "c"], [], ["c"], ["a", "b"], ["a", "b", "c"], ["b"], ["b", "c"],
            ])
    }

    @Test func `what a failed sync left behind stays lost`() {
        var disk = DiskState()
        disk.create("a", bytes: DiskStateTests.new, isDurable: false, isLost: false)
        disk.syncFiles(isFailing: true) { _ in false }
        disk.syncFiles(isFailing: false) { _ in true }
        #expect(disk.possibilities(of: "a") == [.absent, .torn])
    }
}
