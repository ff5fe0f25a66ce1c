import Testing

@testable import BankhookCommands

/// Words of a wait for a delivery.
@Suite struct WatchTextTests {
    @Test(arguments: [
        (Duration.zero, "00:00"), (.milliseconds(41_900), "00:41"), (.seconds(600), "10:00"),
        (.seconds(3_723), "1:02:03"), (.seconds(86_400), "24:00:00"),
    ])
    func `a wait is shown as a clock shows it`(duration: Duration, text: String) {
        #expect(WatchProgress.clock(duration) == text)
    }

    @Test(arguments: [
        (["bankhook", "apply", "--target", "uat"], "bankhook apply --target uat"),
        (["-c", "a b"], "-c 'a b'"), (["it's"], #"'it'\''s'"#), (["$HOME", ""], "'$HOME' ''"),
        (["a;b", "~", "ü"], "'a;b' '~' 'ü'"),
    ])
    func `a command means the same to a shell`(words: [String], text: String) {
        #expect(ShellText.command(words) == text)
    }
}
