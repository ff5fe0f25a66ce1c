package import BankhookModel
internal import SourceText

/// Text from a server or from git that is about to be printed.
///
/// It is searched whole, before it is cut, for the secrets of its environment; a text that holds one
/// is printed as `<redacted>` and nothing else (specification, section 5).
package struct ForeignText {
    /// What may be printed.
    package let shown: String

    /// How much is printed, in characters.
    package static let limit = 512

    package init(_ text: String, secrets: [Secret]) {
        self.init(text, search: SecretSearch(secrets))
    }

    /// For many texts: the search is made once.
    package init(_ text: String, search: SecretSearch, limit: Int = ForeignText.limit) {
        shown =
            search.finds(in: Array(text.utf8))
            ? "<redacted>" : PrintableText(text, limit: limit).description
    }
}
