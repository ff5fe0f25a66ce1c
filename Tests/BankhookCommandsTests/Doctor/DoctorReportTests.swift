import JSONSyntax
import SourceText
import Testing

@testable import BankhookCommands

@Suite struct DoctorReportTests {
    private static let step = "mend it"
    private static let findings: [DoctorFinding] = [
        .ok(.configuration, "2 environments", about: "bankhook.yaml"),
        .error(.credentials, "credentials_missing", "not set", next: step, about: "uat"),
        .error(.credentials, "credentials_missing", "is empty", next: step, about: "production"),
        .unchecked(.state, "no configuration", next: "mend that"),
        .ok(.trustRoots, "139 certificates"),
        .unchecked(.api, "no configuration", next: "mend that"),
    ]

    @Test func `each is a line, a shared step and a shared reason are told once`() {
        #expect(
            DoctorReport(findings: Self.findings).text(.plain) == """
                ok       configuration  bankhook.yaml: 2 environments
                error    credentials    uat: not set
                error    credentials    production: is empty
                         next: mend it
                warning  state, api     not checked: no configuration
                         next: mend that
                ok       trust roots    139 certificates
                Doctor: 2 ok, 2 warnings, 2 errors.

                """)
    }

    @Test func `a narrow terminal breaks lines between words, and never a next step`() {
        let step = "bankhook state unlock --id 0123456789-0123456789-0123456789-0123456789"
        let findings: [DoctorFinding] = [
            .ok(.history, "all of it is in this clone, and none of it was looked at twice"),
            .ok(.trustRoots, "1 certificate", about: String(repeating: "/long", count: 12)),
            .warning(.lock, "being_applied", "being applied", next: step),
        ]
        #expect(
            DoctorReport(findings: findings, columns: 60).text(.plain) == """
                ok       history        all of it is in this clone, and none
                         of it was looked at twice
                ok       trust roots    \(String(repeating: "/long", count: 12)):
                         1 certificate
                warning  lock           being applied
                         next: \(step)
                Doctor: 2 ok, 1 warning.

                """)
    }

    @Test func `a file is named once`() {
        let finding = DoctorFinding.error(
            .state, "state_unusable", "a/.lock: open", next: "x", about: "a")
        #expect(DoctorReport(findings: [finding]).text(.plain).contains("state          a/.lock"))
    }

    @Test func `colours leave the words`() {
        let text = DoctorReport(findings: Self.findings).text(.colored)
        #expect(text.contains("\u{1B}[1;31merror\u{1B}[0m    credentials"))
        #expect(text.contains("\u{1B}[32mok\u{1B}[0m       trust roots"))
    }

    @Test func `an error ends with 1, a warning does not`() {
        #expect(DoctorReport(findings: Self.findings).status == .error)
        #expect(DoctorReport(findings: [Self.findings[0], Self.findings[3]]).status == .done)
        let text = DoctorReport(findings: [Self.findings[0]]).text(.plain)
        #expect(text.hasSuffix("Doctor: 1 ok.\n"))
    }

    @Test func `data has every finding, and null for what is absent`() throws {
        let json = try JSONParser.parse(Array(DoctorReport(findings: Self.findings).json.utf8))
        guard case .array(let checks)? = json["checks"] else {
            Issue.record("no checks")
            return
        }
        #expect(checks.count == 6)
        #expect(checks[0]["next"] == .null)
        #expect(checks[4]["check"] == "trust_roots")
        #expect(checks[5]["code"] == "not_checked")
        #expect(json["summary"]?["warning"] == .integer(2))
    }

    @Test func `no broken line begins with a command of a CI`() {
        let finding = DoctorFinding.warning(
            .lock, "being_applied",
            "being applied by build-1 pid 12 ::error::gotcha and ::warning::",
            next: "wait")
        for columns in 29...120 {
            let lines = DoctorReport(findings: [finding], columns: columns).text(.plain)
                .split(separator: "\n")
            #expect(lines.dropFirst().dropLast().allSatisfy { $0.hasPrefix("         ") })
            #expect(lines.allSatisfy { !$0.drop { $0 == " " }.hasPrefix("::") }, "\(columns)")
        }
    }

    @Test func `text of elsewhere begins no line and hides nothing`() {
        let finding = DoctorFinding.ok(.state, "a\nerror: b\u{1B}[2J", about: "::set-output")
        let text = DoctorReport(findings: [finding]).text(.plain)
        #expect(text.split(separator: "\n").count == 2)
        #expect(!text.contains("\u{1B}"))
    }
}
