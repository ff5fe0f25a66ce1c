import Foundation
import SourceText
import Testing

@testable import BankhookCommands

@Suite struct ExplanationTests {
    @Test(arguments: Explanation.all)
    func `each is as a person approved it`(explanation: Explanation) throws {
        try Snapshot.expect(explanation.text, is: "explain/\(explanation.code).txt")
    }

    @Test func `every code is explained once`() {
        let codes = Explanation.all.map(\.code)
        #expect(Set(codes).count == codes.count)
        for explanation in Explanation.all {
            for text in [explanation.happened, explanation.matters, explanation.next] {
                #expect(text.hasSuffix(".") && !text.contains("  ") && !text.contains("\n"))
            }
        }
    }

    @Test(arguments: [40, 80, 500])
    func `the list of all is cut to the width of the terminal`(columns: Int) {
        let text = Explanation.list(Explanation.all, .plain, columns: columns)
        let lines = text.split(separator: "\n")
        #expect(lines.count == Explanation.all.count)
        #expect(lines.allSatisfy { $0.count <= columns })
        #expect(zip(lines, Explanation.all).allSatisfy { $0.hasPrefix($1.code + " ") })
        #expect(text.contains("…") == (columns < 500))
    }

    /// Words with an underscore that are no codes: fields of JSON and YAML, and their values.
    private static let otherWords: Set = [
        "account_compared", "account_id", "answered_200", "api_hosts", "api_key", "applied_at",
        "author_email", "author_name", "base_url", "baseline_lost", "certificate_days",
        "committed_at", "completed_without_link", "created_at", "date_time",
        "delivered_but_not_recorded", "dry_run", "duration_ms", "entity_id", "event_name",
        "failed_without_statement", "format_version", "former_environment", "https_proxy",
        "link_id", "max_changes", "net_banking", "no_proxy", "not_looked", "nothing_listed",
        "nothing_to_watch",
        "passed_over", "probe_headers", "reassert_after", "received_at", "received_before",
        "registered_at", "serial_before", "server_hash", "session_expiry", "session_id",
        "session_requirement_completion", "state_files", "statement_id", "trust_roots",
        "unknown_since",
        "way_back", "webhook_hosts", "webhook_mode", "webhook_origin", "webhook_secrets",
        "webhook_url", "within_seconds", "would_send",
    ]

    @Test func `a code that the sources name is explained`() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources").standardizedFileURL
        let targets = [
            "BankConnectAPI", "BankhookApply", "BankhookCommands", "BankhookConfiguration",
            "BankhookDelivery", "BankhookPlan", "BankhookSavedPlan", "YAMLSyntax",
        ]
        var seen = Set<String>()
        for target in targets {
            let folder = sources.appending(path: target)
            let files = try #require(
                FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            for case let file as URL in files
            where file.pathExtension == "swift" && !file.path.contains("/Explain/") {
                let text = try String(contentsOf: file, encoding: .utf8)
                seen.formUnion(
                    text.matches(of: /"([a-z]+(?:_[a-z0-9]+)+)"/).map { String($0.1) })
            }
        }
        #expect(seen.count > 100)
        let explained = Set(Explanation.all.map(\.code))
        #expect(seen.subtracting(explained).subtracting(ExplanationTests.otherWords).sorted() == [])
    }
}
