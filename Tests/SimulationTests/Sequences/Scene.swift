import BankhookModel

/// A moment between two commands, to which a test can come back.
struct Scene {
    var disk: DiskState
    var memory: Oracle.Memory
    var holdings: [FakeAPI.Account: FakeAPI.Holding]
    var elapsed: Duration
    var chance: UInt64
    var lastID: Int
    /// The number of the environment that is declared. A move gives its record to the other one,
    /// which is declared from then on.
    var declared = 0
    /// How it came about, for a person.
    var path: [String] = []

    var other: Int { 1 - declared }
}
