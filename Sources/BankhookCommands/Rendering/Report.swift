internal import SourceText

/// What plan and apply have to tell, in every format.
protocol Report {
    /// For a person at a terminal or in a log; empty where standard error says it all.
    func text(_ palette: Palette) -> String
    /// For a program, with a final newline.
    var json: String { get }
    /// For a comment on a pull request.
    var markdown: MarkdownDocument { get }
}

extension Report {
    /// The text of the report in a format.
    func rendered(as format: ReportFormat, palette: Palette, marker: CommentMarker) -> String {
        switch format {
        case .text: text(palette)
        case .json: json
        case .markdown: markdown.text(after: marker)
        }
    }
}
