package import SourceText
internal import YAMLSyntax

/// What must not be shown of some files, because a real key may stand there.
///
/// It is looked for when somebody asks, which takes as long as reading the files again: nobody does
/// unless there is a mistake to show.
package struct Redactions: Sendable {
    private struct Source {
        let file: SourceFile
        let isPolicy: Bool
    }

    private var sources: [Source] = []

    mutating func add(_ file: SourceFile, isPolicy: Bool) {
        sources.append(Source(file: file, isPolicy: isPolicy))
    }

    /// The stretches, by the path of their file, in the order of the text.
    package var byPath: [String: [SourceRange]] {
        var found = [String: Set<SourceRange>]()
        for source in sources {
            guard let root = YAMLParser.parse(source.file).root else { continue }
            // One path may be given twice: what one reading hides, the other must hide too.
            found[source.file.path, default: []].formUnion(
                SecretValueRanges.find(
                    in: root, of: source.file, isPolicy: source.isPolicy))
        }
        return found.mapValues { $0.sorted { $0.start < $1.start } }
    }
}
