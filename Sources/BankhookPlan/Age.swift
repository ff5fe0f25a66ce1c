/// How long ago something was, in the words a person would use.
package enum Age {
    package static func text(seconds: Int) -> String {
        switch seconds {
        case ..<60: "less than a minute ago"
        case ..<3_600: text(seconds / 60, "minute")
        case ..<172_800: text(seconds / 3_600, "hour")
        default: text(seconds / 86_400, "day")
        }
    }

    private static func text(_ count: Int, _ unit: String) -> String {
        "\(count) \(unit)\(count == 1 ? "" : "s") ago"
    }
}
