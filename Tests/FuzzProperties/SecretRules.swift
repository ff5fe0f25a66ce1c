internal import SourceText
internal import YAMLSyntax

/// No report shows what may be a real key (specification, section 2, "Diagnostics").
///
/// Found without the product's own search: by the exact keys in the tree, or by the lines of a text
/// that has none. Only what stands in the text once is looked for, since anything else may be shown
/// from where it is no secret.
enum SecretRules {
    private static let keys = ["credentials", "webhook_secrets", "probe_headers"]
    /// A text may hold a hundred thousand values; a leak does not wait for the last one.
    private static let most = 256

    static func violation(of report: DiagnosticReport, on file: SourceFile) -> String? {
        guard report.errors + report.warnings > 0 else { return nil }
        var secrets = [String]()
        if let root = YAMLParser.parse(file).root {
            collect(root, isSecret: false, into: &secrets)
        } else {
            secrets = values(onLinesOf: file.bytes)
        }
        let pieces = Pieces(of: secrets.prefix(most)).occurringOnce(in: file.bytes)
        guard let shown = pieces.first(in: everything(of: report)) else { return nil }
        return "the report shows \(shown.debugDescription), which may be a key"
    }

    private static func everything(of report: DiagnosticReport) -> String {
        let sentences = report.diagnostics.prefix(DiagnosticReport.shown).flatMap { diagnostic in
            [diagnostic.sentence] + diagnostic.notes.map(\.message)
        }
        return ([report.text] + sentences).joined(separator: "\n")
    }

    // MARK: By the tree

    private static func collect(_ node: YAMLNode, isSecret: Bool, into found: inout [String]) {
        // What aliases repeat would be walked again and again.
        guard found.count < most else { return }
        switch node.content {
        case .refused: break
        case .scalar(let scalar):
            if isSecret { found.append(scalar.text) }
            if let password = password(in: scalar.text) { found.append(password) }
        case .sequence(let nodes):
            for node in nodes { collect(node, isSecret: isSecret, into: &found) }
        case .mapping(let mapping):
            for entry in mapping.entries + mapping.setAside {
                if let password = password(in: entry.key) { found.append(password) }
                collect(
                    entry.value, isSecret: isSecret || keys.contains(entry.key), into: &found)
            }
        }
    }

    /// The password of a URL with user info.
    private static func password(in text: String) -> String? {
        let bytes = Array(text.utf8)
        let starts = bytes.indices.dropLast().filter {
            bytes[$0] == UInt8(ascii: "/") && bytes[$0 + 1] == UInt8(ascii: "/")
        }
        guard let start = starts.first else { return nil }
        let authority = bytes[(start + 2)...].prefix { !"/?#".utf8.contains($0) }
        guard let at = authority.lastIndex(of: UInt8(ascii: "@")),
            let colon = authority.firstIndex(of: UInt8(ascii: ":")), colon < at
        else { return nil }
        return String(decoding: authority[(colon + 1)..<at], as: UTF8.self)
    }

    // MARK: By the lines

    private static let words = keys + ["api_key", "server_hash"]

    /// What stands behind a secret's key on its line.
    private static func values(onLinesOf bytes: [UInt8]) -> [String] {
        var values = [String]()
        for line in bytes.split(separator: UInt8(ascii: "\n")) where values.count < most {
            guard line.count <= 4_096 else { continue }
            for colon in line.indices where line[colon] == UInt8(ascii: ":") {
                let word = line[..<colon].reversed().prefix(while: isWord).reversed()
                guard words.contains(String(decoding: Array(word), as: UTF8.self)) else { continue }
                values.append(String(decoding: line[(colon + 1)...], as: UTF8.self))
            }
        }
        return values
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: byte >= 0x80
        }
    }
}
