/// How large a document may be (specification, section 2, "YAML rules").
package enum YAMLLimits {
    /// The bytes of a text: 64 MiB.
    package static let bytes = 64 << 20
    /// The levels of sequences and mappings, the root being the first.
    ///
    /// libyaml has no limit and needs quadratic time for nesting.
    package static let levels = 64
    /// The nodes, keys included, that aliases and `<<` may add to those that are written.
    package static let addedNodes = 1_000_000
    /// The combining marks in a row, as in Unicode's Stream-Safe Text Format (UAX #15).
    ///
    /// Comparing strings puts them in order, which takes quadratic time.
    package static let combiningMarks = 30
    /// The mistakes that are kept; more are counted.
    package static let diagnostics = 1_000
}
