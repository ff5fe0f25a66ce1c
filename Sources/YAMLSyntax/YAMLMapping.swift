package import SourceText

/// The keys of a mapping and their values, in the order in which they were written.
package struct YAMLMapping: Sendable {
    /// A key and its value.
    package struct Entry: Sendable {
        /// The key's text as written: `1` and `true` are names like any other.
        package let key: String
        package let keyRange: SourceRange
        package let value: YAMLNode

        package init(key: String, keyRange: SourceRange, value: YAMLNode) {
            self.key = key
            self.keyRange = keyRange
            self.value = value
        }
    }

    /// What only large or faulty mappings have, kept out of line so that the others stay small.
    private final class Extras: Sendable {
        let setAside: [Entry]
        let index: [String: Int]

        init(setAside: [Entry], index: [String: Int]) {
            self.setAside = setAside
            self.index = index
        }
    }

    /// Every key once: the mapping's own, then what `<<` adds.
    package let entries: [Entry]
    private let extras: Extras?

    /// Takes entries with distinct keys; `index`, if not empty, holds the place of each.
    init(entries: [Entry], setAside: [Entry] = [], index: [String: Int] = [:]) {
        self.entries = entries
        extras =
            setAside.isEmpty && index.isEmpty ? nil : Extras(setAside: setAside, index: index)
    }

    /// What counts for nothing but stands in the text all the same: repeated keys, keys that are no
    /// scalars, and `<<` with what is written out under it.
    ///
    /// Whoever redacts secrets has to look here too: they may have been pasted under such a key.
    package var setAside: [Entry] { extras?.setAside ?? [] }

    /// The value of a key, found in constant time however many there are.
    package subscript(key: String) -> YAMLNode? {
        entry(key)?.value
    }

    /// The entry of a key, for its position.
    package func entry(_ key: String) -> Entry? {
        if let index = extras?.index, !index.isEmpty {
            return index[key].map { entries[$0] }
        }
        return entries.first { $0.key == key }
    }
}
