import SourceText

/// A mapping while its entries are being read.
struct MappingBuilder {
    /// A key whose value is still to come.
    struct Key {
        /// Nil for a key that was refused.
        let text: String?
        let range: SourceRange
        /// Whether it is a plain `<<`.
        let isMerge: Bool
    }

    /// Up to here a search through the entries is as fast as an index.
    private static let mostUnindexed = 16

    private var entries: [YAMLMapping.Entry] = []
    private var index: [String: Int] = [:]
    private var setAside: [YAMLMapping.Entry] = []
    private var sources: [YAMLMapping] = []
    /// Where the `<<` stands, once there is one.
    private(set) var mergeKey: SourceRange?
    /// The last key that was read; it stays when its value has come.
    private(set) var lastKey: String?
    /// The key that waits for its value; nil when a key comes next.
    private var key: Key?
    /// Whether a key comes next.
    private(set) var expectsKey = true

    /// Takes the next key.
    mutating func begin(_ key: Key) {
        self.key = key
        expectsKey = false
        lastKey = key.text ?? lastKey
    }

    /// Hands out the key that waits for its value.
    mutating func takeKey() -> Key? {
        expectsKey = true
        return key.take()
    }

    /// Where a key that is already there stands.
    func keyRange(of key: String) -> SourceRange? {
        place(of: key).map { entries[$0].keyRange }
    }

    private func place(of key: String) -> Int? {
        guard index.isEmpty else { return index[key] }
        return entries.firstIndex { $0.key == key }
    }

    /// Appends an entry whose key is new.
    mutating func append(_ entry: YAMLMapping.Entry) {
        entries.append(entry)
        if !index.isEmpty {
            index[entry.key] = entries.count - 1
        } else if entries.count > MappingBuilder.mostUnindexed {
            for (place, entry) in entries.enumerated() { index[entry.key] = place }
        }
    }

    /// Keeps an entry that counts for nothing (`YAMLMapping.setAside`).
    mutating func setAside(_ entry: YAMLMapping.Entry) {
        setAside.append(entry)
    }

    /// Remembers what a `<<` adds once the mapping's own keys are known.
    mutating func merge(_ mappings: [YAMLMapping], at key: SourceRange) {
        sources += mappings
        mergeKey = key
    }

    /// The mapping: own keys win, then those of the earlier source.
    consuming func finished() -> YAMLMapping {
        for source in sources {
            for added in source.entries where place(of: added.key) == nil { append(added) }
        }
        return YAMLMapping(entries: entries, setAside: setAside, index: index)
    }
}
