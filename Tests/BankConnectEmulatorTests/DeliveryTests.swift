import BankConnectEmulator
import FoundationEssentials
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

/// How webhooks travel, and where they never go.
@Suite(.timeLimit(.minutes(5))) struct DeliveryTests {
    private let event = #""progress":"completed","mode":"net_banking""#

    @Test(arguments: [201, 202, 204, 400, 500])
    func `only exactly 200 counts as accepted`(status: Int) async throws {
        let event = event
        try await Receiver.with({ _ in Response(status: .init(code: status)) }) { receiver, url in
            try await withEmulator { emulator in
                try await emulator.register(url)
                let answer = try await emulator.event(event)
                #expect(answer.webhook == "refused")
                #expect(answer.delivery?.status == status)
                #expect(answer.delivery?.error == nil)
                #expect(receiver.calls.count == 1)
            }
        }
    }

    @Test func `a redirect is not followed`() async throws {
        let event = event
        try await Receiver.with { target, targetURL in
            try await Receiver.with({ _ in
                Response(status: .temporaryRedirect, headers: [.location: targetURL])
            }) { _, url in
                try await withEmulator { emulator in
                    try await emulator.register(url)
                    #expect(try await emulator.event(event).delivery?.status == 307)
                    #expect(target.calls.isEmpty)
                }
            }
        }
    }

    @Test(arguments: [
        "http://192.0.2.1:9/x", "https://hooks.lender.example/x", "http://0.0.0.0:9/x",
        "http://[2001:db8::1]:9/", "http://[::ffff:192.0.2.1]:9/", "http://128.0.0.1:9",
        "http://localhost@192.0.2.1:9/x", "http://127.0.0.1@192.0.2.1:9/",
        "http://localhost.lender.example:9/",
    ])
    func `another machine is not called, and the list says so`(url: String) async throws {
        try await withEmulator { emulator in
            try await emulator.register(url)
            let answer = try await emulator.event(event)
            #expect(answer.webhook == "failed")
            let deliveries: [ListedDelivery] = try await emulator.list("deliveries")
            #expect(deliveries.map(\.url) == [url])
            #expect(deliveries.map(\.status) == [nil])
            #expect(deliveries.first?.error?.contains("--deliver-anywhere") == true)
        }
    }

    @Test func `localhost is reached whatever address it has first`() async throws {
        let event = event
        try await Receiver.with { receiver, url in
            try await withEmulator { emulator in
                for name in ["localhost", "LOCALHOST", "hooks.localhost"] {
                    try await emulator.register(url.replacing("127.0.0.1", with: name))
                    #expect(try await emulator.event(event).webhook == "accepted")
                }
                #expect(receiver.calls.count == 3)
            }
        }
    }

    @Test func `deliver-anywhere calls what is registered`() async throws {
        let event = event
        try await Receiver.with { receiver, url in
            try await withEmulator(deliversAnywhere: true) { emulator in
                try await emulator.register(url.replacing("127.0.0.1", with: "0.0.0.0"))
                #expect(try await emulator.event(event).webhook == "accepted")
                #expect(receiver.calls.count == 1)
            }
        }
    }

    @Test func `an endpoint that does not answer holds up nothing for ever`() async throws {
        let event = event
        try await Receiver.with({ _ in
            try await Task.sleep(for: .seconds(600))
            return Response(status: .ok)
        }) { _, url in
            try await withEmulator(deliveryTimeout: .milliseconds(200)) { emulator in
                try await emulator.register(url)
                let answer = try await emulator.event(event)
                #expect(answer.webhook == "failed")
                #expect(answer.delivery?.error?.hasPrefix("no answer within") == true)
            }
        }
    }

    @Test func `nobody there is said`() async throws {
        try await withEmulator { emulator in
            try await emulator.register("http://127.0.0.1:1/")
            #expect(try await emulator.event(event).delivery?.error == "connection refused")
        }
    }

    @Test func `deliveries of an account go out one at a time in the order of the list`()
        async throws
    {
        try await Receiver.with { receiver, url in
            try await withEmulator { emulator in
                try await emulator.register(url)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<40 {
                        group.addTask {
                            let answer = try await emulator.event(
                                #""progress":"completed","mode":"manual","link_id":"L""#)
                            #expect(answer.webhook == "accepted")
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(receiver.mostAtOnce == 1)
                let listed = try await emulator.payloads(ofLink: "L").map(\.statement_id)
                let delivered = receiver.calls.map { call in
                    String(call.body.split(separator: "\"")[7])
                }
                #expect(delivered == listed.reversed())
                #expect(Set(delivered).count == 40)
            }
        }
    }
}
