internal import JSONSyntax

/// JSON for standard output.
enum JSONOutput {
    /// The canonical text, with what CI systems obey anywhere in a line broken up by an escape:
    /// `##[` and `##vso[` can only stand in strings, where the escape means the same.
    static func text(_ value: JSONValue) -> String {
        CanonicalJSON.text(value).replacing("##", with: "#\\u0023")
    }
}
