import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct HistoryDepthCheckTests {
    private func words(
        _ coverage: RecordHistory.Coverage, _ policy: Policy.History = .warn,
        revision: String? = "0123456789abcdef", isInWorkTree: Bool = true
    ) -> [String] {
        DoctorFixture.words(
            HistoryDepthCheck(
                place: .clone(coverage), policy: policy, revision: revision,
                isInWorkTree: isInWorkTree
            ).findings)
    }

    private static let shallow = RecordHistory.Coverage.incomplete(
        "this clone is shallow", wayOut: "fetch-depth: 0")

    @Test func `a gap is a warning, and an error where the policy requires none`() {
        #expect(words(.complete) == ["ok -"])
        #expect(words(Self.shallow) == ["warning history_incomplete"])
        #expect(words(Self.shallow, .require) == ["error history_incomplete"])
        #expect(words(.noWorkTree, isInWorkTree: false) == ["warning not_checked"])
        #expect(words(.noWorkTree, .require, isInWorkTree: false) == ["error history_incomplete"])
    }

    @Test func `a branch that this clone sees for the first time is not ok`() {
        let words = [true, false].map { wasSeen in
            DoctorFixture.words(
                HistoryDepthCheck(
                    place: .branch(wasSeen: wasSeen), policy: .warn, revision: "0123456789abcdef",
                    isInWorkTree: true
                ).findings)
        }
        #expect(words == [["ok -"], ["warning not_checked"]])
    }

    @Test func `without the directory of the records nothing is claimed of them`() {
        let words = [HistoryDepthCheck.Place.nothing, .gone, .untold].map { place in
            DoctorFixture.words(
                HistoryDepthCheck(
                    place: place, policy: .warn, revision: "0123456789abcdef", isInWorkTree: true
                ).findings)
        }
        #expect(words == [["ok -"], ["warning not_checked"], ["warning not_checked"]])
    }

    @Test func `a configuration that is not committed is a warning at most`() {
        #expect(
            words(.complete, .require, revision: "0123456789abcdef+dirty")
                == ["ok -", "warning configuration_uncommitted"])
        #expect(words(.complete, revision: nil) == ["ok -", "warning not_checked"])
        #expect(words(.complete, revision: nil, isInWorkTree: false) == ["ok -"])
    }
}
