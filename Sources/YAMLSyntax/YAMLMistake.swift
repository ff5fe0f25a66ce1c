/// The kinds of mistakes of this stage; the raw values are the stable codes of their diagnostics.
package enum YAMLMistake: String, CaseIterable, Sendable {
    /// libyaml cannot make sense of the text.
    case syntax = "yaml_syntax"
    /// Not UTF-8, or another line break than LF and CRLF.
    case encoding = "yaml_encoding"
    /// A control, bidirectional or invisible character.
    case character = "yaml_character"
    case directive = "yaml_directive"
    case tag = "yaml_tag"
    /// An alias without its anchor, inside of it, or of too much.
    case alias = "yaml_alias"
    /// An anchor that is defined twice.
    case anchor = "yaml_anchor"
    /// A `<<` whose value is no mapping.
    case merge = "yaml_merge"
    /// A key that is not a single value.
    case key = "yaml_key"
    case duplicateKey = "duplicate_key"
    case nesting = "yaml_nesting"
    case tooLarge = "yaml_too_large"
    case empty = "yaml_empty"
    case secondDocument = "yaml_second_document"

    /// What is said of every tag.
    static let tagRefusal = "tags are not supported"
}
