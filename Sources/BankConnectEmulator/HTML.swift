import SourceText

/// Text for a page of HTML.
enum HTML {
    /// Text that comes from elsewhere: nothing in it is markup, or invisible, or turns what stands
    /// around it.
    static func foreign(_ text: String) -> String {
        "<bdi>\(escape(PrintableText(text).description))</bdi>"
    }

    /// The text with everything escaped that could end it.
    static func escape(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
