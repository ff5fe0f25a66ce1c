/// A single value: its text, and what the text means.
package struct YAMLScalar: Hashable, Sendable {
    /// What a plain scalar stands for in the YAML 1.2 core schema.
    package enum Resolved: Hashable, Sendable {
        case null
        case bool(Bool)
        /// Decimal, `0o` octal or `0x` hexadecimal, of any length: the text is not converted.
        case integer
        /// A decimal fraction or exponent, `.inf` or `.nan`: the text is not converted.
        case float
        case string
    }

    /// The text after quotes, escapes and folding are undone; of a plain scalar, as it was written.
    package let text: String
    /// Whether it was written without quotes and not as a block, so that it can be a number.
    package let isPlain: Bool

    package init(text: String, isPlain: Bool) {
        self.text = text
        self.isPlain = isPlain
    }

    /// What the value is; quoted and block scalars are strings whatever they look like.
    package var resolved: Resolved {
        isPlain ? YAMLScalar.resolve(text) : .string
    }
}
