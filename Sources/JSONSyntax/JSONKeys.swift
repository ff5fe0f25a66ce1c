/// The keys of one object, to find one that is repeated.
///
/// By bytes: strings that are canonically equivalent are equal, and yet two keys. Few keys are
/// compared one by one, which takes no memory; an object of a million must not take a million million
/// comparisons.
struct JSONKeys {
    private var many = Set<[UInt8]>()
    private static let few = 16

    /// Adds a key to those of the members read so far; false where one of them has it.
    mutating func insert(_ key: String, after members: [JSONValue.Member]) -> Bool {
        guard members.count >= JSONKeys.few else {
            return !members.contains { $0.key.utf8.elementsEqual(key.utf8) }
        }
        if many.isEmpty { many = Set(members.map { Array($0.key.utf8) }) }
        return many.insert(Array(key.utf8)).inserted
    }
}
