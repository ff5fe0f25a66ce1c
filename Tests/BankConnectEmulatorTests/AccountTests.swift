import BankConnectEmulator
import Testing

@Suite struct AccountTests {
    @Test func `the default account is demo, the others are named after their digest`() throws {
        #expect(
            try EmulatorAccount(parsing: "demo-api-key:demo-server-hash").name == "demo")
        // printf 'key:hash' | sha256sum
        #expect(try EmulatorAccount(parsing: "key:hash").name == "acct-a69cc3df")
    }

    @Test(arguments: [
        ("nocolon", EmulatorAccountError.noColon), (":hash", .emptyKey), ("key:", .emptyHash),
        ("", .noColon), ("ke y:hash", .unusableCharacter), ("key:häsh", .unusableCharacter),
        ("key:hash\n", .unusableCharacter),
    ])
    func `a malformed pair is refused without being repeated`(
        text: String, expected: EmulatorAccountError
    ) {
        #expect(throws: expected) { try EmulatorAccount(parsing: text) }
        #expect(text.isEmpty || !"\(expected)".contains(text))
    }

    @Test func `no way of printing an account shows its key`() throws {
        let account = try EmulatorAccount(parsing: "sesame-key:sesame-hash")
        var text = "\(account) \(String(reflecting: account))"
        dump(account, to: &text)
        #expect(!text.contains("sesame"))
    }
}
