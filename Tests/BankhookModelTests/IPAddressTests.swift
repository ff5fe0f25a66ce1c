import BankhookModel
import Testing

@Suite struct IPAddressTests {
    @Test(arguments: [
        ("1.2.3.4", "1.2.3.4"), ("0", "0.0.0.0"), ("1", "0.0.0.1"), ("1.2", "1.0.0.2"),
        ("1.2.3", "1.2.0.3"),
        ("1.2.65535", "1.2.255.255"), ("1.16777215", "1.255.255.255"),
        ("4294967295", "255.255.255.255"),
        ("0x7f.1", "127.0.0.1"), ("0177.1", "127.0.0.1"), ("0xdeadbeef", "222.173.190.239"),
        ("00.00.00.00", "0.0.0.0"),
    ])
    func `every spelling that a resolver takes is an address`(text: String, plain: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        #expect(IPv4Address(anySpelling: parts)?.description == plain)
    }

    @Test(arguments: [
        "", ".", "1.", "1..2", "256.1", "1.2.3.256", "1.2.65536", "1.16777216", "4294967296", "08",
        "1.2.3.4.5",
        "-0", "+1", "1.-0", "0x+1", "0x-0", "0-0", "0xg", "a", "1e3", "18446744073709551616",
    ])
    func `anything else is none`(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        #expect(IPv4Address(anySpelling: parts) == nil)
    }

    @Test(arguments: [
        ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
        ("0001:0:0:0:0:0:0:0", "1::"), ("2001:DB8::1", "2001:db8::1"),
        ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
        ("1:0:2:0:3:0:4:0", "1:0:2:0:3:0:4:0"), ("1:0:0:2:3:0:0:4", "1::2:3:0:0:4"),
        ("::ffff:1.2.3.4", "::ffff:102:304"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ])
    func `an IPv6 address has one form`(text: String, canonical: String) {
        #expect(IPv6Address(text)?.description == canonical)
        #expect(IPv6Address(canonical) == IPv6Address(text))
    }

    @Test(arguments: [
        "", ":", ":::", "1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1::",
        "1:::2", ":1::",
        "1:", "12345::", "g::", "::1.2.3", "::1.2.3.4.5", "::1.2.3.04", "::256.1.1.1",
        "::0x1.2.3.4", "1.2.3.4::",
        "::1.2.3.4:1", "1:2:3:4:5:6:7:1.2.3.4", "::1%eth0", "::+1", "::-1", " ::1", "::١", "[::1]",
    ])
    func `what is no IPv6 address is refused`(text: String) {
        #expect(IPv6Address(text) == nil)
    }
}
