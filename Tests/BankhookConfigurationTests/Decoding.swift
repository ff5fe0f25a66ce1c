import BankhookConfiguration
import BankhookModel
import SourceText

/// A text that was read as a configuration.
struct Decoding {
    let result: ConfigurationResult

    init(result: ConfigurationResult) {
        self.result = result
    }

    init(_ text: String, path: String = "bankhook.yaml") {
        self.init(Array(text.utf8), path: path)
    }

    init(_ bytes: [UInt8], path: String = "bankhook.yaml") {
        result = ConfigurationLoader.decode(SourceFile(path: path, bytes: bytes))
    }

    /// An environment with everything that it needs but the lines given, which may replace it.
    init(
        environment lines: String, url: String? = "https://hooks.lender.example/x",
        mode: String? = "0", top: String = ""
    ) {
        var text = "version: 1\n\(top)environments:\n  uat:\n"
        if let url { text += "    webhook_url: \(url)\n" }
        if let mode { text += "    webhook_mode: \(mode)\n" }
        if !lines.contains("credentials:") {
            text += "    credentials: {api_key: {env: KEY}, server_hash: {env: HASH}}\n"
        }
        for line in lines.split(separator: "\n") { text += "    \(line)\n" }
        self.init(text)
    }

    /// Each mistake as `LINE:COLUMN code`, in the order of the report.
    var mistakes: [String] {
        result.report.sorted.map {
            "\($0.range.start.line):\($0.range.start.column) \($0.code)"
        }
    }

    /// Each mistake's sentence, in the order of the report.
    var sentences: [String] { result.report.sorted.map(\.sentence) }

    /// The configuration's only environment.
    var environment: Environment? { result.configuration?.environments.first }

    /// Everything that any output could show of the mistakes.
    var everything: String {
        let parts = result.report.diagnostics.flatMap { diagnostic in
            [diagnostic.message, diagnostic.hint ?? "", diagnostic.sentence]
                + diagnostic.notes.map(\.message)
        }
        return ([result.report.text] + parts).joined(separator: "\n")
    }
}
