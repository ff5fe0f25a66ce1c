import BankhookModel
import Testing

struct URLHostAddressTests {
    @Test(
        arguments: [
            ([127, 0, 0, 1], "127.0.0.1"), ([10, 1, 2, 255], "10.1.2.255"),
            ([0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1], "[2001:db8::1]"),
        ] as [([UInt8], String)])
    func `bytes in network order are an address`(bytes: [UInt8], text: String) throws {
        let host = try #require(URLHost(address: bytes))
        #expect(host.description == text)
        #expect(try host == URLHost(text))
    }

    @Test func `any other count of bytes is none`() {
        #expect(URLHost(address: [1, 2, 3]) == nil)
        #expect(URLHost(address: []) == nil)
    }
}
