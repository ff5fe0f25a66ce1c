import SourceText
import YAMLSyntax

/// A parsed text as tests compare it.
struct Parsing {
    let result: YAMLParseResult

    init(_ text: String) {
        self.init(bytes: Array(text.utf8))
    }

    init(bytes: [UInt8]) {
        result = YAMLParser.parse(SourceFile(path: "bankhook.yaml", bytes: bytes))
    }

    /// The mistakes as `LINE:COLUMN code`, in the order of the text.
    var mistakes: [String] {
        DiagnosticReport(result.diagnostics).sorted.map {
            "\($0.range.start.line):\($0.range.start.column) \($0.code)"
        }
    }

    /// The tree in one line: `{key: value}`, `[value]`, scalars by type; nil without a tree.
    var tree: String? { result.root.map(Parsing.show) }

    /// All that is said about the text.
    var messages: [String] {
        result.diagnostics.flatMap { [$0.sentence] + $0.notes.map(\.message) }
    }

    /// The node behind a row of keys.
    func node(_ keys: String...) -> YAMLNode? {
        var node = result.root
        for key in keys {
            guard case .mapping(let mapping) = node?.content else { return nil }
            node = mapping[key]
        }
        return node
    }

    private static func show(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let scalar): show(scalar)
        case .sequence(let nodes): "[\(nodes.map(show).joined(separator: ", "))]"
        case .mapping(let mapping):
            "{\(mapping.entries.map { "\($0.key): \(show($0.value))" }.joined(separator: ", "))}"
        case .refused: "refused"
        }
    }

    private static func show(_ scalar: YAMLScalar) -> String {
        switch scalar.resolved {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .integer: "int(\(scalar.text))"
        case .float: "float(\(scalar.text))"
        case .string: scalar.text
        }
    }
}

extension SourceRange {
    /// `LINE:COLUMN-LINE:COLUMN`, as tests compare it.
    var text: String { "\(start.line):\(start.column)-\(end.line):\(end.column)" }
}
