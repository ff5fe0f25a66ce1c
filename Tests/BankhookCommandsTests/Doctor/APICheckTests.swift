import BankConnectAPI
import BankhookModel
import Testing

@testable import BankhookCommands

@Suite struct APICheckTests {
    private let check = APICheck(
        now: DoctorFixture.now, proxies: .none, timeout: TimeSpan(seconds: 5))

    private func finding(_ outcome: ConnectionTrial.Outcome, _ lookup: HostLookup.Failure? = nil)
        throws -> DoctorFinding
    {
        let origin = APICheck.Origin(baseURL: try BaseURL(BaseURL.production), authorities: nil)
        return check.finding(origin, outcome, lookup: lookup.map { .failure($0) })
    }

    @Test(arguments: [
        (14.0, "ok -", "14 days"), (13.99, "warning certificate_ends", "13 days"),
        (1, "warning certificate_ends", "1 day"), (90.5, "ok -", "90 days"),
    ])
    func `a certificate that ends soon is a warning`(days: Double, words: String, shown: String)
        throws
    {
        let end = Timestamp(
            secondsSinceEpoch: DoctorFixture.now.secondsSinceEpoch + Int(days * 86_400))
        let found = try finding(.connected(certificateEnd: end))
        #expect(DoctorFixture.words([found]) == [words])
        #expect(found.message.contains("ends in \(shown)"))
    }

    @Test func `a host on loopback without TLS is called over TCP only`() throws {
        #expect(try finding(.connected(certificateEnd: nil)).status == .ok)
    }

    @Test(arguments: [
        (Answer.connectionRefused, "connection_refused", "refused"),
        (.connectTimedOut, "connect_timed_out", "within 5s"),
        (.timedOut, "timed_out", "within 5s"), (.reset, "connection_reset", "ended"),
        (.tlsFailed("the certificate is for another host"), "tls_failed", "for another host"),
        (.proxyFailed(.unauthorized, variable: "HTTPS_PROXY"), "proxy_failed", "HTTPS_PROXY"),
        (.nameNotFound, "name_not_found", "no such name"),
    ])
    func `a host that cannot be called is an error with the next step`(
        answer: Answer, code: String, words: String
    ) throws {
        let found = try finding(.failed(answer))
        #expect(DoctorFixture.words([found]) == ["error \(code)"])
        #expect(found.message.contains(words))
        #expect(found.next?.isEmpty == false)
    }

    @Test(arguments: [Answer.nameNotFound, .connectTimedOut, .timedOut])
    func `a resolver that is silent is told from a host that is`(answer: Answer) throws {
        let unable = try finding(.failed(answer), .noAnswer("try again"))
        #expect(unable.message == "this machine's resolver gave no answer: try again")
        let silent = try finding(.failed(answer), .timedOut)
        #expect(silent.code == "name_not_found")
        #expect(silent.message == "this machine's resolver took too long")
    }

    @Test func `a host that took the connection is not called one that did not`() throws {
        let found = try finding(.handshakeTimedOut)
        #expect(DoctorFixture.words([found]) == ["error timed_out"])
        #expect(found.message.hasPrefix("it accepted the connection, and did not finish the TLS"))
    }

    @Test func `an origin is tried once for each ca_file`() throws {
        let environments = try DoctorFixture.environments(
            "a: { webhook_url: 'https://a.lender.example/' }",
            "b: { webhook_url: 'https://b.lender.example/' }",
            "c: { webhook_url: 'https://c.lender.example/', ca_file: own.pem }")
        #expect(APICheck.origins(of: environments).map(\.authorities) == [nil, "own.pem"])
    }
}
