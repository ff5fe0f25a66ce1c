internal import SourceText

/// What holds for any report on a text: its places are inside of the text, and its lines are its
/// own (specification, section 2, "Diagnostics").
enum ReportRules {
    static func violation(of report: DiagnosticReport, on file: SourceFile) -> String? {
        var lines = LineLengths(file.bytes)
        for diagnostic in report.diagnostics {
            let places =
                [(diagnostic.file, diagnostic.range)]
                + diagnostic.notes.map { ($0.file, $0.range) }
            for (other, range) in places where other === file {
                guard lines.hold(range.start) else {
                    return "\(diagnostic.code) stands outside of the text, at \(range.start)"
                }
            }
        }
        guard report.errors + report.warnings > 0 else { return nil }
        for line in report.text.split(separator: "\n", omittingEmptySubsequences: false) {
            if let problem = violation(ofLine: line) {
                return "a line of the report \(problem): \(line.debugDescription)"
            }
        }
        return nil
    }

    private static func violation(ofLine line: Substring) -> String? {
        guard !line.unicodeScalars.contains(where: isUnseen) else {
            return "holds a character that nobody sees"
        }
        let bytes = line.utf8
        let begins = ["bankhook.yaml:", "policy.yaml:", "guarded.yaml:", "… and "]
        let behindNumber = bytes.drop { $0 == UInt8(ascii: " ") }
            .drop { (0x30...0x39).contains($0) }
        guard
            begins.contains(where: { bytes.starts(with: $0.utf8) })
                || [" | ", " error", " warning"].contains(where: {
                    behindNumber.starts(with: $0.utf8)
                }) || behindNumber.starts(with: "| ".utf8)
        else { return "begins with text that is not the report's own" }
        guard !holdsCommand(Array(bytes)) else { return "holds a workflow command" }
        return nil
    }

    /// Controls, and format characters such as bidirectional overrides and zero-width spaces.
    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        let category = scalar.properties.generalCategory
        return category == .control || category == .format
    }

    private static func holdsCommand(_ bytes: [UInt8]) -> Bool {
        bytes.indices.contains { index in
            bytes[index] == UInt8(ascii: "#")
                && (bytes[index...].starts(with: "##[".utf8)
                    || String(decoding: bytes[index...].prefix(7), as: UTF8.self).lowercased()
                        == "##vso[")
        }
    }
}
