extension Unicode.Scalar {
    /// Whether a reader would not see this scalar, or would be misled by it: controls, format
    /// characters (bidirectional overrides, zero-width, tags), line and paragraph separators, every
    /// blank but the space (U+00A0 looks like one and is none), private-use and unassigned code
    /// points, and blank-looking letters such as U+3164.
    ///
    /// The line break and the tab are controls too; whoever allows them checks for them first.
    package var isHiddenOrControl: Bool {
        if value >= 0x20 && value < 0x7F { return false }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate,
            .privateUse, .unassigned:
            return true
        default:
            return properties.isDefaultIgnorableCodePoint
        }
    }
}
