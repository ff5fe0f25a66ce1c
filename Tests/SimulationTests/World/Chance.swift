import Synchronization

/// The one source of chance in a simulated history, so that its seed replays it.
final class Chance: Sendable {
    private let stored: Mutex<UInt64>

    init(seed: Int) {
        stored = Mutex(UInt64(bitPattern: Int64(seed)) &* 0xD134_2543_DE82_EF95)
    }

    /// Where it is, so that a moment can come back.
    var state: UInt64 {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }

    /// A number from 0 up to, not including, `limit`.
    func below(_ limit: Int) -> Int {
        Int(next() % UInt64(max(limit, 1)))
    }

    func isOne(in count: Int) -> Bool {
        below(count) == 0
    }

    /// Whether something with a probability of `percent` happens.
    func hits(percent: Int) -> Bool {
        below(100) < percent
    }

    func element<Element>(of elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// SplitMix64.
    private func next() -> UInt64 {
        stored.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }
}
