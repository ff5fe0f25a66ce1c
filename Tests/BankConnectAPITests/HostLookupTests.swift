import BankConnectAPI
import BankhookModel
import Testing

struct HostLookupTests {
    private let lookup = HostLookup.system(timeout: TimeSpan(seconds: 30))

    @Test func `this machine's own name leads to loopback`() async throws {
        let found = try await lookup.addresses(URLHost("localhost")).get()
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.isLoopback })
        #expect(Set(found).count == found.count)
    }

    @Test(arguments: ["10.1.2.3", "[2001:db8::1]"])
    func `an address is its own, and nobody is asked`(text: String) async throws {
        let host = try URLHost(text)
        #expect(await lookup.addresses(host) == .success([host]))
    }

    @Test func `a name that nobody can have has no addresses`() async throws {
        // Some resolvers say that it does not exist, one without a network that it cannot say.
        let result = await lookup.addresses(try URLHost("nonexistent.invalid"))
        #expect((try? result.get()) == nil)
    }
}
