internal import SourceText

/// Text from elsewhere as a message quotes it: printable, and not longer than a line.
func quoted(_ text: String) -> String {
    "'\(PrintableText(text, limit: 64))'"
}
